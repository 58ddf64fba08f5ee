import { languages } from '@toneout/contract/model/contact.ts'
import type { SettingName, SettingsChange, ShownSettings } from '@toneout/contract/model/settings.ts'
import type { ReactNode } from 'react'
import { KeptForm, listOf, numberOf, textOf } from '../places/kept-form.tsx'
import { InputField, SelectField } from '../ui/field.tsx'
import { alarmLabels, alarmNames } from './alarm-words.ts'
import { described } from './described.ts'
import { useSave } from './use-settings.ts'

export type EditorProps = { settings: ShownSettings }

type FormProps = {
  name: SettingName
  read: (given: FormData) => unknown
  children: (fault: string | undefined) => ReactNode
}

/** The form of one setting. What it was before it was saved is its key, so that it shows what is. */
export function SettingForm({ name, read, children }: FormProps) {
  const save = useSave()
  const labels = { [name]: described[name].title } as Record<string, string>
  return (
    <KeptForm
      title="Set it"
      labels={labels}
      change={save}
      button={`Save ${described[name].title.toLowerCase()}`}
      done="Saved. Every server works by it within a second."
      onSend={(given) => save.mutate({ [name]: read(given) } as SettingsChange)}
    >
      {(faults) => children(faults[name])}
    </KeptForm>
  )
}

export const Fault = ({ words }: { words: string | undefined }) => (
  <div role="alert">{words && <p className="field-fault">{words}</p>}</div>
)

/** A tick that takes one of several away. */
export const TakeAway = ({ legend, words }: { legend: string; words: string }) => (
  <fieldset className="kept-checks">
    <legend>{legend}</legend>
    <label>
      <input type="checkbox" name="gone" value="yes" />
      {words}
    </label>
  </fieldset>
)

type Of<Value> = { [Name in SettingName]: ShownSettings[Name] extends Value ? Name : never }[SettingName]

export const flagEditor = (name: Of<boolean>) =>
  function FlagEditor({ settings }: EditorProps) {
    const options = [
      { value: 'yes', words: 'Yes' },
      { value: 'no', words: 'No' },
    ]
    return (
      <SettingForm name={name} read={(given) => textOf(given, name) === 'yes'}>
        {(fault) => (
          <SelectField
            key={String(settings[name])}
            label={described[name].title}
            name={name}
            options={options}
            defaultValue={settings[name] ? 'yes' : 'no'}
            fault={fault}
          />
        )}
      </SettingForm>
    )
  }

/** A number, or nothing where the setting may be empty; `none` says what that means. */
export const numberEditor = (name: Of<number | null>, unit: string, none: string | null) =>
  function NumberEditor({ settings }: EditorProps) {
    const read = (given: FormData) =>
      none !== null && textOf(given, name) === '' ? null : numberOf(given, name)
    return (
      <SettingForm name={name} read={read}>
        {(fault) => (
          <InputField
            key={String(settings[name])}
            label={unit}
            name={name}
            inputMode="numeric"
            placeholder={none ?? undefined}
            defaultValue={settings[name] ?? ''}
            hint={described[name].limits}
            fault={fault}
          />
        )}
      </SettingForm>
    )
  }

export function TemplateEditor({ settings }: EditorProps) {
  const name = 'incident_number_template'
  return (
    <SettingForm name={name} read={(given) => textOf(given, name)}>
      {(fault) => (
        <InputField
          key={settings[name]}
          label="Template"
          name={name}
          className="mono"
          maxLength={40}
          defaultValue={settings[name]}
          hint={described[name].limits}
          fault={fault}
        />
      )}
    </SettingForm>
  )
}

export function LanguagesEditor({ settings }: EditorProps) {
  const name = 'caller_languages'
  return (
    <SettingForm name={name} read={(given) => listOf(given, name)}>
      {(fault) => (
        <InputField
          key={settings[name].join()}
          label="Languages, in their order"
          name={name}
          className="mono"
          defaultValue={settings[name].join(', ')}
          hint={`Of ${languages.join(', ')}, with commas between them.`}
          fault={fault}
        />
      )}
    </SettingForm>
  )
}

export function ContactTestEditor({ settings }: EditorProps) {
  const { every_days, hour_utc } = settings.contact_test
  const read = (given: FormData) => ({
    every_days: textOf(given, 'every_days') === '' ? null : numberOf(given, 'every_days'),
    hour_utc: numberOf(given, 'hour_utc'),
  })
  return (
    <SettingForm name="contact_test" read={read}>
      {(fault) => (
        <>
          <div className="field-pair" key={`${every_days} ${hour_utc}`}>
            <InputField
              label="Every so many days"
              name="every_days"
              inputMode="numeric"
              placeholder="Never by itself"
              defaultValue={every_days ?? ''}
            />
            <InputField label="Hour of UTC" name="hour_utc" inputMode="numeric" defaultValue={hour_utc} />
          </div>
          <Fault words={fault} />
        </>
      )}
    </SettingForm>
  )
}

export function AlarmEditor({ settings }: EditorProps) {
  const read = (given: FormData) =>
    Object.fromEntries(alarmNames.map((name) => [name, numberOf(given, name)]))
  return (
    <SettingForm name="alarm_times" read={read}>
      {(fault) => (
        <>
          {alarmNames.map((name) => (
            <InputField
              key={`${name} ${settings.alarm_times[name]}`}
              label={`${alarmLabels[name].label}, ${alarmLabels[name].unit}`}
              name={name}
              inputMode="numeric"
              defaultValue={settings.alarm_times[name]}
              hint={alarmLabels[name].hint}
            />
          ))}
          <Fault words={fault} />
        </>
      )}
    </SettingForm>
  )
}
