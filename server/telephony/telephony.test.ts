import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { purgeCallerData } from '../caller-data/erase-calls.ts'
import { signIn } from '../test/support/centre.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'
import {
  type Params,
  type Post,
  publicUrl,
  signTwilio,
  twilioAt,
  twilioSetUp,
} from '../test/support/twilio.ts'

let server: TestServer
let bare: TestServer
let ask: Ask
let desk: Ask
let post: Post
let made = 0
const sid = () => `CA${process.pid}x${++made}`

before(async () => {
  const twilio = { ...twilioSetUp, nextAuthToken: 'the next token' }
  const channels = { twilio, webhookHosts: [] }
  server = await startTestServer({ config: { channels, publicUrl } })
  bare = await startTestServer()
  ask = withKey(server.baseUrl, server.key)
  desk = (await signIn(server, 'desk', 'dispatcher')).ask
  post = twilioAt(() => server.baseUrl)
})
after(() => Promise.all([server.close(), bare.close()]))

const statusPath = '/twilio/voice/status/'
const ringing = (CallSid: string, more: Params = {}): Params => ({
  ...{ AccountSid: twilioSetUp.accountSid, CallSid, CallStatus: 'ringing', Direction: 'inbound' },
  ...{ From: '+15550142', To: '+15550100', SequenceNumber: '0', ApiVersion: '2010-04-01', ...more },
})
const callOf = async (call_sid: string) => (await ask('GET', `/api/calls/${call_sid}/`)).body
const isThere = async (call_sid: string) => (await ask('GET', `/api/calls/${call_sid}/`)).status === 200
async function numberOf(call_sid: string): Promise<string> {
  // Who writes to a call sees its number.
  const { body } = await ask('PATCH', `/api/calls/${call_sid}/`, { location: `seen ${call_sid}` })
  return body.caller_number
}

describe('who is heard', () => {
  const path = statusPath
  const cases: [string, Parameters<Post>[2], number][] = [
    ['signed for the address', {}, 204],
    ['signed for the address with its port', { signedUrl: `${publicUrl}:443${path}` }, 204],
    ['signed with the next token', { token: 'the next token' }, 204],
    ['signed with another token', { token: 'another token' }, 403],
    ['signed for another address', { signedUrl: `https://elsewhere.example.org${path}` }, 403],
    ['signed for another port', { signedUrl: `${publicUrl}:8443${path}` }, 403],
    ['no signature', { headers: { 'x-twilio-signature': '' } }, 403],
    ['a JSON body', { headers: { 'content-type': 'application/json' } }, 400],
  ]
  for (const [name, how, status] of cases) {
    test(`${name}: ${status}`, async () => {
      const call_sid = sid()
      assert.equal((await post(path, ringing(call_sid), how)).status, status)
      assert.equal(await isThere(call_sid), status === 204)
    })
  }

  test('JSON is not taken, even when it is right', async () => {
    const body = ringing(sid())
    assert.equal((await ask('POST', path, body)).status, 415)
  })

  test('a field changed on the way is not what was signed', async () => {
    const call_sid = sid()
    const signature = signTwilio(publicUrl + path, ringing(call_sid))
    const headers = { 'x-twilio-signature': signature }
    assert.equal((await post(path, ringing(call_sid, { From: '+15550143' }), { headers })).status, 403)
    assert.equal((await post(path, ringing(call_sid), { headers })).status, 204)
  })

  test('the query belongs to the address, with and without the slash at the end', async () => {
    const call_sid = sid()
    assert.equal((await post('/twilio/voice/status?tag=a%20b', ringing(call_sid))).status, 204)
    assert.equal(await isThere(call_sid), true)
  })

  test('more than 64 KB is refused', async () => {
    assert.equal((await post(path, ringing(sid(), { Other: 'x'.repeat(70_000) }))).status, 413)
  })

  test('what lacks a name of the call is told so', async () => {
    const { status, text } = await post(path, { CallStatus: 'melting' })
    assert.equal(status, 400)
    assert.deepEqual(Object.keys(JSON.parse(text)).sort(), ['CallSid', 'CallStatus', 'code', 'detail'])
  })

  test('without a token all routes are 404, and the log says it once', async () => {
    const toBare = twilioAt(() => bare.baseUrl)
    for (const one of [path, '/twilio/voice/fallback/', '/twilio/transcription/', '/twilio/recording/']) {
      assert.equal((await toBare(one, ringing(sid()))).status, 404)
    }
    const lines = bare.logged.filter((line) => line.includes('Twilio is not set up'))
    assert.equal(lines.length, 1)
    assert.match(String(lines[0]), /TWILIO_AUTH_TOKEN/)
  })
})

