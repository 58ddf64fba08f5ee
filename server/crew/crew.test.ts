import assert from 'node:assert/strict'
import { after, before, beforeEach, test } from 'node:test'
import { makeHospital, makeIncidents, makeParamedic, makeUnits, signIn } from '../test/support/centre.ts'
import { openStream } from '../test/support/event-stream.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

type Person = { id: number; ask: Ask; token: string }
let server: TestServer
let desk: Ask
let agent: Ask
let medic: Person
let leader: Person
let stranger: Person
let hospitals: number[]
let units: number[]
let incident: number
let assignment: number
let serial = 0
const query = async (text: string, values: unknown[] = []) =>
  (await server.ctx.db.pool.query(text, values)).rows
const view = async (who: Person) => (await who.ask('GET', '/api/crew/')).body

before(async () => {
  server = await startTestServer()
  desk = (await signIn(server, 'desk', 'dispatcher')).ask
  agent = withKey(server.baseUrl, server.key)
  const paramedic = async (name: string): Promise<Person> => {
    const one = await signIn(server, name, 'paramedic')
    await makeParamedic(server, one.id, '2999-01-01')
    const { body } = await desk('POST', '/api/token/', { username: name, password: `password of ${name}` })
    return { ...one, token: body.access }
  }
  medic = await paramedic('medic')
  leader = await paramedic('leader')
  stranger = await paramedic('stranger')
  hospitals = [await makeHospital(server, 'General'), await makeHospital(server, 'St Mary')]
})
after(() => server.close())

/** Two units at one incident, the first with the medic in its crew. */
beforeEach(async () => {
  ;[incident] = (await makeIncidents(server, 1, `V${++serial}-`)) as [number]
  units = await makeUnits(server, 2, `V${serial}-`)
  await query('UPDATE paramedics SET unit_id = $1 WHERE person_id = $2', [units[0], medic.id])
  const order = { order_id: `view-${serial}`, unit_ids: units }
  const { body } = await desk('POST', `/api/incidents/${incident}/assignments/`, order)
  assignment = body.assignments[0].id
})

test('a crew sees its unit, assignment, incident and partners, and hears when they change', async () => {
  const headers = { authorization: `Bearer ${medic.token}` }
  const stream = await openStream(server.baseUrl, headers, '/api/crew/stream/')
  await stream.take('hello')
  const seen = await view(medic)
  assert.deepEqual(
    [seen.unit.id, seen.unit.status, seen.unit.crew, seen.assignment.id, seen.assignment.status],
    [units[0], 'EN_ROUTE', [`Paramedic ${medic.id}`], assignment, 'ASSIGNED'],
  )
  assert.equal(seen.incident.received_at, (await desk('GET', `/api/incidents/${incident}/`)).body.received_at)
  assert.deepEqual(seen.partners, [
    { unit_number: `V${serial}-2`, unit_type: 'ADVANCED', status: 'ASSIGNED' },
  ])
  const before = stream.events.filter((one) => one.event === 'changed').length
  await desk('PATCH', `/api/incidents/${incident}/`, { notes: 'blue door' })
  await stream.take('changed', before + 1)
  assert.equal((await view(medic)).incident.notes, 'blue door')
  stream.close()
})

test('what was said and understood is there without numbers, while the crew is on it', async () => {
  const call_sid = `CA-view-${serial}`
  await agent('POST', '/api/calls/', { call_sid, caller_number: '+15550142', language: 'es' })
  await query('UPDATE calls SET incident_id = $1 WHERE call_sid = $2', [incident, call_sid])
  const say = (speaker: string, message: string, more: object = {}) =>
    agent('POST', `/api/calls/${call_sid}/interactions/`, { speaker, message, ...more })
  await say('CALLER', 'not breathing, call +1 415 555 0142', { confidence: 0.5 })
  await say('SYSTEM', 'help is on the way')
  await say('CALLER', 'half a wor', { is_final: false })
  const findings = [
    { field: 'door_code', value: '4417', confidence: 0.95 },
    { field: 'patient', value: 'male, about 62', confidence: 0.4, quote: 'my father' },
    { field: 'caller_name', value: 'Ann', confidence: 1 },
  ]
  await agent('POST', `/api/calls/${call_sid}/findings/`, { findings })
  const seen = await view(medic)
  assert.deepEqual(
    seen.words.map(({ message, unsure }: { message: string; unsure: boolean }) => [message, unsure]),
    [['not breathing, call [number]', true]],
  )
  const told = seen.findings.map((one: { field: string; value: string; unsure: boolean }) => [
    one.field,
    one.unsure,
  ])
  assert.deepEqual(
    [told, seen.calls],
    [
      [
        ['door_code', false],
        ['patient', true],
      ],
      { count: 1, languages: ['es'] },
    ],
  )
  assert.doesNotMatch(JSON.stringify(seen), /5550142|555 0142/)
  await desk('POST', `/api/assignments/${assignment}/cancel/`, { reason: 'nearer one' })
  const free = await view(medic)
  assert.deepEqual([free.words, free.findings, free.incident, free.unit.status], [[], [], null, 'AVAILABLE'])
  assert.deepEqual(
    [free.ended.id, free.ended.status, free.ended.reason],
    [assignment, 'CANCELLED', 'nearer one'],
  )
})

