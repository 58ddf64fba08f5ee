import { effectiveMilestones } from '@toneout/contract/model/assignment.ts'
import type { Call } from '@toneout/contract/model/call.ts'
import { dash, duration } from '../ui/format.ts'
import { PriorityMark } from '../ui/priority-mark.tsx'
import { typeWord } from '../ui/words.ts'
import { useIncident } from './use-call.ts'

type Step = { name: string; seconds: number | null }

/** Seconds from the ring until the first of the moments; null while there is none. */
function since(ring: string, moments: readonly (string | null)[]): number | null {
  const first = moments.filter((at) => at !== null).sort()[0]
  return first === undefined ? null : Math.max(0, (Date.parse(first) - Date.parse(ring)) / 1000)
}

/** What the call is about, and how long it took until somebody answered, went and came. */
export function CallSteps({ call }: { call: Call }) {
  const { data } = useIncident(call.incident_id)
  const sent = (data?.assignments ?? []).map(effectiveMilestones)
  const took = (name: 'assigned_at' | 'en_route_at' | 'on_scene_at') =>
    since(
      call.created_at,
      sent.map((one) => one[name]),
    )
  const steps: Step[] = [
    { name: 'Answered', seconds: since(call.created_at, [call.answered_at]) },
    { name: 'Dispatched', seconds: took('assigned_at') },
    { name: 'En route', seconds: took('en_route_at') },
    { name: 'On scene', seconds: took('on_scene_at') },
  ]
  return (
    <div className="call-steps">
      <div className="call-what">
        <PriorityMark call={call} waits={false} />
        <div>
          <b>{typeWord(call.emergency_type) ?? 'Type not known'}</b>
          <p>{call.location || 'Location not known'}</p>
        </div>
        <span className="mono">{data?.incident_number}</span>
      </div>
      <dl className="steps" aria-label="Times from the ring">
        {steps.map(({ name, seconds }) => (
          <div key={name} data-reached={seconds !== null}>
            <dt>{name}</dt>
            <dd>{seconds === null ? dash : duration(seconds)}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
