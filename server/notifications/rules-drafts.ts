import type { Fact } from '@toneout/contract/model/fact.ts'
import type { Channel, Notice, NotificationRule, WebhookEvent } from '@toneout/contract/model/message.ts'
import { eventOf } from './rules-events.ts'
import { type About, channelsFor, noticeOf, type Recipient } from './rules-people.ts'
import { patience } from './rules-retry.ts'
import type { Params } from './rules-words.ts'

export type ToldFact = Pick<Fact, 'id' | 'at' | 'type' | 'call_id' | 'incident_id' | 'unit_id' | 'data'>

/** A message to be, without its times. */
export type Draft = {
  fact_id: number
  event: Notice | WebhookEvent
  channel: Channel
  recipient: string
  person_id: number | null
  webhook_id: number | null
  incident_id: number | null
  unit_id: number | null
  assignment_id: number | null
  data: object
}

export type Surroundings = {
  people: readonly Recipient[]
  webhooks: readonly { id: number; events: readonly WebhookEvent[] }[]
  rules: readonly NotificationRule[]
  about: About
  params: Params
  /** What programs are told beside the fact itself. */
  named: { unit_number: string | null; incident_number: string | null }
}

const number = (value: unknown) => (typeof value === 'number' ? value : null)

/** One for each person and channel because of a fact. `notice` when the fact alone does not say what it is. */
export function draftsForPeople(fact: ToldFact, around: Surroundings, notice = noticeOf(fact)): Draft[] {
  if (!notice) return []
  const { people, rules, about, params } = around
  return people.flatMap((one) =>
    channelsFor(notice, fact, about, one, rules).map((channel) => ({
      fact_id: fact.id,
      event: notice,
      channel,
      recipient: `person:${one.id}`,
      person_id: one.id,
      webhook_id: null,
      incident_id: fact.incident_id,
      unit_id: fact.unit_id,
      assignment_id: number(fact.data.assignment_id),
      data: params,
    })),
  )
}

/** One for each webhook that listens to the event of a fact. */
export function draftsForWebhooks(fact: ToldFact, { webhooks, named }: Surroundings): Draft[] {
  const event = eventOf(fact)
  if (!event) return []
  const { id, at, type, call_id, incident_id, unit_id, data } = fact
  const body = { event, fact_id: id, at, type, call_id, incident_id, unit_id, ...named, data }
  return webhooks
    .filter(({ events }) => events.includes(event))
    .map((one) => ({
      fact_id: id,
      event,
      channel: 'WEBHOOK',
      recipient: `webhook:${one.id}`,
      person_id: null,
      webhook_id: one.id,
      incident_id,
      unit_id,
      assignment_id: number(data.assignment_id),
      data: body,
    }))
}

/** Milliseconds after which a message is of no use; one on a screen stays a day. */
export const lifeOf = (channel: Channel): number =>
  channel === 'SCREEN' ? 86_400_000 : patience[channel].lifeMs
