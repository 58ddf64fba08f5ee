import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { insertPerson, setPassword } from '../access/store.ts'
import { makeIncidents, makeUnits, signIn } from '../test/support/centre.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let chief: Ask
let admin: Ask
let desk: Ask
let deskId: number
let made = 0
const now = new Date(2026, 10, 21, 23, 30)

before(async () => {
  server = await startTestServer({ now: () => now })
  chief = (await signIn(server, 'chief', 'supervisor')).ask
  admin = (await signIn(server, 'keeper', 'admin')).ask
  ;({ ask: desk, id: deskId } = await signIn(server, 'desk', 'dispatcher'))
})
after(() => server.close())

const rows = async <T>(text: string, values: unknown[] = []) =>
  (await server.ctx.db.pool.query(text, values)).rows as T[]
/** A person who never signs in. */
async function person(role: 'paramedic' | 'dispatcher' | 'admin'): Promise<number> {
  const one = { username: `p-${++made}`, password_hash: 'none', role, created_at: now.toISOString() }
  return (await insertPerson(server.ctx.db, one)) as number
}
const unit = async () => (await makeUnits(server, 1, `U${++made}-`))[0] as number
const path = (id: number) => `/api/paramedics/${id}/`
type Profile = { person_id: number; employee_id: string; license_number: string }
async function make(more: object = {}): Promise<Profile> {
  const person_id = await person('paramedic')
  const body = { person_id, employee_id: `E${person_id}`, license_number: `L${person_id}`, ...more }
  const answer = await chief('POST', '/api/paramedics/', body)
  assert.equal(answer.status, 201, JSON.stringify(answer.body))
  return answer.body
}
async function bind(paramedic_id: number, unit_id: number): Promise<number> {
  const [incident] = await makeIncidents(server, 1, `I-${++made}-`)
  const text = `INSERT INTO assignments (incident_id, unit_id, paramedic_id, assigned_at)
    VALUES ($1, $2, $3, now()) RETURNING id`
  return (await rows<{ id: number }>(text, [incident, unit_id, paramedic_id]))[0]?.id as number
}
const factsOf = (id: number) =>
  rows<{ type: string; data: { action: string; changes: object } }>(
    `SELECT type, data FROM facts WHERE data->>'person_id' = $1::text ORDER BY id`,
    [id],
  )

