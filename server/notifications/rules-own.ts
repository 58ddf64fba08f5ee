import type { Language } from '@toneout/contract/model/contact.ts'
import type { Message, Notice, OwnMessage, PersonChannel } from '@toneout/contract/model/message.ts'
import { type Params, sample, type Words, wordsFor } from './rules-words.ts'

type Row = Omit<OwnMessage, 'title' | 'text'> & { event: Message['event']; data: object }

/** A message on a screen in words; the console is English. */
export function ownMessageOf(row: Row): OwnMessage {
  const { id, event, incident_id, unit_id, created_at, acknowledged_at, data } = row
  const words = wordsFor(event as Notice, 'SCREEN', 'en', data as Params)
  return { id, event, incident_id, unit_id, created_at, acknowledged_at, ...words }
}

/** What an event says about an invented incident. */
export function previewOf(asked: { event: Notice; channel: PersonChannel; language: Language }): Words {
  return wordsFor(asked.event, asked.channel, asked.language, sample)
}
