import { channels, type Message, notices, webhookEvents } from '@toneout/contract/model/message.ts'
import type { Me } from '@toneout/contract/model/person.ts'
import { useQueryWords } from '../frame/address.ts'
import { type Filter, ListFilters } from '../frame/list-filters.tsx'
import { ListPage } from '../frame/list-page.tsx'
import { type Column, RowTable } from '../frame/row-table.tsx'
import { amount, stamp } from '../ui/format.ts'
import { MessageSide } from './message-side.tsx'
import { channelWord, eventWord, stateOf } from './message-words.ts'
import { useFailedCount, useMessages } from './use-messages.ts'

/** What failed comes first: somebody has not heard. */
const shows = [
  { show: '', name: 'Failed', state: 'FAILED' },
  { show: 'waiting', name: 'Waiting', state: 'WAITING' },
  { show: 'delivered', name: 'Delivered', state: 'DELIVERED' },
  { show: 'seen', name: 'Seen', state: 'ACKNOWLEDGED' },
  { show: 'all', name: 'All', state: '' },
] as const

const filters: readonly Filter[] = [
  {
    name: 'channel',
    label: 'Channel',
    options: [
      { value: '', words: 'Any' },
      ...channels.map((value) => ({ value, words: channelWord(value) })),
    ],
  },
  {
    name: 'event',
    label: 'About',
    options: [
      { value: '', words: 'Anything' },
      ...[...notices, ...webhookEvents].map((value) => ({ value, words: eventWord(value) })),
    ],
  },
]

const columnsAt = (now: number): Column<Message>[] => [
  { title: 'To', className: 'm-to', cell: (row) => row.recipient },
  { title: 'Channel', className: 'm-channel', cell: (row) => channelWord(row.channel) },
  { title: 'Made', className: 'm-when', cell: (row) => stamp(row.created_at, now) },
  {
    title: 'State',
    className: 'm-state',
    cell: (row) => (
      <span className={row.state === 'FAILED' ? 'failed-word' : undefined} title={stateOf(row)}>
        {stateOf(row)}
      </span>
    ),
  },
]

/** The others are found under All, which is said where nothing failed. */
const none: Record<string, string> = {
  FAILED: 'No message has failed. All messages are under All.',
  WAITING: 'No message is waiting.',
  '': 'No message was sent yet. Dispatch a unit, or test a channel.',
}

/** Notifications, and what became of them. */
export function MessagesPage({ person }: { person: Me }) {
  const words = useQueryWords()
  const shown = shows.find(({ show }) => show === words.get('show')) ?? shows[0]
  const word = (name: string) => words.get(name) ?? ''
  const { read, rows } = useMessages({
    state: shown.state,
    channel: word('channel'),
    event: word('event'),
    search: word('search'),
  })
  const failed = useFailedCount()
  const count = failed && failed.count > 0 ? ` ${amount(failed.count, failed.count_exact)}` : ''
  return (
    <ListPage
      person={person}
      name="Messages"
      word="message"
      search={{ placeholder: 'Username', longest: 150 }}
      shows={shows.map(({ show, name }) => ({ show, name: show === '' ? name + count : name }))}
      read={read}
      count={rows.length}
      empty={{
        all: none[shown.state] ?? 'No message is in this state.',
        search: 'No message is like this.',
      }}
      above={<ListFilters filters={filters} />}
      table={(chosen) => (
        <RowTable
          className="messages"
          caption="Messages, newest first"
          first="About"
          label={(row) => eventWord(row.event)}
          columns={columnsAt(Date.now())}
          rows={rows}
          isOver={() => false}
          word="message"
          chosen={chosen}
        />
      )}
      side={(id, close) => <MessageSide key={id} id={id} person={person} onClose={close} />}
    />
  )
}