describe('status callbacks', () => {
  const answered: Params = { CallStatus: 'in-progress', SequenceNumber: '1' }
  const completed: Params = { CallStatus: 'completed', SequenceNumber: '2', CallDuration: '61' }
  const times = [
    'Fri, 20 Nov 2026 10:00:00 +0000',
    '20 Nov 2026 10:00:05 +0000',
    '20 Nov 2026 10:01:01 +0000',
  ]
  const steps: Params[] = [{}, answered, completed].map((one, at) => ({ ...one, Timestamp: times[at] ?? '' }))
  const orders = [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
    [0, 0, 1, 2, 2, 1, 0],
  ]
  for (const order of orders) {
    test(`in the order ${order.join(', ')} the call ends the same`, async () => {
      const call_sid = sid()
      for (const at of order) assert.equal((await post(statusPath, ringing(call_sid, steps[at]))).status, 204)
      const { status, answered_at, completed_at, duration_seconds } = await callOf(call_sid)
      const instants = ['2026-11-20T10:00:05.000Z', '2026-11-20T10:01:01.000Z']
      assert.deepEqual([status, answered_at, completed_at, duration_seconds], ['COMPLETED', ...instants, 61])
      assert.equal(await numberOf(call_sid), '+15550142')
    })
  }

  for (const word of ['busy', 'failed', 'no-answer', 'canceled']) {
    test(`${word} cancels the call`, async () => {
      const call_sid = sid()
      await post(statusPath, ringing(call_sid, { CallStatus: word }))
      assert.equal((await callOf(call_sid)).status, 'CANCELLED')
    })
  }

  test('all at the same instant are one call', async () => {
    const call_sid = sid()
    const all = [...steps, ...steps, ...steps].map((step) => post(statusPath, ringing(call_sid, step)))
    for (const { status } of await Promise.all(all)) assert.equal(status, 204)
    assert.equal((await callOf(call_sid)).status, 'COMPLETED')
  })

  test('what the AI has set stays: a late ringing changes nothing', async () => {
    const call_sid = sid()
    await ask('POST', '/api/calls/', { call_sid, caller_number: '+15550142', status: 'ESCALATED' })
    await post(statusPath, ringing(call_sid))
    await post(statusPath, ringing(call_sid, answered))
    assert.equal((await callOf(call_sid)).status, 'ESCALATED')
  })

  test('the AI that comes after Twilio is who answered, and gets the number', async () => {
    const call_sid = sid()
    await post(statusPath, ringing(call_sid))
    assert.equal((await callOf(call_sid)).answered_by, null)
    const { status, body } = await ask('POST', '/api/calls/', { call_sid, caller_number: '+15550142' })
    assert.deepEqual([status, body.answered_by, body.caller_number], [200, 'AI', '+15550142'])
  })

  test('calls that we make, and further legs of a call, are no callers', async () => {
    const [out, leg] = [sid(), sid()]
    await post(statusPath, ringing(out, { Direction: 'outbound-api' }))
    await post(statusPath, ringing(leg, { ParentCallSid: sid() }))
    assert.deepEqual([await isThere(out), await isThere(leg)], [false, false])
  })

  test('the same token again is not done again', async () => {
    const [one, other] = [sid(), sid()]
    const headers = { 'i-twilio-idempotency-token': `token-${one}` }
    assert.equal((await post(statusPath, ringing(one), { headers })).status, 204)
    assert.equal((await post(statusPath, ringing(other), { headers })).status, 204)
    assert.deepEqual([await isThere(one), await isThere(other)], [true, false])
  })
})

