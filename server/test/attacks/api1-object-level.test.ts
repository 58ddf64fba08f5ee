import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { gzipSync } from 'node:zlib'
import type { Operation } from '@toneout/contract/operation.ts'
import type { OperationId } from '@toneout/contract/operations/all.ts'
import { makeHospital, makeIncidents, makeParamedic, makeUnits, signIn } from '../support/centre.ts'
import type { Ask } from '../support/http.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import { cookieOf, fingerprint } from './cast.ts'
import { everything, fillPath, hasRow, noRow, sampleOf } from './samples.ts'

/** Roles that reach only what is their own, wherever they reach anything by a row's number. */
const owners = ['paramedic', 'hospital'] as const
/** Beside them one who reaches all there is, but for what is a person's own. */
const tried = [...owners, 'admin'] as const
type Tried = (typeof tried)[number]
const reached = (role: Tried) =>
  everything.filter(([, one]) => hasRow(one) && one.who !== 'anyone' && one.who.includes(role))

/** Rows of others, how many of each kind. */
const others = 40

let server: TestServer
let asks: Record<Tried, Ask>
/** By the part of the path before the number: all rows, and the one that is one's own. */
let rows: Record<string, { all: number[]; own: Partial<Record<Tried, number>> }>
const query = async (text: string, values: unknown[] = []) =>
  (await server.ctx.db.pool.query(text, values)).rows

before(async () => {
  server = await startTestServer()
  const desk = (await signIn(server, 'desk', 'dispatcher')).ask
  const nurse = await signIn(server, 'nurse', 'hospital')
  const medic = await signIn(server, 'medic', 'paramedic')
  const boss = await signIn(server, 'boss', 'admin')
  asks = { paramedic: medic.ask, hospital: nurse.ask, admin: boss.ask }
  await makeParamedic(server, medic.id, '2999-01-01')
  const hospitals: number[] = []
  for (let at = 0; at < others; at += 1) hospitals.push(await makeHospital(server, `Hospital ${at}`))
  const units = await makeUnits(server, others)
  const incidents = await makeIncidents(server, others)
  const assignments: number[] = []
  for (const [at, incident] of incidents.entries()) {
    const order = { order_id: `o${at}`, unit_ids: [units[at]] }
    const { status, body } = await desk('POST', `/api/incidents/${incident}/assignments/`, order)
    assert.equal(status, 200)
    assignments.push(body.assignments[0].id)
  }
  const at = 17
  await query('UPDATE paramedics SET unit_id = $1 WHERE person_id = $2', [units[at], medic.id])
  await query('UPDATE people SET hospital_id = $1 WHERE id = $2', [hospitals[at], nurse.id])
  for (const name of ['desk', 'nurse', 'medic', 'boss']) await cookieOf(server, name)
  const sessions = await query('SELECT id, person_id FROM sessions ORDER BY id')
  const sessionOf = (person: number) => sessions.find(({ person_id }) => person_id === person)?.id
  const crewMessages = await query(
    `INSERT INTO crew_messages (unit_id, text, sent_at, sent_by)
      SELECT u, 'use the back gate', now(), 'desk' FROM unnest($1::bigint[]) u RETURNING id, unit_id`,
    [units],
  )
  const messages = await query(
    `INSERT INTO messages
        (fact_id, event, channel, recipient, person_id, data, due_at, expires_at, created_at)
      SELECT n, 'DISPATCHED', 'SCREEN', 'person:' || p.id, p.id, '{}', now(), now() + interval '1 day', now()
      FROM people p, generate_series(1, CASE WHEN p.username = 'desk' THEN 40 ELSE 1 END) n
      RETURNING id, person_id`,
  )
  const views = await query(
    `INSERT INTO saved_views (list, name, query, owner_id, shared, created_at)
      SELECT 'calls', 'View ' || n, 'status=ACTIVE', p.id, n % 2 = 0, now()
      FROM people p, generate_series(1, CASE p.username WHEN 'desk' THEN 40 WHEN 'boss' THEN 1 ELSE 0 END) n
      RETURNING id, owner_id`,
  )
  const phones = await query(
    `INSERT INTO push_subscriptions (person_id, session_id, endpoint_index, subscription, created_at)
      SELECT s.person_id, s.id, convert_to(s.id || ' ' || n, 'UTF8'), 'x', now()
      FROM sessions s, generate_series(1, CASE WHEN s.person_id = $1 THEN 1 ELSE 12 END) n
      RETURNING id, person_id`,
    [medic.id],
  )
  const files = await query(
    `INSERT INTO kept_exports (person_id, role, what, format, file_name, rows_expected, state, parts, bytes,
        requested_at, beat_at, ended_at, expires_at)
      SELECT p.id, p.role, 'calls', 'csv', 'calls.csv', 1, 'READY', 1, 1, now(), now(), now(),
        now() + interval '1 day'
      FROM people p, generate_series(1, CASE p.username WHEN 'desk' THEN 40 WHEN 'boss' THEN 1 ELSE 0 END)
      RETURNING id, person_id`,
  )
  await query('INSERT INTO kept_export_parts SELECT id, 0, $1 FROM kept_exports', [gzipSync('x')])
  const messageOf = (person: number) => messages.find(({ person_id }) => person_id === person)?.id
  rows = {
    hospitals: { all: hospitals, own: { hospital: hospitals[at] } },
    units: { all: units, own: { paramedic: units[at] } },
    assignments: { all: assignments, own: { paramedic: assignments[at] } },
    incidents: { all: incidents, own: { paramedic: incidents[at] } },
    'crew messages': {
      all: crewMessages.map(({ id }) => id),
      own: { paramedic: crewMessages.find(({ unit_id }) => unit_id === units[at])?.id },
    },
    messages: {
      all: messages.map(({ id }) => id),
      own: { paramedic: messageOf(medic.id), hospital: messageOf(nurse.id), admin: messageOf(boss.id) },
    },
    views: {
      all: views.map(({ id }) => id),
      own: { admin: views.find((one) => one.owner_id === boss.id)?.id },
    },
    exports: {
      all: files.map(({ id }) => id),
      own: { admin: files.find(({ person_id }) => person_id === boss.id)?.id },
    },
    subscriptions: {
      all: phones.map(({ id }) => id),
      own: { paramedic: phones.find(({ person_id }) => person_id === medic.id)?.id },
    },
    sessions: {
      all: sessions.map(({ id }) => id),
      own: { paramedic: sessionOf(medic.id), hospital: sessionOf(nurse.id), admin: sessionOf(boss.id) },
    },
  }
})
after(() => server.close())

