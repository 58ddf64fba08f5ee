import assert from 'node:assert/strict'
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, type TestContext, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { openVault, readKeysAgain } from '../caller-data/open-vault.ts'
import { keyDelayMs, rotateKeys } from '../caller-data/seal-numbers.ts'
import { keyIdOf } from '../lib/field-cipher.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { fieldSecret, startTestServer, type TestServer } from '../test/support/test-server.ts'
import { type Params, type Post, publicUrl, twilioAt, twilioSetUp } from '../test/support/twilio.ts'
import { resealSpool } from './reseal-spool.ts'
import { openSpool, SpoolFull, spoolFolder } from './spool.ts'

const limit = { timeout: 120_000 }
let server: TestServer
let post: Post
let folder: string
let ask: Ask
let made = 0

const newFolder = () => mkdtempSync(join(tmpdir(), 'toneout-spool-'))
const sid = () => `CA${process.pid}s${++made}`
const kept = (where: string) => readdirSync(where).filter((name) => name.endsWith('.event'))

before(async () => {
  folder = newFolder()
  const channels = { twilio: twilioSetUp, webhookHosts: [] }
  server = await startTestServer({ config: { channels, publicUrl }, telephonyFolder: folder, patience: 1 })
  post = twilioAt(() => server.baseUrl)
  ask = withKey(server.baseUrl, server.key)
})
after(async () => {
  await server.close()
  rmSync(folder, { recursive: true })
})

describe('events on disk', () => {
  const opened = async (t: TestContext, more: { now?: () => Date; most?: number; where?: string } = {}) => {
    const where = more.where ?? newFolder()
    t.after(() => rmSync(where, { recursive: true, force: true }))
    const { vault, now } = server.ctx
    const spool = await openSpool(where, { vault, now: more.now ?? now }, more.most)
    return { where, spool }
  }
  type Opened = Awaited<ReturnType<typeof opened>>['spool']
  const drain = async (spool: Opened) => {
    const texts: (string | undefined)[] = []
    for (let one = await spool.oldest(); one; one = await spool.oldest()) {
      texts.push(one.text)
      await spool.remove(one.name)
    }
    return texts
  }

  test('come back in order, also when the clock is set back and by another process', async (t) => {
    let at = 5_000_000
    const now = () => {
      at -= 1_000
      return new Date(at)
    }
    const first = await opened(t, { now })
    for (const text of ['a', 'b', 'c']) await first.spool.add(text)
    const second = await opened(t, { now, where: first.where })
    await second.spool.add('d')
    assert.deepEqual(await drain(second.spool), ['a', 'b', 'c', 'd'])
    assert.deepEqual(readdirSync(first.where), [])
  })

  test('many at the same time are all there, each once', async (t) => {
    const { spool } = await opened(t)
    const texts = Array.from({ length: 60 }, (_, at) => `event ${at}`)
    await Promise.all(texts.map(spool.add))
    assert.equal(spool.count(), 60)
    assert.deepEqual(await drain(spool), texts)
  })

  test('two processes on one folder: what the one has done is not in the way of the other', async (t) => {
    const first = await opened(t)
    for (const text of ['a', 'b', 'c']) await first.spool.add(text)
    const second = (await opened(t, { where: first.where })).spool
    const [one, other] = [await first.spool.oldest(), await second.oldest()]
    assert.deepEqual([one?.text, other?.text], ['a', 'a'], 'done twice is done once')
    await second.remove(other?.name ?? '')
    await first.spool.setAside(one?.name ?? '')
    assert.deepEqual(await drain(second), ['b', 'c'])
    assert.equal(await first.spool.oldest(), undefined)
    assert.deepEqual([first.spool.count(), second.count()], [0, 0])
    await first.spool.add('d')
    assert.deepEqual(await drain(first.spool), ['d'])
    assert.deepEqual(readdirSync(first.where), [])
  })

  test('are bounded', async (t) => {
    const { spool } = await opened(t, { most: 2 })
    const ended = await Promise.allSettled(['a', 'b', 'c'].map(spool.add))
    assert.deepEqual(
      ended.map(({ status }) => status),
      ['fulfilled', 'fulfilled', 'rejected'],
    )
    await assert.rejects(spool.add('d'), SpoolFull)
    assert.deepEqual(await drain(spool), ['a', 'b'])
    await spool.add('e')
  })

  test('are sealed anew with a new key, in their order, what is set aside too', async (t) => {
    const dataDir = newFolder()
    t.after(() => rmSync(dataDir, { recursive: true }))
    const where = spoolFolder(dataDir)
    const { spool } = await opened(t, { where })
    for (const text of ['a', 'b', 'c']) await spool.add(text)
    const [first = ''] = kept(where)
    await spool.setAside(first)
    const { newKey } = await rotateKeys(server.ctx, [fieldSecret], true)
    const later = { ...server.ctx, now: () => new Date(Date.now() + keyDelayMs + 1_000) }
    const vault = await openVault(later, [fieldSecret])
    assert.deepEqual([await resealSpool(dataDir, vault), await resealSpool(dataDir, vault)], [3, 0])
    assert.equal(await resealSpool(join(where, 'nowhere'), vault), 0)
    const names = readdirSync(where)
    assert.equal(names.length, 3)
    for (const name of names) assert.equal(keyIdOf(readFileSync(join(where, name))), newKey)
    await readKeysAgain(server.ctx, server.ctx.vault)
    assert.deepEqual(await drain((await opened(t, { where })).spool), ['a', 'b', 'c'])
  })

  test('half a file is thrown away, one that does not open is set aside until the next start', async (t) => {
    const { spool, where } = await opened(t)
    await spool.add('a')
    const [name = ''] = kept(where)
    const whole = readFileSync(join(where, name))
    for (const [pid, seconds] of [
      [1, 61],
      [2, 0],
    ] as const) {
      const half = join(where, `${name}.${pid}.part`)
      writeFileSync(half, 'half')
      utimesSync(half, 0, Date.now() / 1_000 - seconds)
    }
    writeFileSync(join(where, name), whole.subarray(0, -1))
    const again = (await opened(t, { where })).spool
    assert.deepEqual(await again.oldest(), { name })
    await again.setAside(name)
    // Another process may be writing what is young.
    const left = [`${name}.2.part`, `${name}.aside`]
    assert.deepEqual([await again.oldest(), readdirSync(where).sort()], [undefined, left])
    writeFileSync(join(where, `${name}.aside`), whole)
    assert.deepEqual(await drain((await opened(t, { where })).spool), ['a'])
  })

  test('a file under another name does not open', async (t) => {
    const { spool, where } = await opened(t)
    await spool.add('a')
    const sealed = readFileSync(join(where, kept(where)[0] ?? ''))
    writeFileSync(join(where, '0000000000000001.event'), sealed)
    const again = (await opened(t, { where })).spool
    assert.equal((await again.oldest())?.text, undefined)
  })
})

