import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, afterEach, before, beforeEach, describe, test } from 'node:test'
import type { Mapping } from '@toneout/contract/model/import-mapping.ts'
import { signIn } from '../test/support/centre.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'
import { importHistory } from './import-history.ts'
import { knownMappings } from './known-mappings.ts'

const sfFire = knownMappings['sf-fire'] as Mapping
let folder: string
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'toneout-imports-'))
})
after(() => rmSync(folder, { recursive: true, force: true }))

let server: TestServer
beforeEach(async () => {
  server = await startTestServer()
})
afterEach(() => server.close())

const sql = async (text: string, values: unknown[] = []) =>
  (await server.ctx.db.pool.query(text, values)).rows

const columns = [
  ...['RowID', 'Call Number', 'Unit ID', 'Unit Type', 'Call Type', 'Final Priority'],
  ...['Call Final Disposition', 'Address', 'City', 'Location', 'Received DtTm', 'Dispatch DtTm'],
  ...['Response DtTm', 'On Scene DtTm', 'Transport DtTm', 'Hospital DtTm', 'Available DtTm'],
]
const minutes = (count: number) => {
  const at = new Date(Date.UTC(2016, 6, 4, 0, count))
  const hour = at.getUTCHours()
  const two = (value: number) => String(value).padStart(2, '0')
  const date = `${two(at.getUTCMonth() + 1)}/${two(at.getUTCDate())}/${at.getUTCFullYear()}`
  return `${date} ${two(hour % 12 || 12)}:${two(at.getUTCMinutes())}:00 ${hour < 12 ? 'AM' : 'PM'}`
}

/** A run of half an hour that begins at a minute, as the table has it. */
function line(incident: number, unit: string, from: number): string {
  const times = [0, 1, 2, 8, 15, 20, 30].map((one) => minutes(from + one))
  const place = ['1 HARBOUR ST', 'Seatown', '"(37.75, -122.45)"']
  const kind = ['MEDIC', 'Medical Incident', '3', 'Code 2 Transport']
  return [`${incident}-${unit}`, incident, unit, ...kind, ...place, ...times].join(',')
}

function write(name: string, lines: readonly string[]): string {
  const path = join(folder, name)
  writeFileSync(path, [columns.join(','), ...lines, ''].join('\n'))
  return path
}

const bring = (path: string, isDryRun = false) =>
  importHistory(server.ctx, { path, mapping: sfFire, isDryRun })

const counts = async () => {
  const [row] = await sql(`SELECT (SELECT count(*) FROM incidents) AS incidents,
    (SELECT count(*) FROM assignments) AS runs, (SELECT count(*) FROM units) AS units`)
  return row
}

describe('history that is imported', () => {
  const lines = [line(1, 'M1', 0), line(1, 'M2', 2), line(2, 'M1', 60), line(3, 'M1', 80)]

  test('is closed incidents, ended runs and retired units, and a fact', async () => {
    const done = await bring(write('a.csv', lines))
    const { rows_read, rows_added, rows_held, rows_flagged, incidents_added, units_added } = done
    assert.deepEqual(
      { rows_read, rows_added, rows_held, rows_flagged, incidents_added, units_added },
      // M1 began its third run ten minutes before the second one had ended.
      { rows_read: 4, rows_added: 4, rows_held: 0, rows_flagged: 1, incidents_added: 3, units_added: 2 },
    )
    const [found] = await sql(`SELECT count(*) FILTER (WHERE i.status <> 'CLOSED') AS open,
        count(*) FILTER (WHERE a.status <> 'CLEARED') AS live,
        count(*) FILTER (WHERE u.retired_at IS NULL) AS used
      FROM assignments a JOIN incidents i ON i.id = a.incident_id JOIN units u ON u.id = a.unit_id`)
    assert.deepEqual(found, { open: 0, live: 0, used: 0 })
    const [first] = await sql(`SELECT received_at::text, closed_at::text FROM incidents
      WHERE import_key = '1'`)
    assert.deepEqual(first, { received_at: '2016-07-04 07:00:00+00', closed_at: '2016-07-04 07:32:00+00' })
    const flagged = await sql('SELECT row_key, reason, is_held FROM import_quarantine')
    assert.deepEqual(flagged, [{ row_key: '3-M1', reason: 'overlapping', is_held: false }])
    const facts = await sql(
      `SELECT data ->> 'rows_added' AS added FROM facts WHERE type = 'history_imported'`,
    )
    assert.deepEqual(facts, [{ added: '4' }])
  })

  test('shows in the lists as any other', async () => {
    await bring(write('b.csv', lines))
    const { ask } = await signIn(server, 'reads', 'supervisor')
    const { status, body } = await ask('GET', '/api/incidents/?page_size=10')
    assert.equal(status, 200)
    assert.deepEqual(
      body.results.map((one: { incident_number: string }) => one.incident_number),
      ['sf-fire 3', 'sf-fire 2', 'sf-fire 1'],
    )
    const imports = await ask('GET', '/api/imports/')
    assert.deepEqual(
      [imports.body.results[0].source, imports.body.results[0].rows_added, imports.body.count],
      ['sf-fire', 4, 1],
    )
    const wrong = await ask('GET', `/api/imports/${imports.body.results[0].id}/quarantine/?page_size=1`)
    assert.deepEqual(
      wrong.body.results.map((one: { row_key: string; reason: string }) => [one.row_key, one.reason]),
      [['3-M1', 'overlapping']],
    )
    assert.equal((await ask('GET', '/api/imports/9999/quarantine/')).status, 404)
    const runs = await ask('GET', '/api/assignments/?page_size=10')
    assert.equal(runs.body.results.length, 4)
  })

  test('is there once, however often it comes', async () => {
    await bring(write('c.csv', lines))
    const before = await counts()
    const again = await bring(write('d.csv', [...lines, line(9, 'M9', 500)]))
    assert.equal(again.rows_known, 4)
    assert.equal(again.rows_added, 1)
    const { incidents, runs, units } = await counts()
    assert.deepEqual({ incidents, runs, units }, { incidents: 4, runs: 5, units: 3 })
    assert.deepEqual(before, { incidents: 3, runs: 4, units: 2 })
    assert.equal((await sql('SELECT 1 FROM import_quarantine')).length, 1)
  })

  test('is only counted in a dry run', async () => {
    const done = await bring(write('e.csv', lines), true)
    assert.deepEqual([done.rows_added, done.rows_flagged], [4, 1])
    assert.deepEqual(await counts(), { incidents: 0, runs: 0, units: 0 })
    assert.equal((await sql('SELECT 1 FROM imports')).length, 0)
  })

  test('leaves out what cannot be read, and says so', async () => {
    const wrong = ['2-M1,2', line(3, 'M1', 80).replace(/07\/04\/2016 01:2/, 'soon'), line(4, 'M4', 200)]
    const done = await bring(write('f.csv', [line(1, 'M1', 0), ...wrong]))
    assert.deepEqual([done.rows_read, done.rows_added, done.rows_held], [4, 2, 2])
    const held = await sql('SELECT line, row_key, reason, is_held FROM import_quarantine ORDER BY line')
    assert.deepEqual(
      held.map((one) => [Number(one.line), one.row_key, one.reason, one.is_held]),
      [
        [3, 'line 3', 'unreadable', true],
        [4, '3-M1', 'unreadable', true],
      ],
    )
  })

  test('attaches to a unit of ours, which stays in use', async () => {
    await sql(`INSERT INTO units (unit_number, unit_type, updated_at) VALUES ('M1', 'BASIC', now())`)
    const done = await bring(write('g.csv', lines))
    assert.equal(done.units_added, 1)
    const [unit] = await sql(`SELECT retired_at, unit_type FROM units WHERE unit_number = 'M1'`)
    assert.deepEqual(unit, { retired_at: null, unit_type: 'BASIC' })
  })
})

