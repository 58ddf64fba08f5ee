import assert from 'node:assert/strict'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import pino from 'pino'
import { mergeNewWords } from '../calls/store-upkeep.ts'
import { type Config, readConfig } from '../config.ts'
import { type OpenedDatabase, openConfigured } from '../database.ts'
import { appRole } from '../lib/app-role.ts'
import { openDatabase } from '../lib/db.ts'
import { startEmbeddedPostgres } from '../lib/embedded-postgres/start.ts'
import { migrate } from '../lib/migrate.ts'
import { type RunningServer, startServer } from '../start-server.ts'
import { makeIncidents, makeUnits, signIn } from './support/centre.ts'
import { type Ask, withKey } from './support/http.ts'
import { makeDataDir, spawnMain } from './support/server-process.ts'
import type { TestServer } from './support/test-server.ts'

const limit = { timeout: 120_000 }
const key = 'tone_key_of_the_role_test_only_1'
const now = () => new Date()

function configOf(env: Record<string, string>): Config {
  const { config } = readConfig({ PORT: '0', AI_DISPATCHER_KEY: key, ...env })
  if (!config) throw new Error('the test configuration is wrong')
  return config
}

async function connect(options: pg.ClientConfig): Promise<pg.Client> {
  const client = new pg.Client(options)
  client.on('error', () => {})
  await client.connect()
  return client
}

