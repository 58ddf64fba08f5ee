import assert from 'node:assert/strict'
import { readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { type Ask, withKey } from '../test/support/http.ts'
import {
  endStarted,
  makeDataDir,
  postmasterOf,
  type ServerProcess,
  startServerProcess,
} from '../test/support/server-process.ts'
import { type Params, type Post, publicUrl, twilioAt, twilioSetUp } from '../test/support/twilio.ts'

const limit = { timeout: 900_000 }
const key = 'tone_telephony_key_of_this_test_only'
const env = {
  AI_DISPATCHER_KEY: key,
  PUBLIC_URL: publicUrl,
  SECRET_KEY: 'a secret of this test with more than 32 letters',
  TWILIO_ACCOUNT_SID: twilioSetUp.accountSid,
  TWILIO_AUTH_TOKEN: twilioSetUp.authToken,
  TWILIO_FROM: twilioSetUp.from,
}
const number = '+15550164738'
const calls = 12

let dataDir: string
let server: ServerProcess
let ask: Ask
let post: Post

async function start(): Promise<void> {
  server = await startServerProcess(dataDir, env)
  ask = withKey(server.baseUrl, key)
}
before(async () => {
  dataDir = makeDataDir()
  await start()
  post = twilioAt(() => server.baseUrl)
}, limit)
after(async () => {
  await server.end('SIGTERM')
  endStarted()
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
}, limit)

async function eventually(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const end = performance.now() + 100_000
  while (!(await holds())) {
    if (performance.now() > end) throw new Error(`it did not come in time: ${what}`)
    await delay(20)
  }
}

const ready = async () => (await ask('GET', '/health/ready')).status === 200
const kept = () => readdirSync(join(dataDir, 'twilio')).filter((name) => name.endsWith('.event'))

const cluster = () => join(dataDir, 'postgres/cluster')
/** Ends PostgreSQL, and keeps the server from starting it again. */
async function takeAway(): Promise<void> {
  const pid = postmasterOf(dataDir)
  assert.ok(pid)
  renameSync(cluster(), `${cluster()}-hidden`)
  process.kill(pid, 'SIGKILL')
  await eventually('the database is away', async () => !(await ready()))
}
const giveBack = () => renameSync(`${cluster()}-hidden`, cluster())

const ringing = (CallSid: string, more: Params = {}): Params => ({
  ...{ CallSid, CallStatus: 'ringing', Direction: 'inbound', From: number, ...more },
})
const words = (CallSid: string, at: number, text: string): Params => ({
  ...{ CallSid, TranscriptionSid: `GT${CallSid}`, TranscriptionEvent: 'transcription-content' },
  ...{ SequenceId: String(at), Track: 'inbound_track', Final: String(at % 2 === 0) },
  TranscriptionData: JSON.stringify({ transcript: text }),
})

/** All that a call of these tests tells, in its order. */
function story(call_sid: string): [string, Params][] {
  const [status, transcription] = ['/twilio/voice/status/', '/twilio/transcription/']
  return [
    [status, ringing(call_sid)],
    [status, ringing(call_sid, { CallStatus: 'in-progress' })],
    [transcription, words(call_sid, 1, 'the old')],
    [transcription, words(call_sid, 2, 'the old mill')],
    [transcription, words(call_sid, 3, 'on the')],
    [transcription, words(call_sid, 4, 'on the river')],
    [status, ringing(call_sid, { CallStatus: 'completed', CallDuration: '9' })],
  ]
}

/** Sends the stories side by side, each in its order; gives the statuses. */
async function tellAll(sids: readonly string[]): Promise<number[]> {
  const each = sids.map(async (sid) => {
    const statuses: number[] = []
    for (const [path, params] of story(sid)) statuses.push((await post(path, params)).status)
    return statuses
  })
  return (await Promise.all(each)).flat()
}

async function assertWhole(sids: readonly string[]): Promise<void> {
  await eventually('all is replayed', () => kept().length === 0)
  for (const sid of sids) {
    const call = (await ask('GET', `/api/calls/${sid}/`)).body
    assert.deepEqual(
      [call.status, call.duration_seconds, typeof call.answered_at],
      ['COMPLETED', 9, 'string'],
    )
    const { body } = await ask('GET', `/api/calls/${sid}/interactions/`)
    type Row = { message: string; is_final: boolean }
    const said = (body as Row[]).map(({ message, is_final }) => [message, is_final])
    assert.deepEqual(said, [
      ['the old mill', true],
      ['on the river', true],
    ])
  }
}

const sidsOf = (name: string) => Array.from({ length: calls }, (_, at) => `CA-${name}-${at}`)

describe('while the database is away', limit, () => {
  test('all is taken, callers are answered, and all is done when it is back', limit, async () => {
    await takeAway()
    const sids = sidsOf('away')
    try {
      assert.deepEqual(new Set(await tellAll(sids)), new Set([204]))
      const spoken = await post('/twilio/voice/fallback/', ringing('CA-away-0'))
      assert.equal(spoken.status, 200)
      assert.match(spoken.text, /<Say/)
      assert.ok(kept().length > calls * 6)
      assert.equal((await post('/twilio/voice/status/', ringing('CA-x'), { token: 'wrong' })).status, 403)
    } finally {
      giveBack()
    }
    await eventually('the database is back', ready)
    await assertWhole(sids)
  })

  test('nothing on disk tells a number or a word', limit, async () => {
    await takeAway()
    const sids = sidsOf('sealed')
    try {
      await tellAll(sids)
      const bytes = kept().map((name) => readFileSync(join(dataDir, 'twilio', name), 'latin1'))
      assert.ok(bytes.length > 0)
      for (const secret of [number.slice(1), 'river', 'CA-sealed']) {
        assert.ok(!bytes.some((one) => one.includes(secret)), secret)
      }
    } finally {
      giveBack()
    }
    await eventually('the database is back', ready)
    await assertWhole(sids)
  })

  test('what was taken outlives a server that is killed', limit, async () => {
    await takeAway()
    const sids = sidsOf('killed')
    try {
      assert.deepEqual(new Set(await tellAll(sids)), new Set([204]))
      server.child.kill('SIGKILL')
      await eventually('the server has ended', () => server.child.signalCode !== null)
    } finally {
      giveBack()
    }
    assert.ok(kept().length > calls * 5)
    await start()
    await assertWhole(sids)
  })

  test(
    'killed again and again while it replays, nothing is lost and nothing comes twice',
    limit,
    async () => {
      await takeAway()
      const sids = sidsOf('again')
      try {
        assert.deepEqual(new Set(await tellAll(sids)), new Set([204]))
      } finally {
        giveBack()
      }
      for (const share of [0.8, 0.5, 0.2]) {
        const most = calls * 7 * share
        await eventually('some is replayed', () => kept().length <= most)
        await server.end('SIGKILL')
        await start()
      }
      await assertWhole(sids)
    },
  )

  test('what it printed holds no number and no word', () => {
    for (const secret of [number.slice(1), 'river']) assert.ok(!server.output().includes(secret), secret)
  })
})