/** Runs that keep an import busy for some batches. */
const many = (count: number) => Array.from({ length: count }, (_, at) => line(at, `M${at % 90}`, at * 40))

test('an import that is killed goes on where it was, and nothing is there twice', {
  timeout: 120_000,
}, async () => {
  const rows = 12_000
  const path = write('killed.csv', many(rows))
  const program = join(import.meta.dirname, '../main.ts')
  const secret = 'a secret of more than thirty-two letters'
  const secrets = { SECRET_KEY: secret, FIELD_KEYS: `${secret} too` }
  const env = { ...process.env, ...secrets, DATABASE_URL: server.database.url, DATA_DIR: folder }
  const begin = () =>
    spawn(process.execPath, [program, 'import', 'sf-fire', path], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  let kills = 0
  let told = ''
  for (let wanted = 1; kills < 3; wanted += 1) {
    const child = begin()
    const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
    child.stderr.on('data', (piece) => {
      told += piece
    })
    let isOver = false
    void ended.then(() => {
      isOver = true
    })
    // Killed as soon as it has got further than the one before.
    while (!isOver) {
      const [{ n }] = await sql('SELECT coalesce(max(rows_read), 0) AS n FROM imports')
      if (Number(n) >= wanted * 2_000) {
        child.kill('SIGKILL')
        kills += 1
        break
      }
    }
    await ended
    if (wanted > 5) break
  }
  assert.ok(kills >= 1, `it was killed on its way: ${told}`)
  const last = begin()
  let said = ''
  last.stdout.on('data', (piece) => {
    said += piece
  })
  const code = await new Promise((resolve) => last.once('exit', resolve))
  assert.equal(code, 0, said)
  assert.match(said, new RegExp(`Rows read: ${rows} `))
  const imports = await sql('SELECT rows_read, rows_added, ended_at IS NOT NULL AS over FROM imports')
  assert.deepEqual(
    imports.map((one) => [Number(one.rows_read), Number(one.rows_added), one.over]),
    [[rows, rows, true]],
  )
  assert.equal((await counts()).runs, rows)
})

const name = 'sf-fire-calls-2016-12-31_2017-01-07.csv.gz'
const week = join(import.meta.dirname, '../../../shared/data', name)

test('the week of San Francisco', { skip: !existsSync(week) }, async () => {
  const done = await bring(week)
  const { rows_read, rows_added, rows_held, incidents_added, units_added } = done
  assert.deepEqual(
    { rows_read, rows_added, rows_held, incidents_added, units_added },
    { rows_read: 7_704, rows_added: 7_704, rows_held: 0, incidents_added: 3_560, units_added: 178 },
  )
  const reasons = await sql('SELECT reason, count(*)::int AS n FROM import_quarantine GROUP BY 1 ORDER BY 1')
  assert.deepEqual(reasons, [
    { reason: 'no_end', n: 5 },
    { reason: 'out_of_order', n: 28 },
    { reason: 'overlapping', n: 9 },
  ])
})