describe('the server works as a role that cannot change the history', limit, () => {
  let dataDir: string
  let config: Config
  let opened: OpenedDatabase
  let server: RunningServer
  let owner: pg.Client
  let app: pg.Client
  const logged: string[] = []
  const log = pino({ level: 'warn' }, { write: (line: string) => void logged.push(line) })
  const start = (given: Config, database: OpenedDatabase) =>
    startServer(given, database, log, Promise.resolve(undefined))
  const program = (): Ask => withKey(`http://127.0.0.1:${server.port}`, key)

  before(async () => {
    dataDir = makeDataDir()
    config = configOf({ DATA_DIR: dataDir })
    // A folder as it was before there was a second role, with a fact in it.
    const first = await startEmbeddedPostgres({ dataDir, log: () => {} })
    await first.ensureDatabase(config.databaseName)
    await migrate(first.options(config.databaseName), now)
    const client = await connect(first.options(config.databaseName))
    const text = `INSERT INTO facts (at, type, actor_kind, actor_name, data)
      VALUES (now(), 'call_updated', 'system', 'system', '{}')`
    await client.query(text)
    assert.equal((await client.query('SELECT FROM pg_roles WHERE rolname = $1', [appRole])).rowCount, 0)
    await client.end()
    await first.stop()
    opened = await openConfigured(config, () => {})
    server = await start(config, opened)
    owner = await connect(opened.connection)
    app = await connect(opened.serving)
  }, limit)
  after(async () => {
    await app?.end()
    await owner?.end()
    await server?.stop()
    await opened?.close()
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 })
  })

  test('its connections are of that role, and nothing is said', async () => {
    const text = `SELECT DISTINCT usename AS name FROM pg_stat_activity
      WHERE application_name IN ('toneout', 'toneout intake', 'toneout desk', 'toneout listen')`
    assert.deepEqual((await owner.query(text)).rows, [{ name: appRole }])
    assert.deepEqual(logged, [])
  })

  test('it may add and read, and nothing else', async () => {
    const facts = 'SELECT count(*)::int AS n FROM facts'
    assert.ok((await app.query(facts)).rows[0].n > 0)
    for (const table of ['facts', 'audit_seals']) {
      const column = table === 'facts' ? 'type' : 'fact_count'
      for (const statement of [
        `UPDATE ${table} SET ${column} = ${column}`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table}`,
        `ALTER TABLE ${table} DISABLE TRIGGER ALL`,
        `DROP TABLE ${table}`,
        `SELECT FROM ${table} FOR UPDATE`,
        `DELETE FROM migrations`,
        `SET session_replication_role = replica`,
        `CREATE TABLE mine ()`,
        `CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE sql AS ''`,
      ]) {
        await assert.rejects(app.query(statement), { code: '42501' }, statement)
      }
    }
  })

  test('the owner is refused too, until the trigger is switched off', async () => {
    for (const statement of ['UPDATE facts SET type = type', 'DELETE FROM facts', 'TRUNCATE facts']) {
      await assert.rejects(owner.query(statement), { code: '42501' }, statement)
      await assert.rejects(owner.query(statement.replace('facts', 'audit_seals').replaceAll('type', 'seq')), {
        code: '42501',
      })
    }
  })

  test('it may do all that the server does', async () => {
    const ask = program()
    const call = { call_sid: 'CA1', caller_number: '+15550142', location: '21 Harbour Street' }
    const db = { pool: new pg.Pool(opened.connection) }
    const hub = { baseUrl: `http://127.0.0.1:${server.port}`, ctx: { db } } as unknown as TestServer
    const [[unit], [incident]] = [await makeUnits(hub, 1), await makeIncidents(hub, 1)]
    await db.pool.end()
    const desk = await person('desk', 'dispatcher')
    const chief = await person('chief', 'supervisor')
    const once = { 'idempotency-key': 'once' }
    const requests: [Ask, ...Parameters<Ask>][] = [
      [ask, 'POST', '/api/calls/', call],
      [
        ask,
        'POST',
        '/api/calls/CA1/interactions/',
        { speaker: 'CALLER', message: 'help', is_final: false },
        once,
      ],
      [ask, 'PATCH', '/api/calls/CA1/', { emergency_type: 'FIRE', latitude: 37.7, longitude: -122.4 }],
      [desk, 'POST', '/api/incidents/', { emergency_type: 'CARDIAC', location: '1 Main Street' }],
      [desk, 'POST', `/api/incidents/${incident}/assignments/`, { order_id: 'one', unit_ids: [unit] }],
      [desk, 'PATCH', `/api/incidents/${incident}/`, { notes: 'the back door' }],
      [desk, 'POST', `/api/units/${unit}/position/`, { latitude: 37.7, longitude: -122.4 }],
      [chief, 'POST', '/api/hospitals/', { name: 'General', latitude: 37.7, longitude: -122.4 }],
      [chief, 'GET', '/api/calls/?search=help'],
      [chief, 'GET', '/api/audit/'],
      [chief, 'GET', '/health/ready'],
    ]
    for (const [by, ...request] of requests) {
      const { status, body } = await by(...request)
      assert.ok(status < 300, `${request[0]} ${request[1]}: ${status} ${JSON.stringify(body)}`)
    }
    await mergeNewWords(app)
    assert.deepEqual(logged, [])
  })

  /** Somebody made by the owner, who asks the server. */
  async function person(username: string, role: 'dispatcher' | 'supervisor'): Promise<Ask> {
    const db = openDatabase({ connection: opened.connection, onIdleError: () => {} })
    const hub = { baseUrl: `http://127.0.0.1:${server.port}`, ctx: { db } } as unknown as TestServer
    try {
      return (await signIn(hub, username, role)).ask
    } finally {
      await db.close()
    }
  }

  const verify = async () => {
    const child = spawnMain('audit-verify', { DATA_DIR: dataDir })
    let said = ''
    for (const pipe of [child.stdout, child.stderr]) pipe?.on('data', (text) => (said += text))
    const [code] = await once(child, 'close')
    return { code, said }
  }

  test('after another start, with another password; audit:verify beside it names what was changed', async () => {
    await app.end()
    await owner.end()
    await server.stop()
    await opened.close()
    opened = await openConfigured(config, () => {})
    server = await start(config, opened)
    owner = await connect(opened.connection)
    app = await connect(opened.serving)
    assert.equal((await program()('GET', '/api/calls/CA1/')).status, 200)
    const whole = await verify()
    assert.equal(whole.code, 0, whole.said)
    assert.match(whole.said, /^\d+ facts? in \d+ blocks? are as they were sealed; \d+ heads? compared, /)
    await owner.query('SET session_replication_role = replica')
    await owner.query("UPDATE facts SET actor_name = 'nobody' WHERE id = 1")
    const { code, said } = await verify()
    assert.equal(code, 1)
    assert.match(said, /^Fact 1 is not as it was sealed\.\nThe first fault: edited, in block 1, /)
  })

  test('on an outside database: the owner is warned, the other role starts without a word', async () => {
    const env = { DATA_DIR: dataDir, SECRET_KEY: 'a test secret of more than thirty-two letters' }
    for (const [connection, warned] of [
      [opened.connection, true],
      [opened.serving, false],
    ] as const) {
      logged.length = 0
      const outside = { ...opened, connection, serving: connection }
      const second = await start(configOf({ ...env, AI_DISPATCHER_KEY: `${key}-of-another` }), outside)
      await second.stop()
      assert.equal(
        logged.some((line) => line.includes('owns the history')),
        warned,
        logged.join(''),
      )
    }
  })
})
