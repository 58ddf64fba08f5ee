import assert from 'node:assert/strict'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, beforeEach, describe, test } from 'node:test'
import { createOutsideRouter } from './outside-router.ts'

type Asked = { method: string; url: string; body: unknown }
let server: Server
let url: string
let asked: Asked[] = []
let reply: (asked: Asked) => { status?: number; body?: unknown; wait?: boolean } = () => ({})
let faults: string[] = []
let clock = 0

async function read(request: IncomingMessage): Promise<unknown> {
  let text = ''
  for await (const piece of request) text += piece
  return text === '' ? undefined : JSON.parse(text)
}

before(async () => {
  server = createServer(async (request, response) => {
    const one = { method: request.method ?? '', url: request.url ?? '', body: await read(request) }
    asked.push(one)
    const { status = 200, body, wait = false } = reply(one)
    if (wait) return
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
})
after(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  asked = []
  faults = []
  clock = 0
})

const open = (kind: 'osrm' | 'valhalla') =>
  createOutsideRouter(url, kind, { now: () => clock, onFault: (problem) => faults.push(problem) })
const places = [
  { latitude: 37.7, longitude: -122.4 },
  { latitude: 37.71, longitude: -122.41 },
]
const to = { latitude: 37.75, longitude: -122.45 }

describe('OSRM', () => {
  test('a table from many to one, in its own order of coordinates', async () => {
    reply = () => ({ body: { code: 'Ok', durations: [[61.5], [null]], distances: [[800], [null]] } })
    const found = await open('osrm').table(places, to)
    assert.deepEqual(found, [
      { seconds: 61.5, metres: 800 },
      { seconds: Number.NaN, metres: Number.NaN },
    ])
    assert.deepEqual(asked, [
      {
        method: 'GET',
        url:
          '/table/v1/driving/-122.400000,37.700000;-122.410000,37.710000;-122.450000,37.750000' +
          '?sources=0;1&destinations=2&annotations=duration,distance',
        body: undefined,
      },
    ])
  })
  test('a route', async () => {
    const coordinates = [
      [-122.4, 37.7],
      [-122.45, 37.75],
    ]
    const one = { duration: 300, distance: 4_000, geometry: { type: 'LineString', coordinates } }
    reply = () => ({ body: { code: 'Ok', routes: [one] } })
    const found = await open('osrm').route(places[0]!, to)
    assert.deepEqual(found, { seconds: 300, metres: 4_000, line: coordinates })
    assert.equal(
      asked[0]?.url,
      '/route/v1/driving/-122.400000,37.700000;-122.450000,37.750000?overview=full&geometries=geojson',
    )
  })
})

describe('Valhalla', () => {
  test('a table from many to one, in kilometres', async () => {
    const cell = (time: number | null, distance: number | null) => [{ time, distance, to_index: 0 }]
    reply = () => ({ body: { sources_to_targets: [cell(61, 0.8), cell(null, null)], units: 'kilometers' } })
    const found = await open('valhalla').table(places, to)
    assert.deepEqual(found, [
      { seconds: 61, metres: 800 },
      { seconds: Number.NaN, metres: Number.NaN },
    ])
    assert.deepEqual(asked, [
      {
        method: 'POST',
        url: '/sources_to_targets',
        body: {
          sources: [
            { lat: 37.7, lon: -122.4 },
            { lat: 37.71, lon: -122.41 },
          ],
          targets: [{ lat: 37.75, lon: -122.45 }],
          ...{ costing: 'auto', units: 'kilometers' },
        },
      },
    ])
  })
  test('a route, whose shape is a polyline of six digits', async () => {
    // The example of Google's polyline algorithm, whose digits mean a tenth here.
    const legs = [{ shape: '_p~iF~ps|U_ulLnnqC_mqNvxq`@' }]
    reply = () => ({ body: { trip: { summary: { time: 300, length: 4.5 }, legs } } })
    const found = await open('valhalla').route(places[0]!, to)
    assert.deepEqual(found, {
      ...{ seconds: 300, metres: 4_500 },
      line: [
        [-12.02, 3.85],
        [-12.095, 4.07],
        [-12.6453, 4.3252],
      ],
    })
    assert.deepEqual(asked[0]?.body, {
      locations: [
        { lat: 37.7, lon: -122.4 },
        { lat: 37.75, lon: -122.45 },
      ],
      ...{ costing: 'auto', units: 'kilometers' },
    })
  })
})

describe('one that does not answer as it should', () => {
  const cases: [string, ReturnType<typeof reply>, RegExp][] = [
    ['refuses', { status: 400, body: {} }, /answers 400/],
    ['answers something else', { body: { durations: 7 } }, /does not answer as osrm does/],
    ['is silent', { wait: true }, /timeout/i],
    ['never ends', { body: 'x'.repeat(5_000_000) }, /too long/],
  ]
  for (const [name, answer, problem] of cases) {
    test(`${name}: told, and left alone for half a minute`, async () => {
      reply = () => answer
      const router = open('osrm')
      assert.equal(await router.table(places, to), undefined)
      assert.match(faults[0] as string, problem)
      assert.equal(await router.route(places[0]!, to), undefined)
      assert.deepEqual([asked.length, faults.length], [1, 1])
      clock = 30_000
      reply = () => ({ body: { durations: [[1], [2]], distances: [[3], [4]] } })
      assert.equal((await router.table(places, to))?.[1]?.seconds, 2)
    })
  }
})
