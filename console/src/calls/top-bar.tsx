import type { Me } from '@toneout/contract/model/person.ts'
import type { ReactNode } from 'react'
import { PersonAtDesk } from '../handover/person-at-desk.tsx'
import { useOpenIncidents } from '../incidents/use-incidents.ts'
import { staffing } from '../live/fleet.ts'
import { countsOf } from '../live/listing.ts'
import { amount, clockTime, dash } from '../ui/format.ts'
import { Ticking } from '../ui/ticking.tsx'
import { useUnits } from '../units/use-units.ts'
import { LiveAge } from './live-age.tsx'
import { useOpenCalls } from './use-calls.ts'

type BarProps = { person: Me; name: string; children?: ReactNode }

export function TopBar({ person, name, children }: BarProps) {
  const { query: asked, incidents, waiting } = useOpenIncidents()
  const { query: counted, groups } = useUnits()
  const { query, calls } = useOpenCalls()
  const { available, staffed } = staffing(groups)
  const lost = countsOf(calls).lostContact
  const assigned = incidents.length - waiting
  // A count before the rows are there would be a lie; a dash says that it is not known yet.
  const known = (of: { data: boolean | undefined }, count: number) =>
    of.data === undefined ? dash : amount(count, of.data)
  return (
    <header className="top-bar">
      <h1>{name}</h1>
      <dl className="figures">
        <Figure value={known(asked, waiting)} name="waiting" alarm={waiting > 0} />
        <Figure value={known(asked, assigned)} name="assigned" />
        <Figure
          value={known(counted, available)}
          name={counted.data === undefined ? 'available' : `available of ${staffed}`}
        />
        <Figure value={known(query, calls.length)} name="open calls" spare />
        {lost > 0 && <Figure value={known(query, lost)} name="lost contact" alarm />}
      </dl>
      {children}
      <LiveAge />
      <PersonAtDesk person={person} />
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
