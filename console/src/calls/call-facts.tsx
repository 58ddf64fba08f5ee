import type { Call } from '@toneout/contract/model/call.ts'
import { clockTime, dash, dayOf, offset, position } from '../ui/format.ts'
import { answeredByWord, languageWord, plain, priorityWords, statusWord, typeWord } from '../ui/words.ts'
import { endedAfter } from './call-timer.tsx'

type Known = { name: string; value: string | null; mono?: boolean; wide?: boolean }

const yesNo = (flag: boolean) => (flag ? 'Yes' : 'No')

const moment = (at: string | null, from: string) =>
  at && `${clockTime(at)}, ${offset(from, at)} after received`

/** Everything known of a call, in the order in which a dispatcher needs it. */
function knownOf(call: Call): Known[] {
  const { created_at: from } = call
  return [
    { name: 'Location', value: call.location, wide: true },
    { name: 'Caller', value: call.caller_number, mono: true },
    { name: 'Position', value: position(call.latitude, call.longitude), mono: true },
    { name: 'Type', value: typeWord(call.emergency_type) },
    {
      name: 'Priority',
      value: call.priority_level && priorityWords(call.priority_level).slice('Priority '.length),
    },
    { name: 'Category', value: plain(call.category) },
    { name: 'Language', value: languageWord(call.language) },
    { name: 'Status', value: statusWord(call.status) },
    { name: 'Answered by', value: answeredByWord(call.answered_by) },
    { name: 'Received', value: `${dayOf(from, 'short')} ${clockTime(from)}` },
    { name: 'Answered', value: moment(call.answered_at, from) },
    { name: 'Ended', value: moment(call.completed_at, from) },
    { name: 'Duration', value: endedAfter(call) },
    { name: 'Units sent', value: yesNo(call.units_dispatched) },
    { name: 'Given to 911', value: yesNo(call.escalated_to_911) },
    { name: 'Incident', value: call.incident_number, mono: true },
    { name: 'Contact', value: call.lost_contact ? 'Lost: silent for 15 min' : 'Not lost' },
  ]
}

export function CallFacts({ call }: { call: Call }) {
  return (
    <dl className="facts" aria-label="Facts of the call">
      {knownOf(call).map(({ name, value, mono = false, wide = false }) => (
        <div key={name} data-wide={wide}>
          <dt>{name}</dt>
          <dd className={mono ? 'mono' : undefined} data-known={Boolean(value)} title={value ?? undefined}>
            {value || dash}
          </dd>
        </div>
      ))}
    </dl>
  )
}
