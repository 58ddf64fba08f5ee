import type { Client } from '@toneout/contract/client.ts'
import { type Assignment, isLive } from '@toneout/contract/model/assignment.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import type { ExpectedCall } from './expectation.ts'
import { checkHistory } from './history/check.ts'
import type { Attempt, FinalState } from './history/entry.ts'
import { readFinalState } from './read-final-state.ts'
import type { Tally } from './tally.ts'
import { verify } from './verify.ts'

export type Run = {
  /** A supervisor's client, and the phone agent's. */
  desk: Client
  agent: Client
  attempts: readonly Attempt[]
  calls: readonly ExpectedCall[]
  tally: Tally
  /** The newest incident before the run. */
  after: number
  /** Incidents of a city this large that may wait for a unit at the end. */
  mostWaiting: number
}
export type Verdict = { faults: string[]; summary: string[] }

/** Faults that are told one by one; the rest is counted. */
const mostTold = 20

/** What the run has left behind, and everything that is wrong with it; no fault is the only good verdict. */
export async function judge(run: Run): Promise<Verdict> {
  const { attempts, state } = await readFinalState(run.desk, run.attempts, run.after)
  const history = checkHistory(attempts, state).map(({ check, what }) => `${check}: ${what}`)
  const calls = await verify(run.agent, run.calls)
  const failed = [...run.tally.errors.entries()].map(([what, count]) => `${count} x ${what}`)
  // Each retry made good what had failed in passing.
  const failures = [...run.tally.errors.values()].reduce((sum, count) => sum + count, 0)
  const faults = [...history, ...calls, ...(failures > run.tally.retries ? failed : []), ...looks(state, run)]
  const told = faults.slice(0, mostTold)
  const rest = faults.length > told.length ? [`and ${faults.length - told.length} more`] : []
  return { faults: [...told, ...rest], summary: summarise(attempts, state, run) }
}

/** Whether it looks like a centre: what is open is being worked on. */
function looks({ incidents, assignments }: FinalState, { mostWaiting }: Run): string[] {
  const served = new Set(assignments.map((one) => one.incident_id))
  const open = incidents.filter(({ closed_at }) => closed_at === null)
  const waiting = open.filter(({ id }) => !served.has(id))
  const idle = open.filter((one) => served.has(one.id) && isDead(one, assignments))
  return [
    ...(waiting.length > mostWaiting
      ? [`${waiting.length} incidents wait for a unit, ${mostWaiting} at most are usual`]
      : []),
    ...idle.map(({ incident_number }) => `${incident_number} is open and nobody is on it`),
  ]
}

/** Open, all its units gone, and not even waiting to be closed. */
function isDead(one: Incident, assignments: readonly Assignment[]): boolean {
  const own = assignments.filter(({ incident_id }) => incident_id === one.id)
  const isOver = own.every(({ status }) => !isLive(status))
  return isOver && one.awaiting_close_since === null && own.some(({ on_scene_at }) => on_scene_at !== null)
}

function summarise(attempts: readonly Attempt[], state: FinalState, { tally, calls }: Run): string[] {
  const { incidents, assignments, facts } = state
  const count = (status: Incident['status']) => incidents.filter((one) => one.status === status).length
  const open = incidents.filter(({ closed_at }) => closed_at === null).length
  const carried = assignments.filter((one) => one.transporting_at !== null).length
  const { callsStarted, callsEnded, callsLost, lines, requests, retries } = tally
  const [p50, p99] = [micro(tally, 50), micro(tally, 99)]
  const ended = `${count('CLOSED')} closed, ${count('CANCELLED')} cancelled, ${open} open`
  return [
    `calls        ${callsStarted} answered, ${callsEnded} ended, ${callsLost} lost, ${lines} lines`,
    `incidents    ${incidents.length} raised, ${ended}`,
    `assignments  ${assignments.length} made, ${carried} with a patient`,
    `requests     ${requests}, ${retries} sent again, reply p50 ${p50} ms, p99 ${p99} ms`,
    `checked      ${calls.length} calls, ${attempts.length} commands, ${facts.length} facts`,
  ]
}

const micro = ({ latency }: Tally, percentile: number) => (latency.percentile(percentile) / 1_000).toFixed(1)
