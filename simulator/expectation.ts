import type { Call } from '@toneout/contract/model/call.ts'
import { callChange, callOpening, isTerminal } from '@toneout/contract/model/call.ts'
import type { Interaction } from '@toneout/contract/model/interaction.ts'
import type { SpokenLine } from './plan-call.ts'

/** What must be in the database after a call, by what the server acknowledged. */
export type ExpectedCall = {
  call_sid: string
  script: string
  id?: number
  /** Normalised as the contract does; blanks never get here. */
  facts: Map<string, unknown>
  /** Facts sent without an answer: the old or the new value may be there. */
  unsure: Set<string>
  lines: Map<number, ExpectedLine>
}
export type ExpectedLine = Pick<SpokenLine, 'speaker' | 'message' | 'is_final' | 'language'> & {
  id?: number
  spoken_at: string
  confidence: number | null
  /** Sent without an answer: may be there or not. */
  unsure: boolean
}

export function expectCall(call_sid: string, script: string): ExpectedCall {
  return { call_sid, script, facts: new Map(), unsure: new Set(), lines: new Map() }
}

/** The first opening sets everything; later ones fill what is still unknown. */
export function expectOpening(expected: ExpectedCall, body: object): void {
  const { call_sid: _, ...facts } = callOpening.parse({ call_sid: expected.call_sid, ...body })
  const first = expected.facts.size === 0
  for (const [name, value] of known(facts)) {
    if (!expected.facts.has(name)) expected.facts.set(name, value)
  }
  if (first && !expected.facts.has('status')) expected.facts.set('status', 'ACTIVE')
}

export function expectChange(expected: ExpectedCall, body: object): void {
  for (const [name, value] of known(callChange.parse(body))) {
    expected.facts.set(name, value)
    expected.unsure.delete(name)
  }
}

export function doubt(expected: ExpectedCall, body: object): void {
  for (const name of Object.keys(body)) expected.unsure.add(name)
}

function known(facts: object): [string, unknown][] {
  return Object.entries(facts).filter(([, value]) => value !== undefined)
}

/**
 * Says in words where the rows differ from what was acknowledged; empty when all is there and nothing else.
 */
export function compare(expected: ExpectedCall, row: Call, lines: readonly Interaction[]): string[] {
  return [...compareFacts(expected, row), ...compareLines(expected, lines)]
}

function compareFacts(expected: ExpectedCall, row: Call): string[] {
  const faults: string[] = []
  const at = `${expected.script} ${expected.call_sid}`
  if (expected.id !== undefined && row.id !== expected.id)
    faults.push(`${at}: id ${row.id}, answered ${expected.id}`)
  for (const [name, value] of expected.facts) {
    const found = row[name as keyof Call]
    if (found !== value && !expected.unsure.has(name)) {
      faults.push(`${at}: ${name} is ${JSON.stringify(found)}, acknowledged ${JSON.stringify(value)}`)
    }
  }
  const ended = isTerminal(row.status)
  if (ended !== (row.completed_at !== null))
    faults.push(`${at}: ${row.status} with completed_at ${row.completed_at}`)
  if (ended !== (row.duration_seconds !== null))
    faults.push(`${at}: ${row.status} without a duration or the reverse`)
  return faults
}

function compareLines(expected: ExpectedCall, lines: readonly Interaction[]): string[] {
  const faults: string[] = []
  const at = `${expected.script} ${expected.call_sid}`
  const seen = new Set<number>()
  let previous = 0
  for (const line of lines) {
    const wanted = expected.lines.get(line.sequence)
    if (!wanted) faults.push(`${at}: line ${line.sequence} was never sent`)
    else if (!wanted.unsure) faults.push(...differences(`${at} line ${line.sequence}`, wanted, line))
    if (seen.has(line.sequence)) faults.push(`${at}: line ${line.sequence} is there twice`)
    if (line.sequence < previous) faults.push(`${at}: line ${line.sequence} listed after ${previous}`)
    seen.add(line.sequence)
    previous = line.sequence
  }
  for (const [sequence, line] of expected.lines) {
    if (!seen.has(sequence) && !line.unsure)
      faults.push(`${at}: line ${sequence} was acknowledged and is missing`)
  }
  return faults
}

function differences(at: string, wanted: ExpectedLine, line: Interaction): string[] {
  const { unsure: _, ...facts } = wanted
  return Object.entries(facts).flatMap(([name, value]) => {
    const found = line[name as keyof Interaction]
    const same =
      found === value || (name === 'spoken_at' && Date.parse(String(found)) === Date.parse(String(value)))
    return same ? [] : [`${at}: ${name} is ${JSON.stringify(found)}, acknowledged ${JSON.stringify(value)}`]
  })
}
