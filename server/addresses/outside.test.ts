import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, beforeEach, test } from 'node:test'
import { signIn } from '../test/support/centre.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'
import { importTown } from '../test/support/town.ts'
import { geocoderKinds, readReply, searchPath } from './rules-outside.ts'

/** Replies in the form of each service's own documentation, about an invented town. */
const feature = (properties: object, coordinates: number[]) => ({
  type: 'Feature',
  geometry: { type: 'Point', coordinates },
  properties,
})
const photonHouse = {
  ...{ osm_type: 'N', osm_id: 5, osm_key: 'building', osm_value: 'yes', type: 'house', countrycode: 'XX' },
  ...{ housenumber: '12', street: 'Quay Street', city: 'Outer Town', postcode: '12345' },
}
const nominatimHouse = {
  ...{ place_id: 7, licence: 'ODbL', osm_type: 'way', osm_id: 8, lat: '50.5', lon: '10.5' },
  ...{ category: 'building', type: 'yes', place_rank: 30, importance: 1e-5, addresstype: 'building' },
  display_name: '12, Quay Street, Outer Town, 12345, Nowhere',
  address: { house_number: '12', road: 'Quay Street', town: 'Outer Town' },
  boundingbox: ['50.49', '50.51', '10.49', '10.51'],
}
const peliasHouse = {
  ...{ id: 'way/9', gid: 'openstreetmap:address:way/9', layer: 'address', source: 'openstreetmap' },
  ...{ confidence: 0.8, match_type: 'fallback', accuracy: 'point', label: '12 Quay Street, Outer Town' },
}
const collection = (properties: object) => ({
  type: 'FeatureCollection',
  features: [feature(properties, [10.5, 50.5])],
})
const bodies = {
  photon: { search: collection(photonHouse), reverse: collection(photonHouse) },
  nominatim: { search: [nominatimHouse], reverse: nominatimHouse },
  pelias: {
    search: { geocoding: { version: '0.2' }, ...collection(peliasHouse) },
    reverse: collection(peliasHouse),
  },
}
const paths = {
  photon: ['/api', '/reverse'],
  nominatim: ['/search', '/reverse'],
  pelias: ['/v1/search', '/v1/reverse'],
}

let asked: string[] = []
let answer: (request: IncomingMessage, reply: ServerResponse) => void
const stand = createServer((request, reply) => {
  asked.push(request.url ?? '')
  answer(request, reply)
})
const servers: TestServer[] = []
const now = { value: Date.parse('2026-11-21T08:00:00Z') }

before(async () => {
  await new Promise<void>((done) => stand.listen(0, '127.0.0.1', done))
})
beforeEach(() => {
  asked = []
})
after(async () => {
  for (const server of servers) await server.close()
  stand.closeAllConnections()
  await new Promise((done) => stand.close(done))
})

async function open(kind: (typeof geocoderKinds)[number]) {
  const url = `http://127.0.0.1:${(stand.address() as AddressInfo).port}/`
  const server = await startTestServer({
    config: { geocoder: { url, kind } },
    now: () => new Date(now.value),
  })
  servers.push(server)
  await importTown(server)
  const { ask } = await signIn(server, 'desk', 'dispatcher')
  return {
    server,
    find: async (search: string, more = '') =>
      (await ask('GET', `/api/addresses/?search=${encodeURIComponent(search)}${more}`)).body,
    at: async () => (await ask('GET', '/api/addresses/reverse/?latitude=50.5&longitude=10.5')).body,
  }
}

const say = (body: unknown) => (_: IncomingMessage, reply: ServerResponse) =>
  void reply.setHeader('content-type', 'application/json').end(JSON.stringify(body))

