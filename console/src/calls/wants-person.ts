import type { Call } from '@toneout/contract/model/call.ts'
import { isTerminal } from '@toneout/contract/model/call.ts'

/** The AI has escalated the call and nobody has taken it over yet. */
export function wantsPerson({
  status,
  answered_by,
  handoff,
}: Pick<Call, 'status' | 'answered_by' | 'handoff'>) {
  return status === 'ESCALATED' && handoff === null && answered_by === 'AI' && !isTerminal(status)
}

/** Calls that want a person first; otherwise in the order they have. */
export function personFirst(calls: readonly Call[]): Call[] {
  return [...calls.filter(wantsPerson), ...calls.filter((call) => !wantsPerson(call))]
}
