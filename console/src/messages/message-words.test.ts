import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { channelWord, eventWord, stateOf } from './message-words.ts'

describe('what became of a message', () => {
  for (const [state, channel, attempts, fault, words] of [
    ['WAITING', 'SCREEN', 0, null, 'Not seen yet'],
    ['WAITING', 'SMS', 0, null, 'Waiting'],
    ['WAITING', 'SMS', 1, 'Twilio 503 (20500)', 'Waiting after 1 try: Twilio 503 (20500)'],
    ['WAITING', 'EMAIL', 3, null, 'Waiting after 3 tries'],
    ['DELIVERED', 'EMAIL', 1, null, 'Delivered'],
    ['ACKNOWLEDGED', 'SCREEN', 0, null, 'Seen'],
    ['FAILED', 'SMS', 1, 'Twilio 400 (21211)', 'Failed: Twilio 400 (21211)'],
    ['FAILED', 'WEBHOOK', 9, null, 'Failed'],
  ] as const) {
    it(words, () => assert.equal(stateOf({ state, channel, attempts, fault }), words))
  }

  it('names what it knows, and shows the rest as it is', () => {
    assert.deepEqual(
      [
        channelWord('EMAIL'),
        channelWord('CARRIER_PIGEON'),
        eventWord('DISPATCHED'),
        eventWord('NEW_EMERGENCY'),
      ],
      ['E-mail', 'Carrier pigeon', 'Dispatch', 'NEW_EMERGENCY'],
    )
  })
})
