import type { Assignment } from '@toneout/contract/model/assignment.ts'
import { CallLinks, RunList } from '../lists/run-list.tsx'
import { useCentre } from '../live/use-live.ts'
import { Empty, Failed } from '../ui/panel-states.tsx'
import { useCallsOf } from './use-incident-records.ts'

/** Units that were sent, each with its times. */
export function Runs({ runs }: { runs: readonly Assignment[] }) {
  const { units } = useCentre()
  if (runs.length === 0) return <Empty>No unit was sent.</Empty>
  return <RunList runs={runs} nameOf={({ unit_id }) => units.get(unit_id)?.row.unit_number} />
}

/** Calls about the incident. */
export function CallsOf({ id }: { id: number }) {
  const query = useCallsOf(id)
  if (query.isError) return <Failed what="The calls" read={query} />
  if (query.data?.length === 0) return <Empty>No call is about this incident.</Empty>
  return <CallLinks calls={query.data ?? []} />
}
