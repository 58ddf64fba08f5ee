import type { DeskView } from '@toneout/contract/model/desk.ts'
import { useOpenIncidents } from '../incidents/use-incidents.ts'
import { staffing } from '../live/fleet.ts'
import { countsOf } from '../live/listing.ts'
import { amount, dash, duration } from '../ui/format.ts'
import { useUnits } from '../units/use-units.ts'
import { useOpenCalls } from './use-calls.ts'
import { useDesk } from './use-desk.ts'

/** The centre in a few numbers. */
export function Figures() {
  const { query: asked, incidents, waiting } = useOpenIncidents()
  const { query: counted, groups } = useUnits()
  const { query, calls } = useOpenCalls()
  const { available, staffed } = staffing(groups)
  const lost = countsOf(calls).lostContact
  const desk = useDesk()
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
      {lost > 0 && <Figure value={known(query, lost)} name="lost contact" alarm />}
      <Percentile figure={desk?.answer_to_dispatch} name="answer to dispatch, 90th" />
      <Percentile figure={desk?.response} name="P1 response, 90th" />
    </dl>
  )
}

/** The 90th percentile of the last hours beside its target, with how many values it is made of. */
function Percentile({ figure, name }: { figure: DeskView['response'] | undefined; name: string }) {
  const { p90 = null, target = null, n = 0 } = figure ?? {}
  const over = p90 !== null && target !== null && p90 > target
  const title = figure ? `${name}, of ${n} in the last 12 hours` : undefined
  return (
    <div className="figure" data-spare="true" data-alarm={over} title={title}>
      <dt>
        {target !== null && `/ ${duration(target)} `}
        {name}
      </dt>
      <dd>{p90 === null ? dash : duration(p90)}</dd>
    </div>
  )
}

type FigureProps = { value: string; name: string; alarm?: boolean }

function Figure({ value, name, alarm = false }: FigureProps) {
  return (
    <div className="figure" data-alarm={alarm}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
