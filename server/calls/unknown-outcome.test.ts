import assert from 'node:assert/strict'
import { connect, createServer, type Socket } from 'node:net'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { until } from '../lib/embedded-postgres/processes.ts'
import { classify, OutcomeUnknown } from '../lib/faults.ts'
import { createTestDatabase, type TestDatabase } from '../test/support/cluster.ts'
import { type Ask, type Seen, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

/**
 * How the word that a commit was done gets lost: the connection ends or breaks before anything of the group
 * is answered, it ends before that word alone, or nothing more is said.
 */
const losses = ['ended', 'reset', 'ended late', 'silent'] as const
type Loss = (typeof losses)[number]

type Wire = {
  connection: pg.ClientConfig
  /** The next commit of intake is done, and the server does not hear of it. */
  loseNext: (loss: Loss) => void
  /** Commits done of which the server did not hear. */
  lost: () => number
  close: () => Promise<void>
}

/** PostgreSQL's word that a transaction was committed: CommandComplete with its length and its tag. */
const committed = Buffer.from('C\0\0\0\x0bCOMMIT\0', 'latin1')

/** The way from a server to PostgreSQL, which can lose the answer to a commit. */
async function startWire(connectionString: string): Promise<Wire> {
  const { host, port, user, password, database } = new pg.Client({ connectionString })
  const ends = new Set<Socket>()
  let armed: Loss | undefined
  let count = 0

  /** Gives what may still be heard of an answer that holds the word. */
  function lose(near: Socket, answer: Buffer, loss: Loss): void {
    if (loss === 'ended') near.destroy()
    if (loss === 'reset') near.resetAndDestroy()
    if (loss === 'ended late') near.end(answer.subarray(0, Math.max(0, answer.indexOf(committed))))
  }

  const relay = createServer((near) => {
    const far = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host)
    let isIntake = false
    let isMute = false
    let tail: Buffer = Buffer.alloc(0)
    near.once('data', (first: Buffer) => {
      isIntake = first.includes('toneout intake')
    })
    near.on('data', (bytes) => void far.write(bytes))
    far.on('data', (bytes: Buffer) => {
      if (isMute) return
      const isWord = Buffer.concat([tail, bytes]).includes(committed)
      tail = bytes.subarray(-committed.length)
      if (!isIntake || !armed || !isWord) return void near.write(bytes)
      isMute = true
      count += 1
      lose(near, bytes, armed)
      armed = undefined
    })
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      ends.add(one)
      one.on('error', () => {})
      one.on('close', () => {
        ends.delete(one)
        other.destroy()
      })
    }
  })
  await new Promise<void>((listening) => relay.listen(0, '127.0.0.1', listening))
  const { port: own } = relay.address() as { port: number }
  return {
    connection: { host: '127.0.0.1', port: own, user, password: password ?? undefined, database },
    loseNext: (loss) => {
      armed = loss
    },
    lost: () => count,
    close: () =>
      new Promise((closed) => {
        relay.close(() => closed())
        for (const one of ends) one.destroy()
      }),
  }
}

let database: TestDatabase
let wire: Wire
let server: TestServer
let ask: Ask

before(async () => {
  database = await createTestDatabase()
  wire = await startWire(database.url)
  server = await startTestServer({ database: { ...database, connection: wire.connection }, patience: 1 })
  ask = withKey(server.baseUrl, server.key)
})
after(async () => {
  await server.close()
  await wire.close()
  await database.drop()
})

const count = async (text: string, values: unknown[]) =>
  Number((await server.ctx.db.pool.query(`SELECT count(*) AS n FROM ${text}`, values)).rows[0].n)
const facts = (type: string, call_sid: string) =>
  count('facts f JOIN calls c ON c.id = f.call_id WHERE f.type = $1 AND c.call_sid = $2', [type, call_sid])
const calls = (call_sid: string) => count('calls WHERE call_sid = $1', [call_sid])
const said = (message: string) => count('call_interactions WHERE message = $1', [message])

const open = (call_sid: string) => ask('POST', '/api/calls/', { call_sid, caller_number: '+15550100' })
const say = (call_sid: string, message: string, key: string) =>
  ask(
    'POST',
    `/api/calls/${call_sid}/interactions/`,
    { speaker: 'CALLER', message },
    { 'idempotency-key': key },
  )

function assertUnavailable({ status, body, headers }: Seen): void {
  assert.equal(status, 503)
  assert.deepEqual(Object.keys(body), ['code', 'detail', 'request_id'])
  assert.equal(body.code, 'internal')
  assert.equal(body.request_id, headers.get('x-request-id'))
  assert.ok(Number(headers.get('retry-after')) > 0)
}

/** Sends what is done and not heard of, and sees that it is not called done. */
async function loseOne(loss: Loss, send: () => Promise<Seen>): Promise<void> {
  const before = wire.lost()
  wire.loseNext(loss)
  assertUnavailable(await send())
  assert.equal(wire.lost(), before + 1, 'the commit was not lost')
}

