import type { Me } from '@toneout/contract/model/person.ts'
import { useOpenIncidents } from '../incidents/use-incidents.ts'
import { staffing } from '../live/fleet.ts'
import { countsOf } from '../live/listing.ts'
import { amount, clockTime, dash } from '../ui/format.ts'
import { Ticking } from '../ui/ticking.tsx'
import { roleWord } from '../ui/words.ts'
import { useUnits } from '../units/use-units.ts'
import { LiveAge } from './live-age.tsx'
import { useCountToday, useOpenCalls } from './use-calls.ts'

export function TopBar({ person }: { person: Me }) {
  const { query, calls } = useOpenCalls()
  const { query: asked, waiting } = useOpenIncidents()
  const { query: counted, groups } = useUnits()
  const { available, staffed } = staffing(groups)
  const counts = countsOf(calls)
  const today = useCountToday()
  // A count before the calls are there would be a lie; a dash says that it is not known yet.
  const known = (count: number) => (query.data === undefined ? dash : amount(count, query.data))
  return (
    <header className="top-bar">
      <h1>Console</h1>
      <dl className="figures">
        <Figure
          value={asked.data === undefined ? dash : amount(waiting, asked.data)}
          name="waiting for a unit"
          alarm={waiting > 0}
        />
        <Figure
          value={counted.data === undefined ? dash : amount(available, counted.data)}
          name={counted.data === undefined ? 'units available' : `of ${staffed} units available`}
        />
        <Figure value={known(counts.active)} name="active calls" />
        <Figure value={known(counts.withoutPriority)} name="without priority" spare />
        <Figure value={known(counts.withoutLocation)} name="without location" spare />
        <Figure value={known(counts.lostContact)} name="lost contact" alarm={counts.lostContact > 0} />
        <Figure value={today ? amount(today.count, today.exact) : dash} name="today" />
      </dl>
      <LiveAge />
      <span className="person">
        {person.username}, {roleWord(person.role)}
      </span>
      <Ticking className="clock" read={clockTime} />
    </header>
  )
}

type FigureProps = { value: string; name: string; alarm?: boolean; spare?: boolean }

/** A `spare` one gives way where there is little room. */
function Figure({ value, name, alarm = false, spare = false }: FigureProps) {
  return (
    <div className="figure" data-alarm={alarm} data-spare={spare}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
