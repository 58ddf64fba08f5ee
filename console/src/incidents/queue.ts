import type { Incident } from '@toneout/contract/model/incident.ts'
import type { Centre } from '../live/centre.ts'
import { openIncidents, waitsForUnit } from '../live/centre.ts'

/** Which of the open incidents the queue shows. */
export const queueFilters = ['all', 'waiting', 'first'] as const
export type QueueFilter = (typeof queueFilters)[number]

export type Queue = {
  /** Nobody is on the way: by priority, among equals the oldest first. */
  readonly waiting: readonly Incident[]
  /** Somebody is, or it waits only for its end: by status, then by priority. */
  readonly assigned: readonly Incident[]
}

const stages = ['RECEIVED', 'DISPATCHED', 'EN_ROUTE', 'ON_SCENE', 'TRANSPORTING', 'AT_HOSPITAL'] as const
/** What waits only for its disposition is last: nobody is on it any more. */
const stageOf = (row: Incident) =>
  row.awaiting_close_since !== null ? stages.length : stages.indexOf(row.status as (typeof stages)[number])

/** Open incidents as the queue has them. */
export function inQueue(open: readonly Incident[], filter: QueueFilter = 'all'): Queue {
  const shown = filter === 'first' ? open.filter((row) => row.priority === 1) : open
  const assigned = shown.filter((row) => !waitsForUnit(row))
  return {
    waiting: shown.filter(waitsForUnit),
    assigned: filter === 'waiting' ? [] : assigned.sort((a, b) => stageOf(a) - stageOf(b)),
  }
}

/** All of the queue in the order it is shown. */
export function queueOf(centre: Centre): Incident[] {
  const { waiting, assigned } = inQueue(openIncidents(centre.incidents))
  return [...waiting, ...assigned]
}
