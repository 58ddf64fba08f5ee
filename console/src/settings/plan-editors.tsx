import { type EmergencyType, emergencyTypes } from '@toneout/contract/model/call.ts'
import { unitTypes } from '@toneout/contract/model/unit.ts'
import { useState } from 'react'
import { listOf, numberOf } from '../places/kept-form.tsx'
import { InputField, SelectField } from '../ui/field.tsx'
import { typeWord } from '../ui/words.ts'
import { type EditorProps, Fault, SettingForm } from './simple-editors.tsx'

const typeOptions = emergencyTypes.map((value) => ({ value, words: typeWord(value) ?? value }))
const priorities = [1, 2, 3, 4] as const

/** The plan of one type of emergency; those of the others stay. */
export function PlanEditor({ settings }: EditorProps) {
  const [type, setType] = useState<EmergencyType>('CARDIAC')
  const plan = settings.response_plans[type]
  const read = (given: FormData) => ({
    [type]: Object.fromEntries(priorities.map((one) => [one, listOf(given, `priority-${one}`)])),
  })
  return (
    <SettingForm name="response_plans" read={read}>
      {(fault) => (
        <>
          <SelectField
            label="Type of emergency"
            name="type"
            options={typeOptions}
            defaultValue={type}
            onChange={(chosen) => setType(chosen as EmergencyType)}
          />
          {priorities.map((priority) => (
            <InputField
              key={`${type} ${plan[priority].join()}`}
              label={`Units for priority ${priority}`}
              name={`priority-${priority}`}
              className="mono"
              defaultValue={plan[priority].join(', ')}
            />
          ))}
          <p className="field-hint">One word for each unit: {unitTypes.join(', ')}.</p>
          <Fault words={fault} />
        </>
      )}
    </SettingForm>
  )
}

/** One field for each hour of the day. */
export function HoursEditor({ settings }: EditorProps) {
  const hours = settings.drive_slowdowns
  const read = (given: FormData) => hours.map((_, hour) => numberOf(given, `hour-${hour}`))
  return (
    <SettingForm name="drive_slowdowns" read={read}>
      {(fault) => (
        <>
          <div className="hours" key={hours.join()}>
            {hours.map((factor, hour) => (
              <InputField
                key={hour}
                label={`${String(hour).padStart(2, '0')} h`}
                name={`hour-${hour}`}
                inputMode="decimal"
                defaultValue={factor}
              />
            ))}
          </div>
          <Fault words={fault} />
        </>
      )}
    </SettingForm>
  )
}
