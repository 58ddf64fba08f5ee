import type { Recommendation } from '@toneout/contract/operations/recommendations.ts'

/** The units of a plan as one says them: M03 + E2. */
export function unitsOf(plan: Pick<Recommendation, 'picks'>): string {
  return plan.picks.map((pick) => pick.unit_number).join(' + ')
}

/**
 * What changed from the plan that was shown to the one that stands now, in sentences. `elsewhere` says where
 * a unit is that the new plan does not mention, or null.
 */
export function changesOf(
  before: Recommendation,
  now: Recommendation,
  elsewhere: (unitId: number) => string | null,
): string {
  const isIn = (plan: Recommendation, id: number) => plan.picks.some((pick) => pick.unit_id === id)
  const gone = before.picks.filter((pick) => !isIn(now, pick.unit_id))
  const why = (id: number) => {
    if (now.already_sent.includes(id)) return 'already sent to this incident'
    const missed = now.near_misses.find((miss) => miss.unit_id === id)?.reason ?? elsewhere(id)
    return missed === null ? 'no longer in the plan' : inSentence(missed)
  }
  const lost = gone.map((pick) => `${pick.unit_number}: ${why(pick.unit_id)}.`)
  const units = unitsOf(now)
  const none = now.unmet.length > 0 ? 'No unit may go now.' : 'Nobody else is needed.'
  const plan = units === '' ? none : `The plan is now ${units}.`
  if (gone.length === 0 && now.picks.length === before.picks.length) {
    return 'The units are the same; their drive times have changed.'
  }
  return [...lost, plan].join(' ')
}

/** Reasons begin with a capital letter of their own; incident numbers and ALS keep theirs. */
function inSentence(reason: string): string {
  const [first = ''] = reason.split(' ')
  return /^[A-Z][a-z]*$/.test(first) ? reason.charAt(0).toLowerCase() + reason.slice(1) : reason
}

const specialtyWords: Readonly<Record<string, string>> = {
  TRAUMA: 'trauma centre',
  STROKE: 'stroke unit',
  PCI: 'heart catheter laboratory (PCI)',
}

/** The server's reason for a hospital with its codes in words: No PCI, load HIGH. */
export function hospitalWords(reason: string): string {
  const parts = reason.split(', ').map((part) => {
    const [, no = '', specialty = ''] = /^(no )?([A-Z]+)$/i.exec(part) ?? []
    const known = specialtyWords[specialty]
    if (known !== undefined) return `${no.toLowerCase()}${known}`
    return part.replace(/^load ([A-Z]+)$/i, (_, load: string) => `${load.toLowerCase()} load`)
  })
  const words = parts.join(', ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/**
 * A number of its own for each press, so that sending it again sends nobody twice. Not crypto.randomUUID,
 * which pages have only over HTTPS: a console in the centre's own network may come over HTTP.
 */
export function newOrderId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return `desk-${Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