describe('the fallback', () => {
  test('opens the call and connects the caller to a person', async () => {
    const call_sid = sid()
    const reply = await post('/twilio/voice/fallback/?dial=%2B15550111', ringing(call_sid))
    assert.equal(reply.status, 200)
    assert.match(reply.type ?? '', /^text\/xml/)
    assert.match(reply.text, /^<\?xml .*<Response><Say .*<Dial>\+15550111<\/Dial>.*<\/Response>$/)
    assert.equal(await isThere(call_sid), true)
  })

  test('whoever is on the line hears something, also when Twilio tells what nobody knows', async () => {
    const reply = await post('/twilio/voice/fallback/', ringing(sid(), { CallStatus: 'dreaming' }))
    assert.equal(reply.status, 200)
    assert.equal((await post('/twilio/voice/fallback/', ringing(sid()), { token: 'x' })).status, 403)
  })

  test('without a number it asks to call again; words for a number are refused', async () => {
    const { text } = await post('/twilio/voice/fallback/', ringing(sid()))
    assert.ok(text.includes('call again') && !text.includes('<Dial>'))
    assert.equal((await post('/twilio/voice/fallback/?dial=%3CHangup%2F%3E', ringing(sid()))).status, 400)
  })

  test('callers are spoken to in the languages of the centre, one after the other', async () => {
    const admin = (await signIn(server, 'boss', 'admin')).ask
    const set = (caller_languages: string[]) => admin('PATCH', '/api/settings/', { caller_languages })
    for (const wrong of [[], ['fr'], ['en', 'en']]) assert.equal((await set(wrong)).status, 400)
    assert.deepEqual((await set(['ES', 'en'])).body.caller_languages, ['es', 'en'])
    const { text } = await post('/twilio/voice/fallback/?dial=911', ringing(sid()))
    const spoken = [...text.matchAll(/language="([\w-]+)"/g)].map(([, language]) => language)
    assert.deepEqual(spoken, ['es-MX', 'en-US', 'es-MX', 'en-US'])
  })
})

describe('recordings', () => {
  const recorded = (CallSid: string, more: Params = {}): Params => ({
    ...{ CallSid, RecordingSid: `RE${CallSid}`, RecordingStatus: 'completed', RecordingDuration: '12' },
    ...{ RecordingUrl: `https://api.twilio.com/2010-04-01/Recordings/RE${CallSid}`, ...more },
  })
  const listOf = (call_sid: string) => desk('GET', `/api/calls/${call_sid}/recordings/`)

  test('a completed one is a link on the call, once', async () => {
    const call_sid = sid()
    for (const state of ['in-progress', 'completed', 'completed']) {
      const body = recorded(call_sid, { RecordingStatus: state })
      assert.equal((await post('/twilio/recording/', body)).status, 204)
    }
    const { body } = await listOf(call_sid)
    assert.equal(body.results.length, 1)
    assert.deepEqual(
      [body.results[0].url, body.results[0].duration_seconds],
      [recorded(call_sid).RecordingUrl, 12],
    )
  })

  test('the number comes later, and is filled', async () => {
    const call_sid = sid()
    await post('/twilio/recording/', recorded(call_sid))
    await post(statusPath, ringing(call_sid))
    assert.equal(await numberOf(call_sid), '+15550142')
  })

  test('no call is 404, a link that is none is 400, whoever is at no desk gets 403', async () => {
    assert.equal((await listOf('none')).status, 404)
    const bad = recorded(sid(), { RecordingUrl: 'javascript:alert(1)' })
    assert.equal((await post('/twilio/recording/', bad)).status, 400)
    assert.equal((await ask('GET', '/api/calls/any/recordings/')).status, 403)
  })

  test('it is erased with the words, also of a call without any', async () => {
    const call_sid = sid()
    const RecordingStartTime = 'Mon, 01 Jan 2024 10:00:00 +0000'
    await post('/twilio/recording/', recorded(call_sid, { RecordingStartTime }))
    await server.ctx.db.pool.query('UPDATE calls SET updated_at = created_at WHERE call_sid = $1', [call_sid])
    await purgeCallerData(server.ctx, { transcripts_days: 30, numbers_days: null })
    assert.deepEqual((await listOf(call_sid)).body, { results: [] })
  })
})

test('no number is in the log', async () => {
  const call_sid = sid()
  await post(statusPath, ringing(call_sid, { From: '+15550177' }))
  assert.equal(server.logged.join('').includes('5550177'), false)
})
