import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Ask, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'
import { type Params, type Post, publicUrl, twilioAt, twilioSetUp } from '../test/support/twilio.ts'
import { telephonyChores } from './telephony-chores.ts'

let server: TestServer
let ask: Ask
let post: Post
let made = 0
const sid = () => `CA${process.pid}t${++made}`

before(async () => {
  const channels = { twilio: twilioSetUp, webhookHosts: [] }
  server = await startTestServer({ config: { channels, publicUrl } })
  ask = withKey(server.baseUrl, server.key)
  post = twilioAt(() => server.baseUrl)
})
after(() => server.close())

type Event = { at: number; text: string; final?: boolean; track?: string; more?: Params }

function content(CallSid: string, { at, text, final = false, track = 'inbound_track', more }: Event): Params {
  return {
    ...{ AccountSid: twilioSetUp.accountSid, CallSid, TranscriptionSid: `GT${CallSid}` },
    ...{ TranscriptionEvent: 'transcription-content', SequenceId: String(at), Track: track },
    ...{ Timestamp: '2026-11-20T10:00:00.123456Z', LanguageCode: 'en-US', Final: String(final) },
    TranscriptionData: JSON.stringify({ transcript: text, ...(final && { confidence: 0.97 }) }),
    ...more,
  }
}

async function tell(call_sid: string, event: Event, headers = {}): Promise<void> {
  const { status, text } = await post('/twilio/transcription/', content(call_sid, event), { headers })
  assert.equal(status, 204, text)
}

async function said(call_sid: string): Promise<[string, boolean, string][]> {
  const { status, body } = await ask('GET', `/api/calls/${call_sid}/interactions/`)
  assert.equal(status, 200)
  type Row = { message: string; is_final: boolean; speaker: string }
  return (body as Row[]).map(({ message, is_final, speaker }) => [message, is_final, speaker])
}

const events: Event[] = [
  { at: 1, text: 'my' },
  { at: 2, text: 'my chest' },
  { at: 3, text: 'My chest hurts.', final: true },
  { at: 4, text: 'pier' },
  { at: 5, text: 'Pier 4.', final: true },
]
const whole = [
  ['My chest hurts.', true, 'CALLER'],
  ['Pier 4.', true, 'CALLER'],
]

describe('what the caller says', () => {
  test('a partial text is replaced, and the final one stays', async () => {
    const call_sid = sid()
    const seen: unknown[] = []
    for (const event of events) {
      await tell(call_sid, event)
      seen.push((await said(call_sid)).at(-1)?.slice(0, 2))
    }
    const expected = events.map(({ text, final = false }) => [text, final])
    assert.deepEqual(seen, expected)
    assert.deepEqual(await said(call_sid), whole)
    const { body } = await ask('GET', `/api/calls/${call_sid}/interactions/`)
    const [{ confidence, language, spoken_at }] = body
    assert.deepEqual([confidence, language, spoken_at], [0.97, 'en-US', '2026-11-20T10:00:00.123Z'])
  })

  test('every event two times is the same', async () => {
    const call_sid = sid()
    for (const event of [...events, ...events, ...events.toReversed()]) await tell(call_sid, event)
    assert.deepEqual(await said(call_sid), whole)
  })

  test('whatever is lost of the partial texts, the final ones are there', async () => {
    const call_sid = sid()
    for (const at of [0, 3, 2, 4, 1]) await tell(call_sid, events[at] as Event)
    const finals = (await said(call_sid)).filter(([, isFinal]) => isFinal)
    assert.deepEqual(finals.map(([text]) => text).sort(), ['My chest hurts.', 'Pier 4.'])
  })

  test('all at the same instant: each final text once', async () => {
    const call_sid = sid()
    await Promise.all([...events, ...events].map((event) => tell(call_sid, event)))
    const finals = (await said(call_sid)).filter(([, isFinal]) => isFinal)
    assert.deepEqual(finals.map(([text]) => text).sort(), ['My chest hurts.', 'Pier 4.'])
  })

  test('the two sides of the line do not mix', async () => {
    const call_sid = sid()
    await tell(call_sid, { at: 1, text: 'my' })
    await tell(call_sid, { at: 2, text: 'what', track: 'outbound_track' })
    await tell(call_sid, { at: 3, text: 'My chest.', final: true })
    await tell(call_sid, { at: 4, text: 'What happened?', final: true, track: 'outbound_track' })
    assert.deepEqual(await said(call_sid), [
      ['My chest.', true, 'CALLER'],
      ['What happened?', true, 'SYSTEM'],
    ])
  })

  test('words join the call that is there, also after its end', async () => {
    const call_sid = sid()
    await ask('POST', '/api/calls/', { call_sid, caller_number: '+15550142', status: 'COMPLETED' })
    await tell(call_sid, { at: 1, text: 'Hello?', final: true })
    assert.deepEqual(await said(call_sid), [['Hello?', true, 'CALLER']])
  })

  test('an utterance that was numbered before a crash is written to the same', async () => {
    const call_sid = sid()
    await tell(call_sid, { at: 1, text: 'my' })
    // As the crash leaves it: written, and not known to be.
    const text = 'UPDATE twilio_utterances SET interaction_id = NULL WHERE transcription_sid = $1'
    await server.ctx.db.pool.query(text, [`GT${call_sid}`])
    await tell(call_sid, { at: 2, text: 'My chest.', final: true })
    assert.deepEqual(await said(call_sid), [['My chest.', true, 'CALLER']])
  })
})

