import { amount, clockTime, dash, dayOf } from '../ui/format.ts'
import { Empty, Failed, Skeleton } from '../ui/panel-states.tsx'
import { AsOf } from './as-of.tsx'
import { CallCards } from './call-cards.tsx'
import { useCallList, useOpenCalls } from './use-calls.ts'

export function IncomingPanel() {
  const { query, calls } = useOpenCalls()
  const known = query.data !== undefined
  return (
    <section className="panel incoming" aria-labelledby="incoming-title">
      <header className="panel-head">
        <h2 id="incoming-title">Incoming calls</h2>
        <span className="count">{known ? amount(calls.length, query.data) : dash}</span>
        <AsOf />
      </header>
      {query.isError && <Failed what="Incoming calls" read={query} />}
      {!known && !query.isError && <Skeleton rows={4} what="incoming calls" />}
      {known && calls.length === 0 && <NoneOpen />}
      {/* Not while they come in parts: the selected one would be pushed out of sight again. */}
      {(known || query.isError) && calls.length > 0 && <CallCards calls={calls} />}
    </section>
  )
}

function NoneOpen() {
  const { query, rows } = useCallList(everything)
  const last = rows[0]
  if (query.isPending) return null
  return (
    <Empty>
      No call is open.
      {last &&
        ` The last one came in on ${dayOf(last.created_at, 'short')} at ${clockTime(last.created_at)}.`}
    </Empty>
  )
}

const everything = { show: 'all', search: '' } as const
