import { type Assignment, effectiveMilestones, milestones } from '@toneout/contract/model/assignment.ts'
import { closeSide } from '../frame/console-side.tsx'
import { SideFacts, SidePanel } from '../frame/side-panel.tsx'
import { useCentre } from '../live/use-live.ts'
import { clockTime } from '../ui/format.ts'
import { plain, stepWord } from '../ui/words.ts'
import { CorrectForm } from './correct-form.tsx'

const statuses = Object.keys(milestones) as (keyof typeof milestones)[]
/** The times of a unit's run, and what a person knows better than the press that stamped them. */
export function CorrectPanel({ id }: { id: number }) {
  const { assignments, units, incidents } = useCentre()
  const run = assignments.get(id)?.row
  if (!run) return null
  const number = units.get(run.unit_id)?.row.unit_number ?? `#${run.unit_id}`
  const incident = incidents.get(run.incident_id)?.row.incident_number ?? ''
  return (
    <SidePanel title={`Times of ${number}`} onClose={closeSide}>
      <SideFacts label={`Times of ${number} on ${incident}`} facts={factsOf(run)} />
      <CorrectForm run={run} number={number} />
    </SidePanel>
  )
}

/** Every milestone that was reached; of a corrected one also what was stamped. */
function factsOf(run: Assignment) {
  const known = effectiveMilestones(run)
  return statuses.flatMap((status): (readonly [string, string])[] => {
    const name = milestones[status]
    const [at, stamped] = [known[name], run[name]]
    if (at === null) return []
    const before = stamped === null ? 'not stamped' : `stamped ${clockTime(stamped)}`
    const words = run.corrections[name] === undefined ? '' : `, corrected, ${before}`
    return [[plain(stepWord(status)), clockTime(at) + words]]
  })
}
