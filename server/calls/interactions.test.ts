import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type Ask, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'
import { markLostContact } from './mark-lost-contact.ts'

let server: TestServer
let ask: Ask
let made = 0
let clock = 0

before(async () => {
  server = await startTestServer({ now: () => new Date(Date.now() + clock) })
  ask = withKey(server.baseUrl, server.key)
})
after(() => server.close())

async function open(): Promise<string> {
  const call_sid = `CI-${process.pid}-${++made}`
  await ask('POST', '/api/calls/', { call_sid, caller_number: '+15550142' })
  return `/api/calls/${call_sid}/interactions/`
}

const line = (message: string, more: object = {}) => ({ speaker: 'caller', message, ...more })

describe('POST …/interactions/', () => {
  test('gives the utterance with ids, order and time', async () => {
    const path = await open()
    const sent = line('He fell', {
      confidence: '0.91',
      language: 'en',
      spoken_at: '2026-11-21T07:00:00+01:00',
    })
    const { status, body } = await ask('POST', path, sent)
    assert.equal(status, 201)
    assert.ok(Number.isInteger(body.id) && Number.isInteger(body.call) && path.includes(body.call_sid))
    assert.deepEqual(
      [
        body.sequence,
        body.speaker,
        body.message,
        body.confidence,
        body.language,
        body.spoken_at,
        body.is_final,
      ],
      [0, 'CALLER', 'He fell', 0.91, 'en', '2026-11-21T06:00:00.000Z', true],
    )
  })

  test('the list is in order of sequence, then of arrival', async () => {
    const path = await open()
    for (const [message, sequence] of [
      ['c', 3],
      ['a', 1],
      ['b', 1],
      ['d', undefined],
    ] as const) {
      await ask('POST', path, line(message, { sequence }))
    }
    const { body } = await ask('GET', path)
    assert.deepEqual(
      body.map((one: { message: string }) => one.message),
      ['a', 'b', 'c', 'd'],
    )
  })

  test('100 at once get 100 different places', async () => {
    const path = await open()
    const replies = await Promise.all(
      Array.from({ length: 100 }, (_, at) => ask('POST', path, line(`line ${at}`))),
    )
    assert.ok(replies.every((reply) => reply.status === 201))
    const { body } = await ask('GET', path)
    assert.deepEqual(
      body.map((one: { sequence: number }) => one.sequence),
      Array.from({ length: 100 }, (_, at) => at),
    )
  })

  test('pages follow the Link header', async () => {
    const path = await open()
    for (let at = 0; at < 5; at += 1) await ask('POST', path, line(`line ${at}`))
    const seen: string[] = []
    for (let next: string | undefined = `${path}?page_size=2`; next; ) {
      const { body, headers } = await ask('GET', next)
      seen.push(...body.map((one: { message: string }) => one.message))
      const url: string | undefined = /<([^>]+)>; rel="next"/.exec(headers.get('link') ?? '')?.[1]
      next = url?.replace(server.baseUrl, '')
    }
    assert.deepEqual(seen, ['line 0', 'line 1', 'line 2', 'line 3', 'line 4'])
  })

  test('refusals: unknown call, missing parts, empty final text, too long', async () => {
    const path = await open()
    assert.equal((await ask('POST', '/api/calls/none/interactions/', line('x'))).status, 404)
    const { status, body } = await ask('POST', path, { confidence: 2 })
    assert.equal(status, 400)
    assert.ok(body.speaker && body.message && body.confidence)
    assert.ok((await ask('POST', path, line('  '))).body.message)
    assert.equal((await ask('POST', path, line('', { is_final: false }))).status, 201)
    assert.ok((await ask('POST', path, line('x'.repeat(20_001)))).body.message)
    assert.equal((await ask('POST', path, line('x'.repeat(20_000)))).status, 201)
  })

  test('words are taken after the call has ended', async () => {
    const path = await open()
    await ask('PUT', path.replace('interactions/', ''), { status: 'COMPLETED' })
    assert.equal((await ask('POST', path, line('late'))).status, 201)
  })
})

