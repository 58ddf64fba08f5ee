import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { makeIncidents, signIn } from '../test/support/centre.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let keeper: Ask
let desk: Ask
let reader: Ask
let made = 0
const number = () => `T${String(++made).padStart(4, '0')}`

before(async () => {
  server = await startTestServer()
  keeper = (await signIn(server, 'keeper', 'supervisor')).ask
  desk = (await signIn(server, 'desk', 'dispatcher')).ask
  reader = withKey(server.baseUrl, server.readerKey)
})
after(() => server.close())

async function make(more: object = {}): Promise<{ id: number; unit_number: string }> {
  const { status, body } = await keeper('POST', '/api/units/', {
    unit_number: number(),
    unit_type: 'ADVANCED',
    ...more,
  })
  assert.equal(status, 201)
  return body
}

async function bind(unit_id: number, status = 'ASSIGNED'): Promise<void> {
  const [incident] = await makeIncidents(server, 1, `I-${unit_id}-`)
  await server.ctx.db.pool.query(
    'INSERT INTO assignments (incident_id, unit_id, status, assigned_at) VALUES ($1, $2, $3, now())',
    [incident, unit_id, status],
  )
}

type Found = { type: string; actor_name: string; data: { action: string; changes: object } }
async function factsOf(unit_id: number): Promise<Found[]> {
  const text = 'SELECT type, actor_name, data FROM facts WHERE unit_id = $1 ORDER BY id'
  return (await server.ctx.db.pool.query<Found>(text, [unit_id])).rows
}