/** Messages of the desk to a crew are other rows than messages that people are sent. */
const kindOf = ({ path }: Operation) =>
  path.includes('/mine/messages/') ? 'crew messages' : (/([a-z]+)\/\{/.exec(path)?.[1] ?? '')
/** A hospital of the body is one that is there: whose assignment it is must be what decides. */
const hospitalOf = (id: OperationId) =>
  id === 'chooseHospital' ? { hospital_id: rows.hospitals?.all[0] } : {}
/** A way is asked for with the crew's own unit: whose incident it is must be what decides. */
const pathOf = (id: OperationId, operation: Operation, row: number | string | undefined) =>
  fillPath(operation, { id: row }) + (id === 'readRoute' ? `?unit_id=${rows.units?.own.paramedic}` : '')
const bodyOf = (id: OperationId, { body }: Operation) =>
  body ? { ...sampleOf(id), ...hospitalOf(id) } : undefined

/** What is asked for by way of somebody else's number, beside the rows there are. */
const odd = [0, 1, -1, noRow, '00017', '17.0', '1e1', '0x11', '17%00', '17,18', ' 17', '１７', '9'.repeat(15)]

test('whoever reaches only what is their own does so on every operation with a row', () => {
  for (const role of owners) {
    for (const [id, one] of reached(role)) assert.ok(one.own?.includes(role), `${id} is open to ${role}`)
  }
  for (const [id, { own = [], who }] of everything) {
    for (const role of own) assert.ok(who !== 'anyone' && who.includes(role), `${id} ${role}`)
  }
})

for (const role of tried) {
  describe(`${role}: the rows of others are not there`, { timeout: 120_000 }, () => {
    for (const [id, operation] of reached(role).filter(([, one]) => one.own?.includes(role))) {
      const { method } = operation

      test(`${id}: each is answered as one that is nowhere, and nothing changes`, async (t) => {
        const { all, own: owned } = rows[kindOf(operation)] ?? assert.fail(`no rows: ${operation.path}`)
        const own = owned[role]
        const prints = await fingerprint({ query })
        const ask = asks[role]
        const none = await ask(method, pathOf(id, operation, noRow), bodyOf(id, operation))
        assert.equal(none.status, 404)
        const foreign = all.filter((one) => one !== own)
        for (const one of foreign) {
          const seen = await ask(method, pathOf(id, operation, one), bodyOf(id, operation))
          assert.deepEqual([seen.status, seen.body], [404, none.body])
        }
        for (const one of odd.filter((value) => Number(value) !== own)) {
          const { status } = await ask(method, pathOf(id, operation, one), bodyOf(id, operation))
          assert.ok([400, 404].includes(status), `${one} is ${status}`)
        }
        assert.deepEqual(await fingerprint({ query }), prints)
        t.diagnostic(`${foreign.length} rows of others`)
      })

      test(`${id}: one's own is there`, async () => {
        const path = pathOf(id, operation, rows[kindOf(operation)]?.own[role])
        const { status, body } = await asks[role](method, path, bodyOf(id, operation))
        assert.ok([200, 204, 400, 409].includes(status), `${status} ${JSON.stringify(body)}`)
      })
    }
  })
}

test('a crew whose assignment has ended sees none, and a crew of another unit never did', async () => {
  const own = rows.assignments?.own.paramedic
  const { body } = await asks.paramedic('GET', '/api/assignments/mine/')
  assert.equal(body.assignment.id, own)
  await query(`UPDATE assignments SET status = 'CLEARED', cleared_at = now() WHERE id = $1`, [own])
  assert.equal((await asks.paramedic('GET', '/api/assignments/mine/')).body.assignment, null)
  const other = await signIn(server, 'other', 'paramedic')
  await makeParamedic(server, other.id, '2999-01-01')
  assert.equal((await other.ask('POST', `/api/assignments/${own}/acknowledge/`)).status, 404)
})
