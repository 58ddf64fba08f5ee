import { useOpenIncidents } from '../incidents/use-incidents.ts'
import { staffing } from '../live/fleet.ts'
import { countsOf } from '../live/listing.ts'
import { amount, dash } from '../ui/format.ts'
import { useUnits } from '../units/use-units.ts'
import { useOpenCalls } from './use-calls.ts'

/** The centre in a few numbers. */
export function Figures() {
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
