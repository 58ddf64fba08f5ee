import type { ContactTest } from '@toneout/contract/model/contact-test.ts'
import type { Webhook } from '@toneout/contract/model/webhook.ts'
import { type Column, RowTable } from '../frame/row-table.tsx'
import { amount, stamp } from '../ui/format.ts'
import { channelWord } from './message-words.ts'
import type { ChannelRow } from './use-channels.ts'
import { hostOf, webhookState } from './webhook-side.tsx'

const failed = (count: number) => (
  <span className={count > 0 ? 'failed-word' : undefined}>{amount(count)}</span>
)

const channelColumns: Column<ChannelRow>[] = [
  { title: 'State', className: 'ch-state', cell: (row) => (row.ready ? 'Ready' : 'Not set up') },
  { title: 'Waiting', className: 'ch-count', cell: (row) => amount(row.waiting) },
  { title: 'Delivered', className: 'ch-count', cell: (row) => amount(row.delivered) },
  { title: 'Failed', className: 'ch-count', cell: (row) => failed(row.failed) },
]

const webhookColumns: Column<Webhook>[] = [
  { title: 'Events', className: 'wh-events', cell: (row) => row.events.join(', ') },
  {
    title: 'State',
    className: 'ch-state',
    cell: (row) => {
      const words = webhookState(row)
      return <span className={words === 'In use' ? undefined : 'soon'}>{words}</span>
    },
  },
]

const testColumns: Column<ContactTest>[] = [
  { title: 'Begun by', className: 'ch-by', cell: (row) => row.started_by ?? 'Itself' },
  { title: 'Reached', className: 'ch-count', cell: (row) => amount(row.delivered + row.acknowledged) },
  { title: 'Seen', className: 'ch-count', cell: (row) => amount(row.acknowledged) },
  { title: 'Not reached', className: 'ch-count', cell: (row) => failed(row.failed) },
  { title: 'Waiting', className: 'ch-count', cell: (row) => amount(row.waiting) },
]

type TableProps<Row> = { rows: readonly Row[]; chosen: string }

export function ChannelTable({ rows, chosen }: TableProps<ChannelRow>) {
  return (
    <RowTable
      className="channels"
      caption="Channels and what they did in the last 24 hours"
      first="Channel"
      label={(row) => channelWord(row.channel)}
      columns={channelColumns}
      rows={rows}
      isOver={(row) => !row.ready}
      word="channel"
      chosen={chosen}
    />
  )
}

export function WebhookTable({ rows, chosen }: TableProps<Webhook>) {
  return (
    <RowTable
      className="channels"
      caption="Webhooks"
      first="Program"
      label={hostOf}
      columns={webhookColumns}
      rows={rows}
      isOver={(row) => !row.active}
      word="webhook"
      chosen={chosen}
    />
  )
}

export function ContactTestTable({ rows, chosen }: TableProps<ContactTest>) {
  return (
    <RowTable
      className="channels"
      caption="Contact tests, newest first"
      first="Begun"
      label={(row) => stamp(row.started_at, Date.now())}
      columns={testColumns}
      rows={rows}
      isOver={() => false}
      word="test"
      chosen={chosen}
    />
  )
}
