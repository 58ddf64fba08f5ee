import { liveAssignments } from '../live/centre.ts'
import { openCalls } from '../live/listing.ts'
import type { Live } from '../live/live.ts'
import { type Alarm, alarmsOf, type Scene } from './alarms-of.ts'
import type { Duress } from './use-duress.ts'

/** What the feed does not tell. */
export type Told = Pick<Scene, 'times'> & { duress: readonly Duress[] }

/** What must be acted on by what the page knows at this moment of its own clock. */
export function alarmsNow(live: Live, now: number, { duress, times }: Told): Alarm[] {
  const { incidents, assignments, units } = live.centre
  const open = [...incidents.values()].map(({ row }) => row).filter((row) => row.closed_at === null)
  return alarmsOf({
    incidents: open,
    assignments: [...liveAssignments(assignments).values()].flat(),
    calls: openCalls(live.board),
    unitNumber: (id) => units.get(id)?.row.unit_number ?? `Unit ${id}`,
    duress: duress.filter((one) => !one.isSeen),
    times,
    now: live.serverTime(now),
    isLive: live.status.level !== 'stale',
  })
}
