import type { Me } from '@toneout/contract/model/person.ts'
import { mayKeepAccess, mayOversee } from '../access/session.ts'
import { useQueryWords } from '../frame/address.ts'
import { ListPage } from '../frame/list-page.tsx'
import { ChannelSide } from './channel-side.tsx'
import { ChannelTable, WebhookTable } from './channel-tables.tsx'
import { ContactTests } from './contact-tests.tsx'
import { useChannels, useWebhooks } from './use-channels.ts'
import { NewWebhook } from './webhook-form.tsx'
import { WebhookSide } from './webhook-side.tsx'

const shows = [
  { show: '', name: 'Channels' },
  { show: 'webhooks', name: 'Webhooks' },
  { show: 'tests', name: 'Contact tests' },
] as const

/** How messages leave: the channels, the programs of others that are told, and tests of who is reached. */
export function ChannelsPage({ person }: { person: Me }) {
  const shown = useQueryWords().get('show')
  const frame = { person, name: 'Channels', shows: mayOversee(person) ? shows : [] }
  if (shown === 'webhooks' && mayOversee(person)) return <Webhooks {...frame} />
  if (shown === 'tests' && mayOversee(person)) return <ContactTests {...frame} />
  return <Channels {...frame} />
}

export type Frame = { person: Me; name: string; shows: readonly { show: string; name: string }[] }

function Channels(frame: Frame) {
  const { read, rows } = useChannels()
  return (
    <ListPage
      {...frame}
      word="channel"
      read={read}
      count={rows.length}
      empty={{ all: 'There is no channel.', search: 'There is no channel.' }}
      table={(chosen) => <ChannelTable rows={rows} chosen={chosen} />}
      side={(id, close) => {
        const channel = rows.find((row) => row.id === id)
        return channel && <ChannelSide key={id} channel={channel} person={frame.person} onClose={close} />
      }}
    />
  )
}

function Webhooks(frame: Frame) {
  const { read, rows } = useWebhooks()
  const mayChange = mayKeepAccess(frame.person)
  const none = 'No program is told of events yet.'
  return (
    <ListPage
      {...frame}
      word="webhook"
      add={mayChange ? 'Add a webhook' : undefined}
      read={read}
      count={rows.length}
      empty={{ all: none, search: none }}
      table={(chosen) => <WebhookTable rows={rows} chosen={chosen} />}
      side={(id, close) => {
        const webhook = rows.find((row) => row.id === id)
        return webhook && <WebhookSide key={id} webhook={webhook} mayChange={mayChange} onClose={close} />
      }}
      fresh={(close) => <NewWebhook onClose={close} />}
    />
  )
}
