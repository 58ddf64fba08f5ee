import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import fc from 'fast-check'
import { signIn } from '../test/support/centre.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'
import { importTown, townSegments } from '../test/support/town.ts'
import { importGazetteer } from './import-gazetteer.ts'

let server: TestServer
let other: TestServer
let desk: Ask

before(async () => {
  server = await startTestServer()
  other = await startTestServer({ database: server.database })
  desk = (await signIn(server, 'desk', 'dispatcher')).ask
  await importTown(server)
})
after(async () => {
  await other.close()
  await server.close()
})

async function find(search: string, more = '') {
  const reply = await desk('GET', `/api/addresses/?search=${encodeURIComponent(search)}${more}`)
  assert.equal(reply.status, 200, JSON.stringify(reply.body))
  assert.equal(reply.body.fallback, null)
  return reply.body.results
}

/** Until the notification of the import has come, which nothing else tells of. */
async function until(holds: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 20_000
  while (!(await holds()) && Date.now() < end) await new Promise((next) => setTimeout(next, 10))
  assert.ok(await holds())
}

test('what is imported is found by every process as soon as the notification has come', async () => {
  await until(async () => (await find('Mission St')).length > 0)
  const ask = withKey(other.baseUrl, other.key)
  await until(async () => (await ask('GET', '/api/addresses/?search=Mission St')).body.results.length > 0)
})

describe('found', () => {
  const cases: [text: string, label: string, kind: string, latitude: number, longitude: number][] = [
    ['341 Harbour Street', '341 Harbour Street', 'address', 50, 10.00408],
    ['three forty-one Harbour Street', '341 Harbour Street', 'address', 50, 10.00408],
    ['341 habour st', '341 Harbour Street', 'address', 50, 10.00408],
    ['341 Harb', '341 Harbour Street', 'address', 50, 10.00408],
    ['350 harbour', '350 Harbour Street', 'address', 50, 10.0051],
    ['the corner of 3rd and Mission', '03RD ST & Mission St', 'intersection', 50.01, 10.01],
    ['MISSION ST/3RD ST', 'Mission St & 03RD ST', 'intersection', 50.01, 10.01],
    ['third at misson', '03RD ST & Mission St', 'intersection', 50.01, 10.01],
    ['Mission and 3rd Av', 'Mission St & 3rd Ave', 'intersection', 50.01, 10.02],
    ['mission & van', 'Mission St & South Van Ness Ave', 'intersection', 50.01, 10],
    ['S Van Ness & Harbour', 'South Van Ness Ave & Harbour Street', 'intersection', 50, 10],
    ['400 Block of HARBOUR ST', '400 block of Harbour Street', 'block', 50, 10.015],
    ['50 03rd Street', '50 03RD ST', 'address', 50.005, 10.01],
    ['3rd Avenue', '3rd Ave', 'street', 50, 10.02],
    ['general hospital', 'General Hospital', 'place', 50.005, 10.015],
    ['Pier 39', 'Pier 39', 'place', 50.002, 10.016],
    ['50.001, 10.002', '50.001, 10.002', 'position', 50.001, 10.002],
    ['5 Mill Lane, Sutton', '5 Mill Lane, Sutton', 'address', 50.2, 10.2005],
    ['12 Bare Road', '12 Bare Road', 'address', 50.0303, 10.041],
    ['12a bare rd', '12 Bare Road', 'address', 50.0303, 10.041],
    ['16 Bare Road', '16 Bare Road', 'address', 50.0303, 10.042],
    ['77 Mill Lane', '77 Mill Lane, Sutton', 'address', 50.2003, 10.2005],
    ['3 Lime Walk, Norton', '3 Lime Walk, Norton', 'address', 50.0302, 10.3005],
    ['3 Lime Walk, Sutton', '3 Lime Walk, Sutton', 'address', 50.2002, 10.3005],
    ['Lime Walk, Sutton', 'Lime Walk, Sutton', 'street', 50.2, 10.3],
    ['5 Mill Lane, Norton', '5 Mill Lane, Norton', 'address', 50.03, 10.0305],
  ]
  for (const [text, label, kind, latitude, longitude] of cases) {
    test(text, async () => {
      const [best] = await find(text)
      assert.deepEqual([best?.label, best?.kind], [label, kind])
      assert.ok(Math.abs(best.latitude - latitude) < 2e-4, `${best.latitude}`)
      assert.ok(Math.abs(best.longitude - longitude) < 2e-4, `${best.longitude}`)
      assert.equal(best.source, kind === 'position' ? 'coordinates' : 'gazetteer')
      assert.ok(best.confidence > 0.3 && best.confidence <= 1 && best.accuracy_m >= 10)
    })
  }
})

test('how sure it is: exact more than misspelled, one of two places least; what is off is said', async () => {
  const sure = async (text: string, more = '') => (await find(text, more))[0].confidence
  const [exact, misspelled] = [await sure('341 Harbour Street'), await sure('341 habour st')]
  assert.ok(exact > misspelled && misspelled > 0.7, `${exact} ${misspelled}`)
  assert.ok((await sure('5 Mill Lane')) < 0.7)
  assert.ok((await sure('5 Mill Lane', '&near=50.2,10.2')) > 0.7)
  const [end] = await find('999 Harbour Street')
  assert.match(end.note, /No number 999 .* nearest is 499/)
  assert.ok(end.confidence < 0.8)
})

