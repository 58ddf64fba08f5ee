import {
  type Assignment,
  type AssignmentStatus,
  assignmentStatuses,
  effectiveMilestones,
  isLive,
  type Milestone,
  milestones,
} from '@toneout/contract/model/assignment.ts'
import type { AssignmentCorrection } from '@toneout/contract/operations/assignments.ts'
import { useState } from 'react'
import { ask } from '../access/ask.ts'
import { KeptForm, textOf } from '../places/kept-form.tsx'
import { useChange } from '../places/use-kept.ts'
import { InputField, SelectField } from '../ui/field.tsx'
import { clockTime } from '../ui/format.ts'
import { plain, stepWord } from '../ui/words.ts'

const labels = { milestone: 'What', at: 'Was at', reason: 'Why' }

/** What may be corrected: what was reached or skipped, of an end its own, and of a drive one that was. */
function choicesOf({ status, hospital_id }: Assignment) {
  const [reached, drive] = [assignmentStatuses.indexOf(status), assignmentStatuses.indexOf('TRANSPORTING')]
  const may = (one: AssignmentStatus, at: number) =>
    one === status || (isLive(one) && at < reached && (at < drive || hospital_id !== null))
  return assignmentStatuses
    .filter(may)
    .map((one) => ({ value: milestones[one], words: plain(stepWord(one)) }))
}

/** An instant as the field of a day and a time has it, by the clock of this computer. */
function localText(at: string): string {
  const date = new Date(at)
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19)
}

/** The same back; what is no time goes as it is, and the server says what is wrong with it. */
function instantOf(text: string): string {
  const at = Date.parse(text)
  return Number.isNaN(at) ? text : new Date(at).toISOString()
}

/** What a person knows better than the press that stamped it. */
export function CorrectForm({ run, number }: { run: Assignment; number: string }) {
  const [milestone, setMilestone] = useState<Milestone>(milestones[run.status])
  const known = effectiveMilestones(run)
  const correct = useChange((body: AssignmentCorrection) =>
    ask('correctAssignment', { params: { id: run.id }, body }),
  )
  return (
    <KeptForm
      title="Correct a time"
      labels={labels}
      change={correct}
      button={`Correct the time of ${number}`}
      done="Corrected. What was stamped is kept beside it."
      onSend={(given) =>
        correct.mutate({ milestone, at: instantOf(textOf(given, 'at')), reason: textOf(given, 'reason') })
      }
    >
      {(faults) => (
        <>
          <SelectField
            label={labels.milestone}
            name="milestone"
            options={choicesOf(run)}
            defaultValue={milestone}
            onChange={(value) => setMilestone(value as Milestone)}
            fault={faults.milestone}
          />
          <InputField
            key={milestone}
            label={labels.at}
            name="at"
            type="datetime-local"
            step="1"
            required
            defaultValue={localText(known[milestone] ?? known.assigned_at ?? run.assigned_at)}
            hint={
              known[milestone] === null ? 'Was not stamped.' : `Counts as ${clockTime(known[milestone])} now.`
            }
            fault={faults.at}
          />
          <InputField
            label={labels.reason}
            name="reason"
            maxLength={500}
            required
            placeholder="Pressed too late"
            hint="It goes on the timeline with your name."
            fault={faults.reason}
          />
        </>
      )}
    </KeptForm>
  )
}
