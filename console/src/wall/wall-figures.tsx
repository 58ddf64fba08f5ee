import { useOpenCalls } from '../calls/use-calls.ts'
import { wantsPerson } from '../calls/wants-person.ts'
import { useOpenIncidents } from '../incidents/use-incidents.ts'
import { staffing } from '../live/fleet.ts'
import { amount, dash, plural } from '../ui/format.ts'
import { useUnits } from '../units/use-units.ts'

/** What a room looks up for: how much waits, how much is under way, who is free, and how the AI is doing. */
export function WallFigures() {
  const { query: asked, incidents, waiting } = useOpenIncidents()
  const { query: counted, groups } = useUnits()
  const { available, staffed } = staffing(groups)
  const known = (whole: boolean | undefined, count: number) =>
    whole === undefined ? dash : amount(count, whole)
  return (
    <dl className="wall-figures">
      <Figure name="waiting" value={known(asked.data, waiting)} alarm={waiting > 0} />
      <Figure name="assigned" value={known(asked.data, incidents.length - waiting)} />
      <Figure
        name={counted.data === undefined ? 'available' : `available of ${staffed}`}
        value={known(counted.data, available)}
        alarm={counted.data !== undefined && available === 0}
      />
      <AiFigure />
    </dl>
  )
}

/** Calls the AI is speaking with now, and those it wants a person for. */
function AiFigure() {
  const { query, calls } = useOpenCalls()
  const byAi = calls.filter((call) => call.answered_by === 'AI').length
  const wanted = calls.filter(wantsPerson).length
  const lost = calls.filter((call) => call.lost_contact).length
  const words = [
    'on line with the AI',
    ...(wanted > 0 ? [`${wanted} ${wanted === 1 ? 'wants' : 'want'} a person`] : []),
    ...(lost > 0 ? [`${plural(lost, 'call')} lost`] : []),
  ]
  return (
    <Figure
      name={words.join(' · ')}
      value={query.data === undefined ? dash : amount(byAi, query.data)}
      alarm={wanted > 0 || lost > 0}
    />
  )
}

function Figure({ name, value, alarm = false }: { name: string; value: string; alarm?: boolean }) {
  return (
    <div data-alarm={alarm}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