describe('a unit', () => {
  test('is added with the least, and every field of the contract comes back', async () => {
    const unit_number = number()
    const { status, body } = await keeper('POST', '/api/units/', { unit_number, unit_type: 'basic' })
    assert.equal(status, 201)
    const { id, ...rest } = body
    assert.deepEqual(rest, {
      unit_number,
      unit_type: 'BASIC',
      status: 'AVAILABLE',
      capabilities: [],
      equipment: [],
      station_id: null,
      max_patients: 1,
      latitude: null,
      longitude: null,
      position_at: null,
      assignment_id: null,
      incident_id: null,
      duress_at: null,
      moved_to_station_id: null,
      retired_at: null,
    })
    assert.deepEqual((await reader('GET', `/api/units/${id}/`)).body, body)
    const [fact, ...others] = await factsOf(id)
    assert.deepEqual([fact?.type, fact?.actor_name, others.length], ['unit_changed', 'keeper', 0])
    assert.equal(fact?.data.action, 'created')
  })

  test('is refused with all faults at once', async () => {
    const bad = {
      unit_number: 'much too long',
      unit_type: 'BOAT',
      status: 'ON_SCENE',
      max_patients: -1.5,
      x: 1,
    }
    const { status, body } = await keeper('POST', '/api/units/', bad)
    assert.equal(status, 400)
    const { code: _, detail: __, ...fields } = body
    assert.deepEqual(Object.keys(fields).sort(), ['max_patients', 'status', 'unit_number', 'unit_type', 'x'])
    for (const faults of Object.values(fields)) assert.equal((faults as string[]).length, 1)
    const missing = await keeper('POST', '/api/units/', {})
    assert.deepEqual(
      [missing.status, Boolean(missing.body.unit_number && missing.body.unit_type)],
      [400, true],
    )
    const homeless = await keeper('POST', '/api/units/', {
      unit_number: number(),
      unit_type: 'BASIC',
      station_id: 999_999,
    })
    assert.deepEqual([homeless.status, homeless.body.station_id], [400, ['There is no such station.']])
  })

  test('with the same number at the same instant is added once, and is never renamed to it', async () => {
    for (let round = 0; round < 10; round += 1) {
      const body = { unit_number: number(), unit_type: 'BASIC' }
      const answers = await Promise.all(Array.from({ length: 8 }, () => keeper('POST', '/api/units/', body)))
      const statuses = answers.map(({ status }) => status).sort()
      assert.deepEqual(statuses, [201, 409, 409, 409, 409, 409, 409, 409])
      const refused = answers.find(({ status }) => status === 409)?.body
      assert.deepEqual([refused.code, refused.error], ['unit_number_taken', refused.detail])
      const { id } = await make()
      const renamed = await keeper('PATCH', `/api/units/${id}/`, { unit_number: body.unit_number })
      assert.deepEqual([renamed.status, renamed.body.code], [409, 'unit_number_taken'])
    }
  })

  test('changes what is sent, and says what changed once', async () => {
    const { id } = await make()
    const change = { max_patients: 2, capabilities: ['water rescue'], unit_type: 'CRITICAL' }
    const { status, body } = await keeper('PATCH', `/api/units/${id}/`, change)
    assert.equal(status, 200)
    assert.deepEqual({ ...body, ...change }, body)
    assert.deepEqual((await keeper('PATCH', `/api/units/${id}/`, change)).body, body)
    assert.deepEqual((await keeper('PATCH', `/api/units/${id}/`, {})).body, body)
    const facts = await factsOf(id)
    assert.equal(facts.length, 2)
    assert.deepEqual(facts[1]?.data.changes, {
      max_patients: { from: 1, to: 2 },
      capabilities: { from: [], to: ['water rescue'] },
      unit_type: { from: 'ADVANCED', to: 'CRITICAL' },
    })
  })

  test('takes no status, duty or position by PATCH; each is told by name', async () => {
    const { id } = await make()
    for (const name of ['status', 'duty', 'latitude', 'retired_at', 'id']) {
      const { status, body } = await keeper('PATCH', `/api/units/${id}/`, { [name]: 'AVAILABLE' })
      assert.deepEqual([status, Array.isArray(body[name])], [400, true], name)
    }
    const { body } = await keeper('PATCH', `/api/units/${id}/`, { status: 'AVAILABLE' })
    assert.match(body.status[0], /follows from the assignment/)
  })

  test('that is not there is 404, also with a number too large', async () => {
    for (const id of ['999999', '999999999999999']) {
      assert.equal((await reader('GET', `/api/units/${id}/`)).status, 404)
      assert.equal((await keeper('PATCH', `/api/units/${id}/`, {})).status, 404)
      for (const way of ['duty', 'position']) {
        const body = way === 'duty' ? { duty: 'AVAILABLE' } : { latitude: 1, longitude: 1 }
        assert.equal((await desk('POST', `/api/units/${id}/${way}/`, body)).status, 404)
      }
      assert.equal((await keeper('POST', `/api/units/${id}/retire/`)).status, 404)
    }
    assert.equal((await reader('GET', '/api/units/M03/')).status, 400)
  })

  test('is retired while free, listed as such, and restored', async () => {
    const { id, unit_number } = await make()
    const first = await keeper('POST', `/api/units/${id}/retire/`)
    assert.deepEqual([first.status, first.body.retired_at === null], [200, false])
    assert.deepEqual((await keeper('POST', `/api/units/${id}/retire/`)).body, first.body)
    const found = async (more: string) =>
      (await reader('GET', `/api/units/?search=${unit_number}${more}`)).body.results.length
    assert.deepEqual([await found(''), await found('&retired=true')], [0, 1])
    const duty = await desk('POST', `/api/units/${id}/duty/`, { duty: 'MAINTENANCE' })
    assert.deepEqual([duty.status, duty.body.code], [409, 'retired'])
    assert.equal((await keeper('POST', `/api/units/${id}/restore/`)).body.retired_at, null)
    assert.deepEqual(
      (await factsOf(id)).map(({ data }) => data.action),
      ['created', 'retired', 'restored'],
    )
    await bind(id)
    const busy = await keeper('POST', `/api/units/${id}/retire/`)
    assert.deepEqual([busy.status, busy.body.code], [409, 'in_use'])
  })
})