for (const kind of geocoderKinds) {
  test(`${kind}: searched in its own form, and found by position`, async () => {
    const { find, at } = await open(kind)
    answer = say(bodies[kind].search)
    const { results, fallback } = await find('12 Quay St', '&near=50,10')
    assert.equal(fallback, null)
    const [best] = results
    assert.deepEqual([best.kind, best.source, best.latitude, best.longitude], ['address', kind, 50.5, 10.5])
    assert.match(best.label, /12,? Quay Street/)
    assert.ok(best.confidence >= 0.7 && best.confidence <= 0.9, `${best.confidence}`)
    const url = new URL(asked[0] ?? '', 'http://stand')
    assert.equal(url.pathname, paths[kind][0])
    assert.equal(url.searchParams.get('q') ?? url.searchParams.get('text'), '12 Quay St')
    assert.match(url.search, /lat=50|viewbox=9\.9/)
    answer = say(bodies[kind].reverse)
    const there = await at()
    assert.match(there.results[0].label, /12,? Quay Street/)
    assert.equal(new URL(asked[1] ?? '', 'http://stand').pathname, paths[kind][1])
  })
}

test('the same question is asked once; a position is read without asking', async () => {
  const { find } = await open('photon')
  answer = say(bodies.photon.search)
  await find('12 Quay Street')
  await find('12 Quay Street')
  assert.equal(asked.length, 1)
  assert.equal((await find('50.1, 10.1')).results[0].source, 'coordinates')
  assert.equal(asked.length, 1)
})

test('what it does not know is looked up in the gazetteer, and said', async () => {
  const { find } = await open('nominatim')
  answer = say([])
  const { results, fallback } = await find('341 Harbour Street')
  assert.deepEqual([results[0].source, results[0].label], ['gazetteer', '341 Harbour Street'])
  assert.match(fallback, /Nominatim found nothing/)
})

const failures: [name: string, answer: typeof answer][] = [
  ['an error', (_, reply) => void reply.writeHead(503).end('down')],
  ['no JSON', (_, reply) => void reply.end('<html>')],
  ['a redirection', (_, reply) => void reply.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()],
  ['too much', (_, reply) => void reply.end(`"${'x'.repeat(1_100_000)}"`)],
  ['a cut line', (_, reply) => void reply.destroy()],
  ['silence for 1.5 s', () => {}],
]
for (const [name, failing] of failures) {
  test(`${name}: the gazetteer answers and says so, and nobody waits again for 10 s`, async () => {
    const { find, server } = await open('pelias')
    answer = failing
    const { results, fallback } = await find('341 Harbour Street')
    assert.equal(results[0].source, 'gazetteer')
    assert.match(fallback, /Pelias does not answer/)
    assert.equal((await find('343 Harbour Street')).results[0].source, 'gazetteer')
    assert.equal(asked.length, 1)
    now.value += 10_000
    answer = say(bodies.pelias.search)
    assert.equal((await find('12 Quay Street')).results[0].source, 'pelias')
    assert.ok(server.logged.some((line) => line.includes('the geocoder failed')))
    assert.ok(!server.logged.some((line) => /Harbour/.test(line)), 'no words of a place in the log')
  })
}

test('odd replies are read as nothing found', () => {
  const odd = [
    ...[null, 1, 'a', {}, { features: 1 }, { features: [null, 1, {}] }, { error: 'Unable to geocode' }],
    { features: [feature({ name: 5, label: null }, [1, 1])] },
    { features: [{ properties: { name: 'A', label: 'A' }, geometry: { coordinates: ['x', 500] } }] },
    [{ display_name: 'A', lat: 'north', lon: '1' }],
    [{ display_name: 'A' }],
  ]
  for (const kind of geocoderKinds) {
    for (const body of odd) assert.deepEqual(readReply(kind, body, 'a', 5), [], JSON.stringify(body))
  }
})

test('another house or street than was asked for is less sure', () => {
  const sure = (asked: string) => readReply('photon', bodies.photon.search, asked, 5)[0]?.confidence ?? 0
  assert.equal(sure('12 Quay St'), 0.9)
  assert.ok(sure('14 Quay St') < 0.7)
  assert.ok(sure('14 Mission St') < 0.5)
})

test('what is asked for cannot leave its parameter', () => {
  assert.equal(
    new URLSearchParams(searchPath('photon', { text: 'a&limit=9 #', limit: 5 }).slice(5)).get('q'),
    'a&limit=9 #',
  )
})
