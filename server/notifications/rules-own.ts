import type { Message, Notice, OwnMessage } from '@toneout/contract/model/message.ts'
import type { MessageTemplate } from '@toneout/contract/model/message-template.ts'
import { type Params, sample, type Words, wordsFor } from './rules-words.ts'

type Row = Omit<OwnMessage, 'title' | 'text'> & { event: Message['event']; data: object }

/** A message on a screen in words; the console is English. `patient` is for pre-alerts of a hospital. */
export function ownMessageOf(
  row: Row,
  templates: readonly MessageTemplate[],
  patient: string | null = null,
): OwnMessage {
  const { id, event, incident_id, unit_id, created_at, acknowledged_at, data } = row
  const words = wordsFor(event as Notice, 'SCREEN', 'en', { ...(data as Params), patient }, templates)
  return { id, event, incident_id, unit_id, created_at, acknowledged_at, ...words }
}

type Asked = Pick<MessageTemplate, 'event' | 'channel' | 'language'> &
  Partial<Pick<MessageTemplate, 'title' | 'text'>>

/** What an event says about an invented incident: by words that are tried out, or by those in use. */
export function previewOf(asked: Asked, templates: readonly MessageTemplate[]): Words {
  const { event, channel, language, title, text = '' } = asked
  const tried = title === undefined ? templates : [{ event, channel, language, title, text }]
  return wordsFor(event, channel, language, sample, tried)
}
