import type { Me } from '@toneout/contract/model/person.ts'
import { useCallback } from 'react'
import { liveLabel } from '../live/freshness.ts'
import { countsOf } from '../live/listing.ts'
import { useLive, useStatus } from '../live/use-live.ts'
import { amount, clockTime, dash } from '../ui/format.ts'
import { Ticking } from '../ui/ticking.tsx'
import { plain } from '../ui/words.ts'
import { useCountToday, useOpenCalls } from './use-calls.ts'

export function TopBar({ person }: { person: Me }) {
  const { query, calls } = useOpenCalls()
  const counts = countsOf(calls)
  const today = useCountToday()
  // A count before the calls are there would be a lie; a dash says that it is not known yet.
  const known = (count: number) => (query.data === undefined ? dash : amount(count, query.data))
  return (
    <header className="top-bar">
      <h1>Calls</h1>
      <dl className="figures">
        <Figure value={known(counts.active)} name="active" />
        <Figure value={known(counts.withoutPriority)} name="waiting for priority" />
        <Figure value={known(counts.withoutLocation)} name="waiting for location" />
        <Figure value={known(counts.lostContact)} name="lost contact" alarm={counts.lostContact > 0} />
        <Figure value={today ? amount(today.count, today.exact) : dash} name="today" />
      </dl>
      <LiveAge />
      <span className="person">
        {person.username}, {plain(person.role).toLowerCase()}
      </span>
      <Ticking className="clock" read={clockTime} />
    </header>
  )
}

function Figure({ value, name, alarm = false }: { value: string; name: string; alarm?: boolean }) {
  return (
    <div className="figure" data-alarm={alarm}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function LiveAge() {
  const live = useLive()
  const [connected, level] = [useStatus('connected'), useStatus('level')]
  const read = useCallback(
    (now: number) => liveLabel(live.hearing, connected, live.delayMs, now),
    [live, connected],
  )
  return (
    <span className="live-age" data-level={level} data-connected={connected}>
      <Ticking read={read} />
    </span>
  )
}