test('who may do what', async () => {
  const { id } = await make()
  const analyst = (await signIn(server, 'analyst', 'analyst')).ask
  const paramedic = (await signIn(server, 'medic', 'paramedic')).ask
  const body = { unit_number: number(), unit_type: 'BASIC' }
  for (const ask of [reader, desk, analyst]) {
    assert.equal((await ask('GET', '/api/units/')).status, 200)
    assert.equal((await ask('POST', '/api/units/', body)).status, 403)
    assert.equal((await ask('PATCH', `/api/units/${id}/`, { max_patients: 2 })).status, 403)
    assert.equal((await ask('POST', `/api/units/${id}/retire/`)).status, 403)
  }
  for (const ask of [reader, analyst, paramedic]) {
    assert.equal((await ask('POST', `/api/units/${id}/duty/`, { duty: 'OFF_DUTY' })).status, 403)
    assert.equal((await ask('POST', '/api/positions/', {})).status, 403)
  }
  for (const ask of [paramedic, withKey(server.baseUrl, server.key)]) {
    assert.equal((await ask('GET', '/api/units/')).status, 403)
  }
})

describe('the list', () => {
  const numbers = (rows: { unit_number: string }[]) => rows.map((row) => row.unit_number)
  before(async () => {
    const { body } = await keeper('POST', '/api/stations/', { name: 'Listed', latitude: 1, longitude: 1 })
    for (let at = 10; at < 33; at += 1) {
      const more = { unit_number: `L${at}`, unit_type: at % 2 ? 'FIRE' : 'BASIC', station_id: body.id }
      const { id } = await make(more)
      if (at === 20) await bind(id, 'AT_PATIENT')
      if (at === 21) await bind(id, 'ACKNOWLEDGED')
      if (at === 22) await desk('POST', `/api/units/${id}/duty/`, { duty: 'OFF_DUTY' })
    }
  })

  test('has every unit once, page by page, forward and back', async () => {
    const pages: string[][] = []
    let last: string | null = null
    for (let next: string | null = '/api/units/?search=L&page_size=5'; next; ) {
      const { status, body } = await reader('GET', next.replace(server.baseUrl, ''))
      assert.deepEqual([status, body.count, body.count_exact], [200, 23, true])
      pages.push(numbers(body.results))
      ;[next, last] = [body.next, body.previous]
    }
    assert.deepEqual(
      pages.flat(),
      Array.from({ length: 23 }, (_, at) => `L${at + 10}`),
    )
    assert.deepEqual(
      pages.map((page) => page.length),
      [5, 5, 5, 5, 3],
    )
    const back: string[][] = []
    for (let previous = last; previous; ) {
      const { body } = await reader('GET', previous.replace(server.baseUrl, ''))
      back.unshift(numbers(body.results))
      previous = body.previous
    }
    assert.deepEqual(back, pages.slice(0, -1))
  })

  const filters: [string, string[] | number][] = [
    ['status=on_scene', ['L20']],
    ['status=EN_ROUTE', ['L21']],
    ['status=OFF_DUTY', ['L22']],
    ['status=AVAILABLE', 20],
    ['unit_type=FIRE', 11],
    ['search=l2', 10],
    ['search=%25', 0],
    ['unit_type=POLICE', 0],
  ]
  for (const [query, expected] of filters) {
    test(`filter ${query}`, async () => {
      const station = (await reader('GET', '/api/stations/?search=Listed')).body.results[0].id
      const { body } = await reader('GET', `/api/units/?station_id=${station}&${query}`)
      if (typeof expected === 'number') assert.equal(body.count, expected)
      else assert.deepEqual(numbers(body.results), expected)
    })
  }

  for (const [query, field] of [
    ['status=gone', 'status'],
    ['page_size=501', 'page_size'],
    ['station_id=x', 'station_id'],
    ['cursor=zzz', 'cursor'],
    [`cursor=${Buffer.from('["hospitals","a","f"]').toString('base64url')}`, 'cursor'],
    [`cursor=${Buffer.from('["units","a\\u0000","f"]').toString('base64url')}`, 'cursor'],
    ['colour=red', 'colour'],
  ] as const) {
    test(`refused ${query}`, async () => {
      const { status, body } = await reader('GET', `/api/units/?${query}`)
      assert.deepEqual([status, Array.isArray(body[field])], [400, true])
    })
  }
})