test('who leads a unit of another crew sees that one; who is nowhere sees nothing', async () => {
  const [incidentOfLed] = await makeIncidents(server, 1, `L${serial}-`)
  const [led] = await makeUnits(server, 1, `L${serial}-`)
  const order = { order_id: `led-${serial}`, unit_ids: [led], paramedic_ids: [leader.id] }
  await desk('POST', `/api/incidents/${incidentOfLed}/assignments/`, order)
  const seen = await view(leader)
  assert.deepEqual([seen.unit.id, seen.incident.id], [led, incidentOfLed])
  const none = await view(stranger)
  assert.deepEqual([none.unit, none.assignment, none.messages], [null, null, []])
  assert.deepEqual((await stranger.ask('GET', '/api/crew/hospitals/')).body, { hospitals: [] })
})

test('the hospital may be chosen at any time until the handover, by the crew and by a desk', async () => {
  const path = `/api/assignments/${assignment}`
  const choose = (hospital_id: number, ask = medic.ask) => ask('POST', `${path}/hospital/`, { hospital_id })
  const [general, mary] = hospitals as [number, number]
  assert.equal((await medic.ask('GET', '/api/crew/hospitals/')).body.hospitals.length, 2)
  assert.equal((await choose(general)).body.hospital_id, general)
  assert.equal((await choose(general, stranger.ask)).status, 404)
  assert.equal((await medic.ask('POST', `${path}/transport/`)).body.status, 'TRANSPORTING')
  assert.equal((await choose(mary)).body.hospital_id, mary)
  assert.equal((await choose(mary)).status, 200)
  assert.equal((await view(medic)).hospital.name, 'St Mary')
  assert.equal((await choose(general, desk)).body.hospital_id, general)
  assert.equal((await choose(999_999)).status, 404)
  await medic.ask('POST', `${path}/handover/`)
  assert.equal((await choose(mary)).body.code, 'assignment_moved_on')
  const facts = await query(
    `SELECT data FROM facts WHERE type = 'hospital_chosen' AND incident_id = $1 ORDER BY id`,
    [incident],
  )
  assert.deepEqual(
    facts.map(({ data }) => [data.was, data.hospital_id]),
    [
      [null, general],
      [general, mary],
      [mary, general],
    ],
  )
})

test('a delay is told once, whatever is sent again, and only for the own live assignment', async () => {
  const path = `/api/assignments/${assignment}/delay/`
  const note = { press_id: `delay-${serial}-1`, cause: 'traffic', minutes: 5, reason: 'bridge is up' }
  const sent = await Promise.all([1, 2, 3].map(() => medic.ask('POST', path, note)))
  assert.deepEqual(
    sent.map(({ status }) => status),
    [204, 204, 204],
  )
  const facts = await query(`SELECT data FROM facts WHERE type = 'unit_delayed' AND incident_id = $1`, [
    incident,
  ])
  assert.equal(facts.length, 1)
  assert.deepEqual([facts[0].data.cause, facts[0].data.minutes], ['TRAFFIC', 5])
  const { body } = await desk('GET', `/api/incidents/${incident}/timeline/`)
  assert.match(JSON.stringify(body), /delayed about 5 min, traffic: bridge is up/)
  assert.equal((await stranger.ask('POST', path, { ...note, press_id: 'delay-strange' })).status, 404)
  const future = new Date(Date.now() + 600_000).toISOString()
  assert.equal((await medic.ask('POST', path, { ...note, press_id: 'delay-future', at: future })).status, 400)
  await desk('POST', `/api/assignments/${assignment}/cancel/`, { reason: 'over' })
  assert.equal((await medic.ask('POST', path, { ...note, press_id: 'delay-late' })).status, 409)
})

test('a replayed press is answered as the first one was, whatever has happened since', async () => {
  const path = `/api/assignments/${assignment}`
  const at = new Date(Date.now() - 1).toISOString()
  for (const step of ['en-route', 'on-scene']) await medic.ask('POST', `${path}/${step}/`)
  const again = await medic.ask('POST', `${path}/en-route/`, { at })
  assert.deepEqual([again.status, again.body.status], [200, 'ON_SCENE'])
  await medic.ask('POST', `${path}/clear/`)
  assert.equal((await medic.ask('POST', `${path}/clear/`, { at })).status, 200)
})
