import { type Language, languages } from '@toneout/contract/model/contact.ts'
import { type Notice, notices, type PersonChannel, personChannels } from '@toneout/contract/model/message.ts'
import { useState } from 'react'
import { channelWord, eventWord } from '../messages/message-words.ts'
import { SelectField } from '../ui/field.tsx'
import { languageWord } from '../ui/words.ts'
import { usePreview } from './use-settings.ts'

/** What somebody would be sent, about an invented incident. */
export function RulePreview() {
  const [event, setEvent] = useState<Notice>('DISPATCHED')
  const [channel, setChannel] = useState<PersonChannel>('SMS')
  const [language, setLanguage] = useState<Language>('en')
  const preview = usePreview({ event, channel, language }).data
  return (
    <section className="side-part" aria-label="What it says">
      <h3>What it says</h3>
      <SelectField
        label="Of the event"
        name="preview-event"
        options={notices.map((value) => ({ value, words: eventWord(value) }))}
        defaultValue={event}
        onChange={(chosen) => setEvent(chosen as Notice)}
      />
      <div className="field-pair">
        <SelectField
          label="By"
          name="preview-channel"
          options={personChannels.map((value) => ({ value, words: channelWord(value) }))}
          defaultValue={channel}
          onChange={(chosen) => setChannel(chosen as PersonChannel)}
        />
        <SelectField
          label="In"
          name="preview-language"
          options={languages.map((value) => ({ value, words: languageWord(value) ?? value }))}
          defaultValue={language}
          onChange={(chosen) => setLanguage(chosen as Language)}
        />
      </div>
      <Said preview={preview} />
    </section>
  )
}

/** A message as whoever gets it reads it. */
export function Said({ preview }: { preview: { title: string; text: string } | undefined }) {
  return (
    <blockquote className="said" aria-live="polite">
      {preview && (
        <>
          <b>{preview.title}</b>
          <br />
          {preview.text}
        </>
      )}
    </blockquote>
  )
}
