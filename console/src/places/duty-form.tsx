import { type DutyStatus, dutyStatuses, type Unit } from '@toneout/contract/model/unit.ts'
import { ask } from '../access/ask.ts'
import { InputField, SelectField } from '../ui/field.tsx'
import { plain } from '../ui/words.ts'
import { KeptForm, textOf } from './kept-form.tsx'
import { useChange } from './use-kept.ts'

const dutyLabels = { duty: 'Duty', reason: 'Reason' }
const duties = dutyStatuses.map((value) => ({ value, words: plain(value) }))
const isDuty = (status: string): status is DutyStatus => dutyStatuses.includes(status as DutyStatus)

/** What a free unit is there for, with the reason. */
export function Duty({ unit }: { unit: Unit }) {
  const set = useChange((body: { duty: DutyStatus; reason?: string }) =>
    ask('setUnitDuty', { params: { id: unit.id }, body }),
  )
  if (unit.assignment_id !== null) {
    return (
      <p className="side-part quiet-part">
        It is sent to an incident: its status follows from that until it is free again.
      </p>
    )
  }
  return (
    <KeptForm
      title="Duty"
      labels={dutyLabels}
      change={set}
      button={`Set the duty of ${unit.unit_number}`}
      done="Set."
      onSend={(given) => {
        const reason = textOf(given, 'reason')
        set.mutate({ duty: textOf(given, 'duty') as DutyStatus, ...(reason === '' ? {} : { reason }) })
      }}
    >
      {(faults) => (
        <div className="field-pair">
          <SelectField
            label={dutyLabels.duty}
            name="duty"
            options={duties}
            defaultValue={isDuty(unit.status) ? unit.status : 'AVAILABLE'}
            fault={faults.duty}
          />
          <InputField label={dutyLabels.reason} name="reason" maxLength={500} fault={faults.reason} />
        </div>
      )}
    </KeptForm>
  )
}