describe('while somebody holds what an event needs', limit, () => {
  const ringing = (CallSid: string, more: Params = {}): Params => ({
    ...{ CallSid, CallStatus: 'ringing', Direction: 'inbound', From: '+15550142', ...more },
  })
  const open = async (call_sid: string) => {
    const { status } = await ask('POST', '/api/calls/', { call_sid, caller_number: '+15550142' })
    assert.equal(status, 201)
  }
  const words = (CallSid: string): Params => ({
    ...{ CallSid, TranscriptionSid: `GT${CallSid}`, TranscriptionEvent: 'transcription-content' },
    ...{ SequenceId: '1', Track: 'inbound_track', Final: 'true' },
    TranscriptionData: JSON.stringify({ transcript: 'hello' }),
  })
  const cases: [string, string, (call_sid: string) => Params, (client: pg.Client, sid: string) => unknown][] =
    [
      [
        'the row of the call',
        '/twilio/voice/status/',
        (call_sid) => ringing(call_sid, { CallStatus: 'completed', CallDuration: '3' }),
        (client, call_sid) => client.query('SELECT 1 FROM calls WHERE call_sid = $1 FOR UPDATE', [call_sid]),
      ],
      [
        'the transcription',
        '/twilio/transcription/',
        words,
        (client, call_sid) =>
          client.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`GT${call_sid}`]),
      ],
    ]
  for (const [name, path, params, hold] of cases) {
    test(`${name}: it is answered from the disk, and done once when it is let go`, limit, async (t) => {
      const call_sid = sid()
      await open(call_sid)
      const client = new pg.Client(server.database.connection)
      await client.connect()
      t.after(() => client.end())
      await client.query('BEGIN')
      await hold(client, call_sid)
      // Answered while it is held: the hold ends after the answer.
      assert.equal((await post(path, params(call_sid))).status, 204)
      assert.equal(kept(join(folder, 'twilio')).length, 1)
      await client.query('ROLLBACK')
      const end = performance.now() + 60_000
      while (kept(join(folder, 'twilio')).length > 0 && performance.now() < end) await delay(20)
      const { body } = await ask('GET', `/api/calls/${call_sid}/interactions/`)
      const call = (await ask('GET', `/api/calls/${call_sid}/`)).body
      const isWords = path.includes('transcription')
      assert.deepEqual([body.length, call.status], isWords ? [1, 'ACTIVE'] : [0, 'COMPLETED'])
    })
  }

  test('when the disk cannot take it either, Twilio hears it and the caller is still answered', async (t) => {
    const [call_sid, other] = [sid(), sid()]
    for (const one of [call_sid, other]) await open(one)
    const client = new pg.Client(server.database.connection)
    await client.connect()
    t.after(() => client.end())
    await client.query('BEGIN')
    await client.query('SELECT 1 FROM calls WHERE call_sid = $1 FOR UPDATE', [call_sid])
    const ended = { CallStatus: 'completed', CallDuration: '3' }
    assert.equal((await post('/twilio/voice/status/', ringing(call_sid, ended))).status, 204)
    rmSync(join(folder, 'twilio'), { recursive: true })
    // Whether one still waits on the disk or not, what the database can take is taken.
    assert.equal((await post('/twilio/voice/status/', ringing(other, ended))).status, 204)
    assert.equal((await ask('GET', `/api/calls/${other}/`)).body.status, 'COMPLETED')
    assert.equal((await post('/twilio/voice/status/', ringing(call_sid, ended))).status, 503)
    const spoken = await post('/twilio/voice/fallback/', ringing(call_sid))
    assert.deepEqual([spoken.status, spoken.text.includes('<Say')], [200, true])
    await client.query('ROLLBACK')
  })
})