test('near decides between equals, limit holds, and nothing found is an empty list', async () => {
  assert.equal((await find('5 Mill Lane', '&near=50.03,10.03'))[0].label, '5 Mill Lane, Norton')
  assert.equal((await find('5 Mill Lane', '&near=50.2,10.2'))[0].label, '5 Mill Lane, Sutton')
  assert.equal((await find('m', '&limit=2')).length <= 2, true)
  for (const text of [
    'Nowhere at all',
    '???',
    '7',
    'zzz & qqq',
    '5 Bare Road and a half',
    'Bare Road & Nowhere',
  ]) {
    assert.ok(Array.isArray(await find(text)), text)
  }
  assert.deepEqual(await find('Nowhere at all'), [])
})

test('by position: number and side of the nearest street, the street alone, or nothing', async () => {
  const at = async (latitude: number, longitude: number) => {
    const path = `/api/addresses/reverse/?latitude=${latitude}&longitude=${longitude}`
    return (await desk('GET', path)).body.results[0]
  }
  const [left, right] = [await at(50.0001, 10.0041), await at(49.9999, 10.0041)]
  assert.deepEqual([left.label, right.label], ['341 Harbour Street', '340 Harbour Street'])
  assert.equal((await at(50.0301, 10.045)).label, 'Bare Road')
  assert.equal((await at(50.0302, 10.0409)).label, '12 Bare Road')
  assert.match((await at(50.0325, 10.045)).note, /27\d m away/)
  assert.equal(await at(0, 0), undefined)
})

test('the same source again replaces it; another source stays; what fails leaves all as it was', async () => {
  const count = async () => {
    const tables = ['streets', 'segments', 'intersections', 'places', 'houses'].map(
      (one) => `(SELECT count(*) FROM address_${one}) AS ${one}`,
    )
    return (await server.ctx.db.pool.query(`SELECT ${tables.join(', ')}`)).rows[0]
  }
  const before = await count()
  const counts = { streets: 10, segments: 13, intersections: 6, places: 2, houses: 6 }
  assert.deepEqual(await importTown(server), counts)
  assert.deepEqual(await count(), before)
  const lone = [{ ...townSegments[0], name: 'Ridge Road' }] as typeof townSegments
  await importGazetteer(server.ctx, { source: 'ridge', segments: lone, places: [] })
  const wrong = { ...townSegments[0], left: { from: 1, to: 1e12 } }
  const broken = [...townSegments, wrong] as typeof townSegments
  await assert.rejects(importTown(server, broken))
  const now = await count()
  assert.deepEqual([now.streets, now.segments], [before.streets + 1, before.segments + 1])
  await importGazetteer(server.ctx, { source: 'ridge', segments: [], places: [] })
  assert.deepEqual(await count(), before)
})

test('two imports of one source at the same time leave one of them', async () => {
  await Promise.all([importTown(server), importTown(server), importTown(server)])
  const { rows } = await server.ctx.db.pool.query("SELECT name FROM address_streets WHERE source = 'town'")
  assert.equal(rows.length, 10)
  await until(async () => (await find('341 Harbour Street')).length > 0)
})

const bad: [query: string, field: string][] = [
  ['', 'search'],
  ['?search=', 'search'],
  [`?search=${'a'.repeat(201)}`, 'search'],
  ['?search=a&near=here', 'near'],
  ['?search=a&near=91,0', 'near'],
  ['?search=a&limit=21', 'limit'],
  ['?search=a&limit=0', 'limit'],
  ['reverse/?latitude=1', 'longitude'],
  ['reverse/?latitude=91&longitude=1', 'latitude'],
]
for (const [query, field] of bad) {
  test(`refused: ${query.slice(0, 40) || 'nothing'}`, async () => {
    const reply = await desk('GET', `/api/addresses/${query}`)
    assert.equal(reply.status, 400)
    assert.ok(reply.body[field], JSON.stringify(reply.body))
  })
}

test('whatever is typed is answered', async () => {
  const words = fc.constantFrom(
    ...'341 and & / block of 3rd mission harb the corner at one twenty oh # 9999 ,'.split(' '),
  )
  const text = fc.oneof(
    fc.array(words, { maxLength: 30 }).map((all) => all.join(' ')),
    fc.string({ unit: 'binary', maxLength: 150 }),
  )
  await fc.assert(
    fc.asyncProperty(text, async (search) => {
      const query = new URLSearchParams({ search: search.toWellFormed().slice(0, 200).toWellFormed() })
      const { status } = await desk('GET', `/api/addresses/?${query}`)
      assert.ok(status === 200 || status === 400, `${status}`)
    }),
    { numRuns: 300 },
  )
  assert.deepEqual(
    server.logged.filter((line) => JSON.parse(line).level >= 50),
    [],
  )
})
