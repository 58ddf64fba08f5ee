import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, before, describe, test } from 'node:test'
import { mergeNewWords } from '../calls/store-upkeep.ts'
import { startEmbeddedPostgres } from '../lib/embedded-postgres/start.ts'
import { migrate } from '../lib/migrate.ts'
import { makeIncidents, makeUnits } from './support/centre.ts'
import { startEmbeddedCentre } from './support/embedded-centre.ts'
import type { Ask } from './support/http.ts'
import { makeDataDir, spawnMain } from './support/server-process.ts'

const limit = { timeout: 120_000 }
const appRole = 'toneout_app'
const refused = { code: '42501' }

/** A data folder as it was before there was a second role, with a fact in it. */
async function makeOldFolder(): Promise<string> {
  const dataDir = makeDataDir()
  const postgres = await startEmbeddedPostgres({ dataDir, log: () => {} })
  await postgres.ensureDatabase('dispatch_db')
  await migrate(postgres.options('dispatch_db'), () => new Date())
  await postgres.stop()
  return dataDir
}

describe('the server works as a role that cannot change the history', limit, () => {
  let dataDir: string
  let centre: Awaited<ReturnType<typeof startEmbeddedCentre>>
  const owned = async (text: string) => (await centre.owner().query(text)).rows

  before(async () => {
    dataDir = await makeOldFolder()
    centre = await startEmbeddedCentre(dataDir)
  }, limit)
  after(() => centre?.close())

  test('its connections are of that role, and nothing is said', async () => {
    const text = `SELECT DISTINCT usename AS name FROM pg_stat_activity
      WHERE application_name IN ('toneout', 'toneout intake', 'toneout desk', 'toneout listen')`
    assert.deepEqual(await owned(text), [{ name: appRole }])
    assert.deepEqual(centre.logged, [])
  })

  test('it may do all that the server does', async () => {
    const ask = centre.program()
    const [[unit], [incident]] = await centre.prepare(
      async (hub) => [await makeUnits(hub, 1), await makeIncidents(hub, 1)] as const,
    )
    const desk = await centre.person('desk', 'dispatcher')
    const chief = await centre.person('chief', 'supervisor')
    const call = { call_sid: 'CA1', caller_number: '+15550142', location: '21 Harbour Street' }
    const said = { speaker: 'CALLER', message: 'help', is_final: false }
    const place = { latitude: 37.7, longitude: -122.4 }
    const requests: [Ask, ...Parameters<Ask>][] = [
      [ask, 'POST', '/api/calls/', call],
      [ask, 'POST', '/api/calls/CA1/interactions/', said, { 'idempotency-key': 'once' }],
      [ask, 'PATCH', '/api/calls/CA1/', { emergency_type: 'FIRE', ...place }],
      [desk, 'POST', '/api/incidents/', { emergency_type: 'CARDIAC', location: '1 Main Street' }],
      [desk, 'POST', `/api/incidents/${incident}/assignments/`, { order_id: 'one', unit_ids: [unit] }],
      [desk, 'PATCH', `/api/incidents/${incident}/`, { notes: 'the back door' }],
      [desk, 'POST', `/api/units/${unit}/position/`, place],
      [chief, 'POST', '/api/hospitals/', { name: 'General', ...place }],
      [chief, 'GET', '/api/calls/?search=help'],
      [chief, 'GET', '/api/audit/'],
      [chief, 'GET', '/health/ready'],
    ]
    for (const [by, ...request] of requests) {
      const { status, body } = await by(...request)
      assert.ok(status < 300, `${request[0]} ${request[1]}: ${status} ${JSON.stringify(body)}`)
    }
    await mergeNewWords(centre.app())
    assert.deepEqual(centre.logged, [])
  })

  test('it may read and use every table, and change every one but four', async () => {
    const may = (right: string) => `has_table_privilege('${appRole}', oid, '${right}')`
    const tables = await owned(`SELECT relname::text AS name, ${may('SELECT')} AS reads,
        ${may('INSERT')} AS adds, ${may('UPDATE')} AND ${may('DELETE')} AS changes,
        ${may('TRUNCATE')} AS empties
      FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')`)
    assert.ok(tables.length > 10)
    const added = new Set(['facts', 'audit_seals'])
    for (const { name, ...rights } of tables) {
      const isOurs = name !== 'migrations' && name !== 'audit_cuts'
      const changes = isOurs && !added.has(name)
      assert.deepEqual(rights, { reads: true, adds: isOurs, changes, empties: false }, name)
    }
  })

  test('it may add to the history, and nothing else', async () => {
    for (const statement of [
      'UPDATE facts SET type = type',
      'DELETE FROM facts',
      'TRUNCATE facts',
      'SELECT FROM facts FOR UPDATE',
      'UPDATE audit_seals SET fact_count = 1',
      'DELETE FROM audit_seals',
      'TRUNCATE audit_seals',
      'UPDATE audit_cuts SET seq = 1',
      'DELETE FROM audit_cuts',
      "INSERT INTO audit_cuts VALUES (1, 1, '', 1, now())",
      'ALTER TABLE facts DISABLE TRIGGER ALL',
      'DROP TABLE audit_seals',
      'DELETE FROM migrations',
      'SET session_replication_role = replica',
      'CREATE TABLE mine ()',
      "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE sql AS ''",
    ]) {
      await assert.rejects(centre.app().query(statement), refused, statement)
    }
  })

  test('it may ask for old blocks to leave, and young ones stay whatever it asks', async () => {
    const count = 'SELECT count(*)::int AS n FROM facts'
    const before = await owned(count)
    const asked = `SELECT * FROM cut_audit(9223372036854775807, 'infinity')`
    assert.deepEqual((await centre.app().query(asked)).rows, [])
    assert.deepEqual(await owned(count), before)
  })

  test('the owner is refused too, until the trigger is switched off', async () => {
    for (const table of ['facts', 'audit_seals', 'audit_cuts']) {
      const column = table === 'facts' ? 'id = DEFAULT' : 'seq = 1'
      for (const statement of [
        `UPDATE ${table} SET ${column}`,
        `DELETE FROM ${table}`,
        `TRUNCATE ${table}`,
      ]) {
        await assert.rejects(centre.owner().query(statement), refused, statement)
      }
    }
  })

  const verify = async () => {
    const child = spawnMain('audit-verify', { DATA_DIR: dataDir })
    let said = ''
    for (const pipe of [child.stdout, child.stderr]) pipe?.on('data', (text) => (said += text))
    const [code] = await once(child, 'close')
    return { code, said }
  }

  test('another start gives it another password; audit:verify beside it names what was changed', async () => {
    await centre.restart()
    assert.equal((await centre.program()('GET', '/api/calls/CA1/')).status, 200)
    const whole = await verify()
    assert.equal(whole.code, 0, whole.said)
    assert.match(whole.said, /^\d+ facts in \d+ blocks? are as they were sealed; \d+ heads? compared, /)
    const [first] = await owned('SELECT min(id) AS id FROM facts')
    await owned('SET session_replication_role = replica')
    await owned(`UPDATE facts SET actor_name = 'nobody' WHERE id = ${first.id}`)
    const { code, said } = await verify()
    assert.equal(code, 1)
    assert.match(said, /^Fact \d+ is not as it was sealed\.\nThe first fault: edited, in block 1, /)
  })

  test('on an outside database the owner is warned, and the other role starts without a word', async () => {
    const url = centre.opened().url.replace('/dispatch_db?', '/outside_db?')
    const { password } = centre.opened().serving
    const other = url.replace(/\/\/[^@]*@/, `//${appRole}:${password}@`)
    const env = { DATA_DIR: dataDir, SECRET_KEY: 's'.repeat(40), FIELD_KEYS: 'f'.repeat(40) }
    for (const [DATABASE_URL, warned] of [
      [url, true],
      [other, false],
    ] as const) {
      centre.logged.length = 0
      await centre.startAnother({ ...env, DATABASE_URL })
      const said = centre.logged.join('')
      assert.equal(/owns the history/.test(said), warned, said)
    }
  })
})