describe('the profile of a paramedic', () => {
  test('is given with the least, and every field of the contract comes back', async () => {
    const { updated_at, ...rest } = (await make()) as Profile & { updated_at: string }
    const id = rest.person_id
    assert.equal(updated_at, now.toISOString())
    assert.deepEqual(rest, {
      person_id: id,
      username: `p-${made}`,
      active: true,
      employee_id: `E${id}`,
      full_name: '',
      certifications: [],
      shift: '',
      experience_years: null,
      emergency_contact: '',
      license_number: `L${id}`,
      license_expiry: null,
      licence_valid: false,
      specialties: [],
      unit_id: null,
      available: true,
      assignment_id: null,
    })
    assert.deepEqual((await admin('GET', path(id))).body, { ...rest, updated_at })
    assert.deepEqual(
      (await factsOf(id)).map(({ type, data }) => [type, data.action]),
      [['paramedic_changed', 'created']],
    )
  })

  test('is refused with all faults at once', async () => {
    const bad = {
      person_id: 'x',
      license_expiry: '2026-02-30',
      experience_years: 81,
      available: 'yes',
      certifications: 'many',
      colour: 1,
    }
    const { status, body } = await chief('POST', '/api/paramedics/', bad)
    const { code: _, detail: __, ...fields } = body
    const names = [...Object.keys(bad), 'employee_id', 'license_number'].sort()
    assert.deepEqual([status, Object.keys(fields).sort()], [400, names])
    const ofNobody = { employee_id: 'E', license_number: 'L' }
    const gone = await unit()
    await rows('UPDATE units SET retired_at = now() WHERE id = $1', [gone])
    const cases: [object, Record<string, RegExp>][] = [
      [
        { person_id: 999_999, unit_id: 999_999 },
        { person_id: /no such person/, unit_id: /no such unit/ },
      ],
      [
        { person_id: await person('admin'), unit_id: gone },
        { person_id: /is admin/, unit_id: /out of use/ },
      ],
    ]
    for (const [more, faults] of cases) {
      const answer = await chief('POST', '/api/paramedics/', { ...ofNobody, ...more })
      assert.equal(answer.status, 400)
      for (const [name, fault] of Object.entries(faults)) assert.match(answer.body[name][0], fault)
    }
  })

  test('is one for a person, with numbers of its own', async () => {
    const [one, two] = [await make(), await make()]
    const taken = async (more: object, id = one.person_id) => {
      const body = { person_id: id, employee_id: `N${++made}`, license_number: `N${made}`, ...more }
      const { status, body: refusal } = await chief('POST', '/api/paramedics/', body)
      return [status, refusal.code]
    }
    assert.deepEqual(await taken({}), [409, 'profile_exists'])
    const other = await person('paramedic')
    assert.deepEqual(await taken({ employee_id: two.employee_id }, other), [409, 'employee_id_taken'])
    assert.deepEqual(await taken({ license_number: two.license_number }, other), [
      409,
      'license_number_taken',
    ])
    const renamed = await chief('PATCH', path(one.person_id), { employee_id: two.employee_id })
    assert.deepEqual([renamed.status, renamed.body.code], [409, 'employee_id_taken'])
  })

  test('changes what is sent; of the emergency contact the timeline tells only that', async () => {
    const { person_id } = await make({ emergency_contact: 'canary-first' })
    const change = {
      full_name: 'Ann Lee',
      license_expiry: '2026-11-21',
      experience_years: 4,
      emergency_contact: 'canary-second',
    }
    const { status, body } = await chief('PATCH', path(person_id), change)
    assert.deepEqual([status, body], [200, { ...body, ...change, licence_valid: true }])
    assert.deepEqual((await chief('PATCH', path(person_id), change)).body, body)
    const facts = await factsOf(person_id)
    assert.equal(facts.length, 2)
    assert.deepEqual(facts[1]?.data.changes, {
      full_name: { from: '', to: 'Ann Lee' },
      license_expiry: { from: null, to: '2026-11-21' },
      experience_years: { from: null, to: 4 },
      emergency_contact: { changed: true },
    })
    assert.doesNotMatch(JSON.stringify([facts, server.logged]), /canary/)
  })

  test('keeps availability and unit while the paramedic leads a live assignment', async () => {
    const [first, other] = [await unit(), await unit()]
    const { person_id } = await make({ unit_id: first })
    const assignment = await bind(person_id, first)
    for (const body of [{ available: false }, { unit_id: other }, { unit_id: null }]) {
      const answer = await chief('PATCH', path(person_id), body)
      assert.deepEqual([answer.status, answer.body.code], [409, 'in_use'])
    }
    const same = { available: true, unit_id: first, shift: 'night' }
    const kept = await chief('PATCH', path(person_id), same)
    assert.deepEqual([kept.status, kept.body.assignment_id], [200, assignment])
    await rows(`UPDATE assignments SET status = 'CLEARED', cleared_at = now() WHERE id = $1`, [assignment])
    const free = await chief('PATCH', path(person_id), { available: false, unit_id: other })
    const { available, unit_id, assignment_id } = free.body
    assert.deepEqual([free.status, available, unit_id, assignment_id], [200, false, other, null])
  })

  test('goes into no crew of a retired unit, and into none while the person is shut out', async () => {
    const [used, gone] = [await unit(), await unit()]
    await rows('UPDATE units SET retired_at = now() WHERE id = $1', [gone])
    const { person_id } = await make({ unit_id: used })
    const refused = await chief('PATCH', path(person_id), { unit_id: gone })
    assert.deepEqual([refused.status, refused.body.unit_id], [400, ['The unit was taken out of use.']])
    assert.equal((await admin('PATCH', `/api/people/${person_id}/`, { active: false })).status, 200)
    const { body } = await chief('GET', path(person_id))
    assert.deepEqual([body.active, body.available, body.unit_id], [false, false, null])
    const back = await chief('PATCH', path(person_id), { available: true, unit_id: used })
    assert.deepEqual([back.status, back.body.available], [400, ['The person was shut out.']])
    const order = { emergency_call_id: (await makeIncidents(server, 1, `I-${++made}-`))[0] }
    const sent = { ...order, ambulance_id: used, paramedic_id: person_id }
    assert.equal((await desk('POST', '/api/dispatch/', sent)).body.code, 'paramedic_unavailable')
    assert.equal((await chief('PATCH', path(999_999), {})).status, 404)
    assert.equal((await chief('GET', path(999_999))).status, 404)
  })

  test('is not sent any more when createsuperuser --reset gives the person another role', async () => {
    const unit_id = await unit()
    const { person_id } = await make({ unit_id })
    const duty = async (role: 'paramedic' | 'analyst') => {
      await setPassword(server.ctx.db, person_id, 'none', role)
      const { body } = await chief('GET', path(person_id))
      return [body.active, body.available, body.unit_id]
    }
    assert.deepEqual(await duty('paramedic'), [true, true, unit_id])
    assert.deepEqual(await duty('analyst'), [false, false, null])
  })

  test('is listed by what is asked for; a licence is good for the whole of its last day', async () => {
    const unit_id = await unit()
    const expiries = { A: '2026-11-20', B: '2026-11-21', C: '2026-11-22', D: null }
    for (const [name, license_expiry] of Object.entries(expiries)) {
      const more = { employee_id: `list-${name}`, full_name: `Medic ${name}`, license_expiry }
      await make({ ...more, unit_id: name === 'C' ? unit_id : null, available: name !== 'B' })
    }
    const found = async (query: string) => {
      const { status, body } = await desk('GET', `/api/paramedics/?${query}`)
      assert.equal(status, 200)
      return body.results.map((one: Profile) => one.employee_id.slice(-1)).join('')
    }
    const cases: [string, string][] = [
      ['search=list-', 'ABCD'],
      ['search=medic%20c', 'C'],
      ['search=list-&licence=valid', 'BC'],
      ['search=list-&licence=EXPIRED', 'AD'],
      ['search=list-&available=false', 'B'],
      ['search=list-&active=false', ''],
      [`unit_id=${unit_id}`, 'C'],
      ['search=list%25', ''],
    ]
    for (const [query, expected] of cases) assert.equal(await found(query), expected, query)
    const [{ license_number, person_id }] = (await desk('GET', '/api/paramedics/?search=list-D')).body.results
    assert.equal(await found(`search=${license_number.toLowerCase()}`), 'D')
    assert.equal(await found(`person_id=${person_id}`), 'D')
    const { body } = await desk('GET', '/api/paramedics/?search=list-&page_size=3')
    assert.deepEqual([body.count, body.results.length], [4, 3])
    assert.equal(await found(new URL(body.next).search.slice(1)), 'D')
    for (const query of ['licence=maybe', 'cursor=zzz', 'unit_id=x', 'shoe=1']) {
      assert.equal((await desk('GET', `/api/paramedics/?${query}`)).status, 400)
    }
  })
})

