import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Milestone } from '@toneout/contract/model/assignment.ts'
import { type LiveFact, liveFact } from '@toneout/contract/model/fact.ts'
import { markLostContact } from '../calls/mark-lost-contact.ts'
import { until } from '../lib/embedded-postgres/processes.ts'
import { signIn } from '../test/support/centre.ts'
import { type EventStream, openStream } from '../test/support/event-stream.ts'
import { type Ask, asker, type Seen, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

const limit = { timeout: 120_000 }
const kinds = ['call', 'interaction', 'incident', 'unit', 'assignment', 'hospital'] as const
type Kind = (typeof kinds)[number]
const ofUnit: Kind[] = ['incident', 'unit', 'assignment', 'hospital']

/** The rows that the first fact of each type comes with in the life below. */
const rowsOf: Record<string, Kind[]> = {
  station_changed: [],
  hospital_changed: ['hospital'],
  unit_changed: ['unit'],
  unit_duty_changed: ['unit'],
  call_opened: ['call'],
  incident_raised: ['call', 'incident'],
  call_linked: ['call', 'incident'],
  interaction_added: ['call', 'interaction'],
  interaction_revised: ['call', 'interaction'],
  call_updated: ['call'],
  call_completed: ['call'],
  call_lost_contact: ['call'],
  // The first one follows its call.
  incident_updated: ['call', 'incident'],
  unit_assigned: ['call', ...ofUnit],
  rule_overridden: ofUnit,
  assignment_acknowledged: ofUnit,
  unit_en_route: ofUnit,
  unit_on_scene: ofUnit,
  unit_at_patient: ofUnit,
  unit_transporting: ofUnit,
  unit_at_hospital: ofUnit,
  unit_handed_over: ofUnit,
  unit_cleared: ofUnit,
  unit_diverted: ['incident', 'unit', 'assignment'],
  unit_cancelled: ['incident', 'unit', 'assignment'],
  calls_merged: ['incident'],
  calls_split: ['incident'],
  incident_closed: ['incident'],
  incident_reopened: ['incident'],
  incident_cancelled: ['incident'],
  person_signed_in: [],
}

/** What each step stamps; a stamp is never taken back. */
const stampedBy: Record<string, Milestone> = {
  unit_assigned: 'assigned_at',
  assignment_acknowledged: 'acknowledged_at',
  unit_en_route: 'en_route_at',
  unit_on_scene: 'on_scene_at',
  unit_at_patient: 'at_patient_at',
  unit_transporting: 'transporting_at',
  unit_at_hospital: 'at_hospital_at',
  unit_handed_over: 'handover_done_at',
  unit_cleared: 'cleared_at',
  unit_cancelled: 'cancelled_at',
  unit_diverted: 'diverted_at',
}

let server: TestServer
let ai: Ask
let desk: Ask
let chief: Ask
let live: EventStream
let serial = 0
/** What the life below made, by name. */
const made = { hospital: 0, full: 0, units: [] as number[], incidents: [] as number[] }

const must = async (asked: Promise<Seen>) => {
  const { status, body } = await asked
  assert.ok(status === 200 || status === 201, `${status} ${JSON.stringify(body)}`)
  return body
}
const send = async (incident: number, unit: number, more: object = {}) => {
  const body = { order_id: `life-${++serial}`, unit_ids: [unit], ...more }
  const asked = must(chief('POST', `/api/incidents/${incident}/assignments/`, body))
  return (await asked).assignments[0].id as number
}
const step = (id: number, name: string, body: object = {}) =>
  must(desk('POST', `/api/assignments/${id}/${name}/`, body))
const end = (id: number, name: string, body?: object) =>
  must(chief('POST', `/api/incidents/${id}/${name}/`, body))
const call = async (more: object) => {
  const opening = { call_sid: `life-${++serial}`, caller_number: '+15550142', ...more }
  return must(ai('POST', '/api/calls/', opening))
}

async function prepare() {
  const { username, password, baseUrl } = server
  await must(asker(baseUrl, {})('POST', '/api/auth/sign-in/', { username, password }))
  const place = { latitude: 37.7, longitude: -122.4 }
  const station = await must(chief('POST', '/api/stations/', { name: 'Station 1', ...place }))
  const beds = { total_beds: 10, available_beds: 5 }
  const hospital = (name: string) => must(chief('POST', '/api/hospitals/', { name, ...place, ...beds }))
  made.hospital = (await hospital('General')).id
  made.full = (await hospital('Mercy')).id
  await must(chief('PATCH', `/api/hospitals/${made.full}/`, { diversion: 'CLOSED', available_beds: 0 }))
  for (const unit_number of ['L1', 'L2', 'L3']) {
    const body = { unit_number, unit_type: 'ADVANCED', station_id: station.id }
    made.units.push((await must(chief('POST', '/api/units/', body))).id)
  }
  for (const duty of ['OUT_OF_SERVICE', 'AVAILABLE']) {
    await must(desk('POST', `/api/units/${made.units[0]}/duty/`, { duty }))
  }
  await must(chief('PATCH', `/api/units/${made.units[0]}/`, { equipment: ['stretcher'] }))
}

async function raise() {
  const { call_sid, incident_id } = await call({ emergency_type: 'CARDIAC', location: 'Pier 1' })
  const path = `/api/calls/${call_sid}/`
  const words = { speaker: 'CALLER', message: 'he f', is_final: false }
  const said = await must(ai('POST', `${path}interactions/`, words))
  await must(ai('PATCH', `${path}interactions/${said.id}/`, { message: 'he fell', is_final: true }))
  await must(ai('PATCH', path, { location: 'Pier 2' }))
  const quiet = await call({})
  await markLostContact({ ...server.ctx, now: () => new Date(Date.now() + 3_600_000) })
  for (const sid of [call_sid, quiet.call_sid]) {
    await must(ai('PATCH', `/api/calls/${sid}/`, { status: 'COMPLETED' }))
  }
  await must(desk('PATCH', `/api/incidents/${incident_id}/`, { notes: 'third floor' }))
  const other = await must(desk('POST', '/api/incidents/', { emergency_type: 'FIRE', priority: 1 }))
  const third = await call({ emergency_type: 'FIRE', location: 'Pier 9' })
  made.incidents.push(incident_id, other.id, third.incident_id)
}

async function respond() {
  const [first, second, third] = made.incidents as [number, number, number]
  const [one, two, three] = made.units as [number, number, number]
  const override = { hospital_id: made.full, override_reason: 'nearest by far' }
  const assignment = await send(first, one, override)
  for (const name of ['acknowledge', 'en-route', 'on-scene', 'at-patient']) await step(assignment, name)
  await step(assignment, 'transport', { hospital_id: made.hospital })
  for (const name of ['at-hospital', 'handover', 'clear']) await step(assignment, name)
  const away = await send(first, two)
  const to = { incident_id: second, reason: 'graver' }
  const { assignment: diverted } = await must(desk('POST', `/api/assignments/${away}/divert/`, to))
  await step(diverted.id, 'cancel', { reason: 'engine trouble' })
  await step(await send(third, three), 'on-scene')
  await end(third, 'merge', { into_id: first })
  await end(third, 'split')
  await end(first, 'merge', { into_id: third })
  await end(second, 'close', { disposition: 'NO_PATIENT' })
  await end(second, 'reopen', { reason: 'a second patient' })
  await send(second, two, { hospital_id: made.hospital })
  await end(second, 'cancel', { disposition: 'FALSE_ALARM', reason: 'false alarm' })
  await end(third, 'close', { disposition: 'TREATED_AND_RELEASED' })
  await must(chief('POST', `/api/units/${one}/retire/`))
  await must(chief('POST', `/api/hospitals/${made.full}/retire/`))
}

before(async () => {
  server = await startTestServer()
  ai = withKey(server.baseUrl, server.key)
  live = await openStream(server.baseUrl, { 'x-api-key': server.readerKey })
  await live.take('hello')
  desk = (await signIn(server, 'desk', 'dispatcher')).ask
  chief = (await signIn(server, 'chief', 'supervisor')).ask
  await prepare()
  await raise()
  await respond()
})
after(async () => {
  live.close()
  await server.close()
})

async function factsOf(stream: EventStream): Promise<LiveFact[]> {
  const { rows } = await server.ctx.db.pool.query('SELECT max(id) AS id FROM facts')
  await until(() => stream.facts().at(-1) === rows[0].id || stream.isOver(), 60_000)
  const sent = stream.events.filter(({ event }) => event === 'fact').map(({ data }) => data)
  for (const one of sent) assert.deepEqual(liveFact.parse(one), one, 'as the contract says, nothing more')
  return sent as LiveFact[]
}

const replayed = async () => {
  const stream = await openStream(server.baseUrl, { 'x-api-key': server.readerKey }, '/api/stream/?after=0')
  return factsOf(stream).finally(() => stream.close())
}

const namedIn = ({ data }: LiveFact, name: string) => (data[name] as number | null | undefined) ?? null

type Board = Record<Kind, Map<number, Record<string, unknown>>>

/** What somebody knows who only follows the stream: the last row of each, and what merges moved. */
function follow(facts: readonly LiveFact[]): Board {
  const board = Object.fromEntries(kinds.map((kind) => [kind, new Map()])) as unknown as Board
  const move = (kind: Kind, ids: unknown, incident_id: unknown) => {
    for (const id of ids as number[]) {
      const row = board[kind].get(id)
      if (row) board[kind].set(id, { ...row, incident_id })
    }
  }
  for (const fact of facts) {
    for (const kind of kinds) {
      const row = fact[kind]
      if (row) board[kind].set(row.id, row)
    }
    if (fact.type !== 'calls_merged' && fact.type !== 'calls_split') continue
    const to = fact.type === 'calls_merged' ? fact.data.into_id : fact.data.from_id
    move('call', fact.data.call_ids, to)
    move('assignment', fact.data.assignment_ids, to)
    const bound = (unit: Record<string, unknown>) =>
      (fact.data.assignment_ids as unknown[]).includes(unit.assignment_id)
    const units = [...board.unit.values()].filter(bound).map((unit) => unit.id)
    move('unit', units, to)
  }
  return board
}

async function assertKnown(board: Board) {
  for (const unit of made.units) {
    assert.deepEqual(board.unit.get(unit), await must(desk('GET', `/api/units/${unit}/`)))
  }
  for (const id of [made.hospital, made.full]) {
    assert.deepEqual(board.hospital.get(id), await must(desk('GET', `/api/hospitals/${id}/`)))
  }
  let assignments = 0
  for (const id of made.incidents) {
    const { assignments: own, ...rest } = await must(desk('GET', `/api/incidents/${id}/`))
    assert.deepEqual(board.incident.get(id), liveFact.shape.incident.parse(rest))
    for (const one of own) assert.deepEqual(board.assignment.get(one.id), one)
    assignments += own.length
  }
  assert.equal(board.assignment.size, assignments)
  for (const one of board.call.values()) {
    assert.deepEqual(one, await must(desk('GET', `/api/calls/${one.call_sid}/`)))
  }
}

describe('the life of incidents on the live stream', limit, () => {
  test('every fact comes with the rows it is about', async () => {
    const facts = await factsOf(live)
    const first = new Map(facts.toReversed().map((fact) => [fact.type as string, fact]))
    for (const [type, rows] of Object.entries(rowsOf)) {
      const fact = first.get(type)
      assert.ok(fact, `${type} did not come`)
      assert.deepEqual([type, ...kinds.filter((kind) => fact[kind] !== null)], [type, ...rows])
    }
    for (const fact of [...facts, ...(await replayed())]) {
      const { call_id, incident_id, unit_id, type } = fact
      const hospital_id = namedIn(fact, 'hospital_id') ?? fact.assignment?.hospital_id ?? null
      const about = [call_id, namedIn(fact, 'interaction_id'), incident_id, unit_id]
      const wanted = [...about, namedIn(fact, 'assignment_id'), hospital_id]
      assert.deepEqual([type, ...kinds.map((kind) => fact[kind]?.id ?? null)], [type, ...wanted])
    }
  })

  test('a row is at least as new as its fact', async () => {
    const facts = await factsOf(live)
    for (const [type, milestone] of Object.entries(stampedBy)) {
      const about = facts.filter((fact) => fact.type === type)
      assert.ok(about.length > 0, `${type} did not come`)
      for (const { assignment } of about) assert.ok(assignment?.[milestone], `${type} before ${milestone}`)
    }
  })

  test('who follows it from the beginning knows every row as it is', async () => {
    await assertKnown(follow(await factsOf(live)))
  })

  test('who replays it knows every row as it is', async () => {
    await assertKnown(follow(await replayed()))
  })
})
