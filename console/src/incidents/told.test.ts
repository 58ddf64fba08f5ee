import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Message } from '@toneout/contract/model/message.ts'
import { at } from '../live/rows.fixture.ts'
import { toldCrew } from './told.ts'

const message = (id: number, more: Partial<Message>): Message => ({
  ...{ id, fact_id: 1, event: 'DISPATCHED', channel: 'SCREEN', state: 'WAITING', person_id: 1 },
  ...{ recipient: 'eva', incident_id: 1, unit_id: 3, attempts: 0, created_at: at(id), fault: null },
  ...{ next_try_at: null, delivered_at: null, acknowledged_at: null },
  ...more,
})
const said = (...messages: Message[]) =>
  toldCrew(messages, 3).map(({ name, told }) => `${name}: ${told.map((one) => `${one.mark} ${one.words}`)}`)

describe('who was told', () => {
  const cases: [string, Partial<Message>, string][] = [
    ['on the screen', {}, '… Screen not seen yet'],
    ['and seen there', { state: 'ACKNOWLEDGED' }, '✓✓ Screen seen'],
    ['not tried yet', { channel: 'SMS' }, '… SMS waits'],
    ['tried', { channel: 'SMS', attempts: 2 }, '… SMS waits, tried 2 times'],
    ['taken by the provider', { channel: 'EMAIL', state: 'DELIVERED', attempts: 1 }, '✓ E-mail delivered'],
    ['failed', { channel: 'SMS', state: 'FAILED', fault: 'no address' }, '✗ SMS failed: no address'],
  ]
  for (const [name, more, words] of cases) {
    test(name, () => assert.deepEqual(said(message(1, more)), [`eva: ${words}`]))
  }
  test('by the newest of each channel, the people in order; other units and programs are left out', () => {
    const found = said(
      message(9, { state: 'ACKNOWLEDGED', event: 'DISPATCH_REPEATED' }),
      message(8, { unit_id: 4, recipient: 'someone else' }),
      message(7, { person_id: null, channel: 'WEBHOOK', event: 'UNIT_DISPATCHED' }),
      message(6, { event: 'CREW_MESSAGE', channel: 'SMS' }),
      message(5, { person_id: 2, recipient: 'ben', channel: 'SMS', state: 'DELIVERED' }),
      message(4, {}),
    )
    assert.deepEqual(found, ['ben: ✓ SMS delivered', 'eva: ✓✓ Screen seen'])
  })
})