describe('Idempotency-Key', () => {
  test('20 at once with one key are one utterance with one reply', async () => {
    const path = await open()
    const send = () => ask('POST', path, line('once'), { 'idempotency-key': 'k1' })
    const replies = await Promise.all(Array.from({ length: 20 }, send))
    for (const reply of replies) assert.deepEqual([reply.status, reply.body], [201, replies[0]?.body])
    assert.equal((await ask('GET', path)).body.length, 1)
    assert.deepEqual((await send()).body, replies[0]?.body)
  })

  test('another body with the key is 422; the key on another call is another key', async () => {
    const [one, other] = [await open(), await open()]
    const key = { 'idempotency-key': 'k2' }
    await ask('POST', one, line('first'), key)
    const { status, body } = await ask('POST', one, line('second'), key)
    assert.deepEqual([status, body.code], [422, 'idempotency_key_reused'])
    assert.equal((await ask('POST', other, line('second'), key)).status, 201)
  })

  test('the first reply is given even after the text was replaced; after a day the key is free', async () => {
    const path = await open()
    const key = { 'idempotency-key': 'k3' }
    const first = await ask('POST', path, line('I am', { is_final: false }), key)
    await ask('PATCH', `${path}${first.body.id}/`, { message: 'I am here', is_final: true })
    assert.deepEqual((await ask('POST', path, line('I am', { is_final: false }), key)).body, first.body)
    clock += 25 * 3_600_000
    const later = await ask('POST', path, line('new day'), key)
    clock -= 25 * 3_600_000
    assert.deepEqual([later.status, later.body.message], [201, 'new day'])
  })
})

describe('PATCH …/interactions/{id}/', () => {
  test('a partial text is replaced until it is final', async () => {
    const path = await open()
    const { body: partial } = await ask('POST', path, line('He is', { is_final: false }))
    const one = `${path}${partial.id}/`
    assert.equal((await ask('PATCH', one, { message: 'He is not' })).body.message, 'He is not')
    const final = await ask('PATCH', one, { message: 'He is not breathing', is_final: true })
    assert.deepEqual([final.status, final.body.is_final, final.body.sequence], [200, true, partial.sequence])
    const late = await ask('PATCH', one, { message: 'other' })
    assert.deepEqual([late.status, late.body.code], [409, 'interaction_final'])
    assert.equal((await ask('PATCH', one, { message: 'He is not breathing' })).status, 200)
  })

  test('an utterance of another call, none, and a word for a number', async () => {
    const [one, other] = [await open(), await open()]
    const { body } = await ask('POST', one, line('x', { is_final: false }))
    assert.equal((await ask('PATCH', `${other}${body.id}/`, { message: 'y' })).status, 404)
    assert.equal((await ask('PATCH', `${one}999999999/`, { message: 'y' })).status, 404)
    assert.equal((await ask('PATCH', `${one}abc/`, { message: 'y' })).status, 400)
  })
})

test('a silent call is marked lost, not closed, and a word brings it back', async () => {
  const path = await open()
  const callPath = path.replace('interactions/', '')
  clock += 14 * 60_000
  await markLostContact(server.ctx)
  assert.equal((await ask('GET', callPath)).body.lost_contact, false)
  clock += 2 * 60_000
  await markLostContact(server.ctx)
  const { body } = await ask('GET', callPath)
  assert.deepEqual([body.lost_contact, body.status], [true, 'ACTIVE'])
  assert.ok(
    (await ask('GET', '/api/calls/?lost_contact=true')).body.results.some(
      (one: { id: number }) => one.id === body.id,
    ),
  )
  await ask('POST', path, line('I am back'))
  clock -= 16 * 60_000
  assert.equal((await ask('GET', callPath)).body.lost_contact, false)
})
