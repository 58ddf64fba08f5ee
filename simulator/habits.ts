import type { Step } from './plan-call.ts'
import type { Random } from './random.ts'

export type Value = string | number | boolean | null

/**
 * Existing agents fill a template for every update, so that what they do not know arrives as null, "" or the
 * word "undefined", enums in lower case and coordinates as text. The server must take none of it for a fact.
 */
export function blunder(facts: Readonly<Record<string, Value>>, random: Random): Record<string, Value> {
  const sent = { ...facts }
  if (random.chance(0.18)) {
    for (const name of random.shuffled(blankable).slice(0, random.int(1, 4))) {
      if (!(name in sent)) sent[name] = random.pick(blanks)
    }
  }
  if (random.chance(0.1)) {
    for (const name of ['emergency_type', 'priority_level', 'status']) {
      const word = sent[name]
      if (typeof word === 'string' && word !== 'undefined') sent[name] = word.toLowerCase()
    }
  }
  if (random.chance(0.1)) {
    for (const name of ['latitude', 'longitude']) {
      if (typeof sent[name] === 'number') sent[name] = String(sent[name])
    }
  }
  if (random.chance(0.05)) sent.agent_version = '3.2.1'
  return sent
}

const blanks: readonly Value[] = [null, '', 'undefined', 'null', ' ']
const blankable = [
  'location',
  'latitude',
  'longitude',
  'incident_number',
  'category',
  'priority_level',
  'emergency_type',
  'caller_number',
  'completed_at',
  'duration_seconds',
]

/**
 * What clients add to their first request: nothing, how the phone was answered, or a template's empty places.
 */
export function openingHabits(random: Random): Record<string, Value> {
  const body: Record<string, Value> = {}
  if (random.chance(0.5)) body.answered_by = 'AI'
  if (random.chance(0.2)) Object.assign(body, { location: 'undefined', priority_level: null })
  if (random.chance(0.2))
    Object.assign(body, { status: random.pick(['ACTIVE', 'PENDING']), escalated_to_911: false })
  return body
}

/**
 * Requests overtake each other: now and then an answer is logged before the question it answers, or the last
 * line after the call has ended. `sequence` still tells the order.
 */
export function disorder(steps: Step[], random: Random): Step[] {
  const late = random.chance(0.05)
  const swapped = random.chance(0.05)
  const whole = steps.filter((step) => step.do === 'say' && step.line.is_final)
  if (late && whole.length > 0) whole.at(-1)!.at = steps.at(-1)!.at + 400
  if (swapped && whole.length > 4) {
    const at = random.int(1, whole.length - 3)
    whole[at]!.at = whole[at + 1]!.at + 120
  }
  return steps.sort((a, b) => a.at - b.at)
}
