import { languages } from '@toneout/contract/model/contact.ts'
import { notices, personChannels } from '@toneout/contract/model/message.ts'
import { type MessageTemplate, templateFields } from '@toneout/contract/model/message-template.ts'
import { type ChangeEvent, useState } from 'react'
import { channelWord, eventWord } from '../messages/message-words.ts'
import { InputField, SelectField } from '../ui/field.tsx'
import { languageWord } from '../ui/words.ts'
import { Said } from './rule-preview.tsx'
import { type EditorProps, Fault, SettingForm, TakeAway } from './simple-editors.tsx'
import { usePreview } from './use-settings.ts'

const fresh: MessageTemplate = { event: 'DISPATCHED', channel: 'SMS', language: 'en', title: '', text: '' }
const nameOf = ({ event, channel, language }: MessageTemplate) =>
  `${eventWord(event)}, ${channelWord(channel)}, ${languageWord(language) ?? language}`

const selects = [
  ['event', 'Event', notices.map((value) => ({ value, words: eventWord(value) }))],
  ['channel', 'Channel', personChannels.map((value) => ({ value, words: channelWord(value) }))],
  ['language', 'Language', languages.map((value) => ({ value, words: languageWord(value) ?? value }))],
] as const

type FieldsProps = { template: MessageTemplate; onChange: (template: MessageTemplate) => void }

/** The words are shown as they are typed, about an invented incident; without a title, the usual ones. */
function Fields({ template, onChange }: FieldsProps) {
  const { title, text, ...of } = template
  const shown = usePreview(title.trim() === '' ? of : template).data
  const set = (name: keyof MessageTemplate) => (value: string) => onChange({ ...template, [name]: value })
  const typed = (name: 'title' | 'text') => (event: ChangeEvent<HTMLInputElement>) =>
    set(name)(event.target.value)
  return (
    <>
      {selects.map(([name, label, options]) => (
        <SelectField
          key={name}
          label={label}
          name={name}
          options={options}
          defaultValue={template[name]}
          onChange={set(name)}
        />
      ))}
      <InputField label="Title" name="title" maxLength={120} value={title} onChange={typed('title')} />
      <InputField
        label="Text"
        name="text"
        maxLength={500}
        value={text}
        onChange={typed('text')}
        hint={`In braces: ${templateFields.join(', ')}.`}
      />
      <Said preview={shown} />
    </>
  )
}

/** Begins anew when there is one more or one less, so that what was just saved is not added once more. */
export const WordsEditor = ({ settings }: EditorProps) => (
  <Words key={settings.message_templates.length} templates={settings.message_templates} />
)

/** One template at a time: another one, or one of those there are, which can also be taken away. */
function Words({ templates }: { templates: readonly MessageTemplate[] }) {
  const [at, setAt] = useState<number | 'new'>('new')
  const [template, setTemplate] = useState<MessageTemplate>(fresh)
  const known = at === 'new' ? undefined : templates[at]
  const choose = (chosen: string) => {
    const next = chosen === 'new' ? 'new' : Number(chosen)
    setAt(next)
    setTemplate(next === 'new' ? fresh : (templates[next] ?? fresh))
  }
  const options = [
    { value: 'new', words: 'Other words' },
    ...templates.map((one, place) => ({ value: String(place), words: nameOf(one) })),
  ]
  const read = (given: FormData) => {
    if (known === undefined) return [...templates, template]
    const next = given.get('gone') === 'yes' ? [] : [template]
    return templates.flatMap((one, place) => (place === at ? next : [one]))
  }
  return (
    <SettingForm name="message_templates" read={read}>
      {(fault) => (
        <>
          <SelectField
            label="Words"
            name="words"
            options={options}
            defaultValue={known === undefined ? 'new' : String(at)}
            onChange={choose}
          />
          <Fields key={at} template={template} onChange={setTemplate} />
          {known && <TakeAway key={`gone ${at}`} legend="Or without them" words="Take these words away" />}
          <Fault words={fault} />
        </>
      )}
    </SettingForm>
  )
}
