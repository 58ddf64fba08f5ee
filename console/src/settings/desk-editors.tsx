import { type TargetName, targetNames } from '@toneout/contract/model/targets.ts'
import { useState } from 'react'
import { numberOf, textOf } from '../places/kept-form.tsx'
import { Field, InputField, SelectField } from '../ui/field.tsx'
import { type EditorProps, Fault, SettingForm } from './simple-editors.tsx'
import { targetWords } from './target-words.ts'

export function PhoneEditor({ settings }: EditorProps) {
  const name = 'desk_phone'
  return (
    <SettingForm name={name} read={(given) => textOf(given, name) || null}>
      {(fault) => (
        <InputField
          key={settings[name]}
          label="Number"
          name={name}
          type="tel"
          autoComplete="off"
          placeholder="None"
          defaultValue={settings[name] ?? ''}
          fault={fault}
        />
      )}
    </SettingForm>
  )
}

/** Lines such as ER = EN; a line without a meaning is sent as it is, and the server says what is wrong. */
function readAliases(text: string): Record<string, string> {
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  return Object.fromEntries(lines.map((line) => [0, 1].map((at) => (line.split('=')[at] ?? '').trim())))
}

export function AliasesEditor({ settings }: EditorProps) {
  const name = 'command_aliases'
  const lines = Object.entries(settings[name]).map((pair) => pair.join(' = '))
  return (
    <SettingForm name={name} read={(given) => readAliases(textOf(given, name))}>
      {(fault) => (
        <Field label="One in a line" hint="Your word, then what it stands for: ER = EN" fault={fault}>
          {(given) => (
            <textarea
              key={lines.join()}
              name={name}
              rows={8}
              className="mono"
              spellCheck={false}
              defaultValue={lines.join('\n')}
              {...given}
            />
          )}
        </Field>
      )}
    </SettingForm>
  )
}

const intervals = targetNames.map((value) => ({ value, words: targetWords[value] }))
const priorities = [1, 2, 3, 4] as const

/** The targets of one interval; those of the others stay. */
export function TargetsEditor({ settings }: EditorProps) {
  const [interval, setInterval] = useState<TargetName>('processing')
  const targets = settings.targets[interval]
  const read = (given: FormData) => {
    const seconds = (field: string) => (textOf(given, field) === '' ? null : numberOf(given, field))
    return { [interval]: Object.fromEntries(priorities.map((one) => [one, seconds(`target-${one}`)])) }
  }
  return (
    <SettingForm name="targets" read={read}>
      {(fault) => (
        <>
          <SelectField
            label="Interval"
            name="interval"
            options={intervals}
            defaultValue={interval}
            onChange={(chosen) => setInterval(chosen as TargetName)}
          />
          <div className="hours" key={`${interval} ${Object.values(targets).join()}`}>
            {priorities.map((priority) => (
              <InputField
                key={priority}
                label={`P${priority}, s`}
                name={`target-${priority}`}
                inputMode="numeric"
                placeholder="None"
                defaultValue={targets[priority] ?? ''}
              />
            ))}
          </div>
          <Fault words={fault} />
        </>
      )}
    </SettingForm>
  )
}
