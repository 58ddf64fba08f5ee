import type { Fact } from '@toneout/contract/model/fact.ts'
import type { Channel, Notice, NotificationRule, WebhookEvent } from '@toneout/contract/model/message.ts'
import { eventOf } from './rules-events.ts'
import { type About, channelsFor, type Recipient } from './rules-people.ts'
import { patience } from './rules-retry.ts'
import type { Params } from './rules-words.ts'

export type ToldFact = Pick<Fact, 'id' | 'at' | 'type' | 'call_id' | 'incident_id' | 'unit_id' | 'data'>

/** A message to be, without its times. */
export type Draft = {
  fact_id: number
  event: Notice | WebhookEvent | 'WEBHOOK_TEST'
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

const aboutOf = ({ id, incident_id, unit_id, data }: ToldFact) => ({
  fact_id: id,
  incident_id,
  unit_id,
  assignment_id: number(data.assignment_id),
})
const toPerson = (id: number) => ({ recipient: `person:${id}`, person_id: id, webhook_id: null })
const toWebhook = (id: number) => ({ recipient: `webhook:${id}`, person_id: null, webhook_id: id })

/** One for each person and channel because of a fact that tells people of `notice`. */
export function draftsForPeople(fact: ToldFact, around: Surroundings, notice: Notice | undefined): Draft[] {
  if (!notice) return []
  const { people, rules, about, params } = around
  return people.flatMap((one) =>
    channelsFor(notice, fact, about, one, rules).map((channel) => ({
      ...{ event: notice, channel, data: params },
      ...{ ...aboutOf(fact), ...toPerson(one.id) },
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
      ...{ event, channel: 'WEBHOOK', data: body },
      ...{ ...aboutOf(fact), ...toWebhook(one.id) },
    }))
}

/** What somebody asked for to see whether it arrives; it goes to them alone, whatever the rules say. */
export function draftsForTests(fact: ToldFact): Draft[] {
  const { type, data, at, id } = fact
  const [person, webhook] = [number(data.person_id), number(data.webhook_id)]
  const about = aboutOf(fact)
  if (type === 'webhook_tested' && webhook !== null) {
    const body = { event: 'WEBHOOK_TEST', fact_id: id, at, type, data: {} }
    return [{ ...about, event: 'WEBHOOK_TEST', channel: 'WEBHOOK', data: body, ...toWebhook(webhook) }]
  }
  if (type !== 'channel_tested' || person === null) return []
  const channel = data.channel as Channel
  const asked = { asked_by_oneself: true }
  return [{ ...about, event: 'CONTACT_TEST', channel, data: asked, ...toPerson(person) }]
}

/** Milliseconds after which a message is of no use; one on a screen stays a day. */
export const lifeOf = (channel: Channel): number =>
  channel === 'SCREEN' ? 86_400_000 : patience[channel].lifeMs