// Silence lasts as long as the server's patience, so it is met only once, below.
for (const loss of losses.filter((one) => one !== 'silent')) {
  describe(`the answer to a commit is lost: ${loss}`, () => {
    const sid = `lost-${loss.replace(' ', '-')}`

    test('a call is opened once, and the repetition finds it', async () => {
      // The first one makes the connection; from the second on nothing is read before it is written.
      for (const call_sid of [`${sid}-1`, `${sid}-2`]) {
        await loseOne(loss, () => open(call_sid))
        assert.equal(await calls(call_sid), 1)
        const again = await open(call_sid)
        assert.deepEqual([again.status, again.body.call_sid], [200, call_sid])
        assert.equal((await open(`${call_sid}-after`)).status, 201)
        assert.deepEqual([await calls(call_sid), await facts('call_opened', call_sid)], [1, 1])
      }
    })

    test('words with a key are there once, and the repetition is the first reply', async () => {
      const call_sid = `${sid}-1`
      const message = `words, ${loss}`
      await loseOne(loss, () => say(call_sid, message, loss))
      assert.equal(await said(message), 1)
      const again = await say(call_sid, message, loss)
      assert.equal(again.status, 201)
      assert.deepEqual((await say(call_sid, message, loss)).body, again.body)
      assert.deepEqual([await said(message), await facts('interaction_added', call_sid)], [1, 1])
      const next = await say(call_sid, `${message} and more`, `${loss} more`)
      assert.deepEqual([next.status, next.body.sequence], [201, again.body.sequence + 1])
    })

    test('a change is made once', async () => {
      const change = () => ask('PATCH', `/api/calls/${sid}-1/`, { location: `12 Oak Street, ${loss}` })
      assert.equal((await ask('PATCH', `/api/calls/${sid}-1/`, { language: 'en' })).status, 200)
      await loseOne(loss, change)
      const again = await change()
      assert.deepEqual([again.status, again.body.location], [200, `12 Oak Street, ${loss}`])
      assert.equal(await facts('call_updated', `${sid}-1`), 2)
    })
  })
}

test('of many at once each is there once after its repetition', { timeout: 60_000 }, async () => {
  const sids = Array.from({ length: 60 }, (_, at) => `many-${at}`)
  let unheard = 0
  for (const loss of losses) {
    const once = async (call_sid: string) => {
      const message = `${call_sid}, ${loss}`
      for (const send of [() => open(call_sid), () => say(call_sid, message, message)]) {
        const first = await send()
        if (first.status < 300) continue
        assertUnavailable(first)
        unheard += 1
        const again = await send()
        assert.ok(again.status === 200 || again.status === 201, `${again.status}`)
      }
      assert.deepEqual([await calls(call_sid), await said(message)], [1, 1])
    }
    const before = wire.lost()
    unheard = 0
    wire.loseNext(loss)
    await Promise.all(sids.map(once))
    assert.equal(wire.lost(), before + 1)
    assert.ok(unheard > 0)
  }
  for (const call_sid of sids) {
    const count = [await facts('call_opened', call_sid), await facts('interaction_added', call_sid)]
    assert.deepEqual(count, [1, losses.length])
  }
})

test('the server found its way back by itself', async () => {
  assert.ok(await until(() => server.ctx.db.intake.waitingCount === 0, 30_000))
  assert.equal((await ask('GET', '/health/ready')).status, 200)
  assert.ok(server.ctx.db.intake.totalCount <= 2)
  assert.ok(!server.logged.some((line) => line.includes('"fault"')))
})

describe('what an error means', () => {
  const socketFault = (code: string, syscall: string) =>
    Object.assign(new Error(`${syscall} ${code}`), { code, syscall })
  const cases: [string, unknown, string][] = [
    ['the answer to a commit did not come', new OutcomeUnknown('no answer'), 'away'],
    ['a file that is missing', socketFault('ENOENT', 'open'), 'bug'],
    ['a socket that is missing', socketFault('ENOENT', 'connect'), 'away'],
    ['pg says that the connection ended', new Error('Connection terminated unexpectedly'), 'away'],
    ['pg waited too long', new Error('Query read timeout'), 'away'],
    ['a row is held', Object.assign(new Error(), { code: '55P03' }), 'held'],
    ['the database stops', Object.assign(new Error(), { code: '57P01' }), 'away'],
    ['two that wait for each other', Object.assign(new Error(), { code: '40P01' }), 'retry'],
    ['another revision', Object.assign(new Error(), { code: '40001' }), 'retry'],
    ['a row that is there already', Object.assign(new Error('timeout'), { code: '23505' }), 'bug'],
    ['a fault of ours', new TypeError('x is not a function'), 'bug'],
  ]
  const codes = [
    'ECONNRESET',
    'EPIPE',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ETIMEDOUT',
    'ECONNABORTED',
    'ECONNREFUSED',
  ]
  for (const code of codes) {
    for (const syscall of ['connect', 'read', 'write']) {
      cases.push([`${code} in ${syscall}`, socketFault(code, syscall), 'away'])
    }
  }
  for (const [name, error, fault] of cases) test(name, () => assert.equal(classify(error), fault))
})