test('the profile of a dispatcher, and its name in the reply of a dispatch', async () => {
  const send = async () => {
    const [emergency_call_id] = await makeIncidents(server, 1, `I-${++made}-`)
    const { body } = await desk('POST', '/api/dispatch/', { emergency_call_id, ambulance_id: await unit() })
    return body.emergency_call.dispatcher_name
  }
  assert.equal(await send(), 'desk')
  const body = { person_id: deskId, employee_id: 'D1', full_name: 'Dora Desk', emergency_contact: 'Bob' }
  const { status, body: profile } = await chief('POST', '/api/dispatchers/', body)
  const rest = { certifications: [], shift: '', experience_years: null, updated_at: now.toISOString() }
  assert.deepEqual(
    [status, profile],
    [201, { ...body, ...rest, username: 'desk', active: true, role: 'dispatcher' }],
  )
  const end = Date.now() + 20_000
  let name = await send()
  while (name === 'desk' && Date.now() < end) name = await send()
  assert.equal(name, 'Dora Desk')
  const one = `/api/dispatchers/${deskId}/`
  const changed = await chief('PATCH', one, { shift: 'night' })
  assert.deepEqual([changed.status, changed.body.shift], [200, 'night'])
  assert.deepEqual((await desk('GET', one)).body, { ...changed.body, emergency_contact: null })
  assert.equal((await desk('GET', '/api/dispatchers/?search=dora')).body.results[0].emergency_contact, null)
  assert.equal((await chief('GET', '/api/dispatchers/?search=d1')).body.results[0].emergency_contact, 'Bob')
  assert.equal((await chief('POST', '/api/dispatchers/', body)).body.code, 'profile_exists')
  const medic = { person_id: await person('paramedic'), employee_id: 'D2' }
  assert.match((await chief('POST', '/api/dispatchers/', medic)).body.person_id[0], /not dispatcher or super/)
  const twin = { person_id: await person('dispatcher'), employee_id: 'D1' }
  assert.equal((await chief('POST', '/api/dispatchers/', twin)).body.code, 'employee_id_taken')
  assert.equal((await chief('PATCH', one, { license_number: 'L' })).status, 400)
  assert.equal((await chief('PATCH', '/api/dispatchers/999999/', {})).status, 404)
})

test('who may do what', async () => {
  const { person_id } = await make({ emergency_contact: 'Bob' })
  const medic = (await signIn(server, 'medic', 'paramedic')).ask
  const analyst = (await signIn(server, 'analyst', 'analyst')).ask
  for (const kind of ['paramedics', 'dispatchers']) {
    for (const ask of [medic, analyst, desk, withKey(server.baseUrl, server.readerKey)]) {
      const may = ask === desk
      assert.equal((await ask('GET', `/api/${kind}/`)).status, may ? 200 : 403)
      assert.equal((await ask('POST', `/api/${kind}/`, {})).status, 403)
      assert.equal((await ask('PATCH', `/api/${kind}/${person_id}/`, { shift: 'x' })).status, 403)
    }
  }
  assert.equal((await desk('GET', path(person_id))).body.emergency_contact, null)
  const listed = (await desk('GET', `/api/paramedics/?search=E${person_id}`)).body.results
  assert.deepEqual([listed.length, listed[0].emergency_contact], [1, null])
  assert.equal((await admin('GET', path(person_id))).body.emergency_contact, 'Bob')
})
