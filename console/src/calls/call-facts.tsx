import type { Call } from '@toneout/contract/model/call.ts'
import { memo } from 'react'
import { clockTime, dash, dayOf, position, startOfDay } from '../ui/format.ts'
import { answeredByWord, languageWord, plain, priorityWords, statusWord, typeWord } from '../ui/words.ts'
import { endedAfter } from './call-timer.tsx'
import { CallerNumber } from './caller-number.tsx'

type Known = { name: string; value: string | null; mono?: boolean; wide?: boolean; only?: boolean }

/** The day is left out while it is today. */
export function moment(at: string | null): string | null {
  if (at === null) return null
  const today = startOfDay(Date.now()) === startOfDay(Date.parse(at))
  return today ? clockTime(at) : `${dayOf(at, 'short')} ${clockTime(at)}`
}

const caller = 'Caller'

const yesNo = (flag: boolean) => (flag ? 'Yes' : 'No')

/** Everything known of a call, in the order in which a dispatcher needs it. */
function knownOf(call: Call): Known[] {
  return [
    { name: 'Location', value: call.location, wide: true },
    { name: 'Position', value: position(call.latitude, call.longitude), mono: true, wide: true },
    { name: caller, value: call.caller_number, mono: true, wide: true },
    { name: 'Type', value: typeWord(call.emergency_type) },
    {
      name: 'Priority',
      value: call.priority_level && priorityWords(call.priority_level).slice('Priority '.length),
    },
    { name: 'Category', value: plain(call.category) },
    { name: 'Language', value: languageWord(call.language) },
    { name: 'Status', value: statusWord(call.status) },
    { name: 'Received', value: moment(call.created_at) },
    { name: 'Answered', value: moment(call.answered_at) },
    { name: 'Ended', value: moment(call.completed_at) },
    { name: 'Answered by', value: answeredByWord(call.answered_by) },
    { name: 'Duration', value: endedAfter(call) },
    { name: 'Given to 911', value: yesNo(call.escalated_to_911) },
    { name: 'Units sent', value: yesNo(call.units_dispatched) },
    { name: 'Lost contact', value: yesNo(call.lost_contact) },
    // The number that came with the call; the incident raised here has its own line above.
    { name: 'Incident', value: call.incident_number, mono: true, only: call.incident_id !== null },
  ].filter((one) => one.value || !one.only)
}

type FactsProps = { call: Call; reveals: boolean }

/** `reveals`: whether who looks at them may see the caller's number. */
export const CallFacts = memo(function CallFacts({ call, reveals }: FactsProps) {
  return (
    <dl className="facts" aria-label="Facts of the call">
      {knownOf(call).map(({ name, value, mono = false, wide = false }) => (
        <div key={name} data-wide={wide}>
          <dt>{name}</dt>
          {name === caller && value && reveals ? (
            <dd>
              <CallerNumber sid={call.call_sid} masked={value} />
            </dd>
          ) : (
            <dd className={mono ? 'mono' : undefined} data-known={Boolean(value)} title={value ?? undefined}>
              {value || dash}
            </dd>
          )}
        </div>
      ))}
    </dl>
  )
})