test('what events belong to is forgotten after a day, the words are not', async () => {
  const [old, young] = [sid(), sid()]
  for (const call_sid of [old, young]) await tell(call_sid, { at: 1, text: 'Hello?', final: true })
  const { pool } = server.ctx.db
  const begun = new Date(Date.now() - 25 * 3_600_000).toISOString()
  const ages = 'UPDATE twilio_utterances SET begun_at = $2 WHERE transcription_sid = $1'
  await pool.query(ages, [`GT${old}`, begun])
  for (const { run } of telephonyChores) await run(server.ctx)
  const left = 'SELECT transcription_sid AS sid FROM twilio_utterances WHERE transcription_sid = ANY($1)'
  const { rows } = await pool.query(left, [[`GT${old}`, `GT${young}`]])
  assert.deepEqual(rows, [{ sid: `GT${young}` }])
  assert.equal((await said(old)).length, 1)
})

describe('what has no words', () => {
  for (const event of ['transcription-started', 'transcription-stopped', 'transcription-error']) {
    test(`${event} is taken and opens nothing`, async () => {
      const call_sid = sid()
      await tell(call_sid, { at: 1, text: '', more: { TranscriptionEvent: event, TranscriptionData: '' } })
      assert.equal((await ask('GET', `/api/calls/${call_sid}/`)).status, 404)
    })
  }
  const bad: [string, Params][] = [
    ['no SequenceId', { SequenceId: '' }],
    ['words that are no JSON', { TranscriptionData: '{"transcript": ' }],
    ['JSON without words', { TranscriptionData: '[null]' }],
    ['an event nobody knows', { TranscriptionEvent: 'transcription-sung' }],
  ]
  for (const [name, more] of bad) {
    test(`${name} is 400`, async () => {
      const body = content(sid(), { at: 1, text: 'x', more })
      assert.equal((await post('/twilio/transcription/', body)).status, 400)
    })
  }
  test('nothing said is nothing written', async () => {
    const call_sid = sid()
    await tell(call_sid, { at: 1, text: '  ', final: true })
    assert.equal((await ask('GET', `/api/calls/${call_sid}/`)).status, 404)
  })
})

test('no words are in the log and in no fact', async () => {
  const call_sid = sid()
  await tell(call_sid, { at: 1, text: 'Xylophone', final: true })
  const found = await server.ctx.db.pool.query("SELECT 1 FROM facts WHERE data::text LIKE '%Xylophone%'")
  assert.deepEqual([found.rowCount, server.logged.join('').includes('Xylophone')], [0, false])
})
