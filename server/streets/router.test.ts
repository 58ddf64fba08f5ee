import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { graphOf, placeAt, pointAt, step, street, type Town } from '../test/support/roads.ts'
import { createRouter, type Question, type Router } from './router.ts'
import type { Segment } from './segment.ts'

/** Streets of the class motorway at 36 km/h: with a siren exactly 10 m/s, so 100 m take 10 s. */
const town: Town = { A: [0, 0], B: [10, 0], C: [10, 10], D: [0, 10], E: [20, 0] }
const square = [
  street(town, 'A', 'B'),
  street(town, 'B', 'C'),
  street(town, 'C', 'D'),
  street(town, 'D', 'A'),
]
const question = (east: number, north: number, more: Partial<Question> = {}): Question => ({
  ...{ one: placeAt(east, north), direction: 'to', profile: 'siren', slowdown: 1 },
  ...more,
})

type Place = readonly [number, number]
function seconds(router: Router, asked: Question, ...places: Place[]): number[] {
  const found = places.map(([east, north]) => placeAt(east, north))
  const drives = router.times(
    asked,
    Float64Array.from(found, (one) => one.latitude),
    Float64Array.from(found, (one) => one.longitude),
  )
  return Array.from(drives.seconds, (one) => (Number.isFinite(one) ? Math.round(one * 20) / 20 : one))
}
const routerOf = (...segments: Segment[]) => createRouter(graphOf(segments))

describe('exact times', () => {
  const router = routerOf(...square)
  const cases: [name: string, from: Place, to: Place, seconds: number][] = [
    ['from corner to corner', [0, 0], [10, 0], 100],
    ['over two streets', [0, 0], [10, 10], 200],
    ['from part of a street to a corner', [4, 0], [10, 0], 60],
    ['from part of a street to part of the next', [4, 0], [10, 5], 110],
    ['along one street', [2, 0], [7, 0], 50],
    ['along one street, the other way', [7, 0], [2, 0], 50],
    ['where one stands', [3, 0], [3, 0], 0],
    ['the shorter way round', [1, 0], [0, 9], 100],
    ['from beside a street: 40 m at 4 m/s', [4, -0.4], [10, 0], 70],
    ['to beside a street', [4, 0], [10.4, 5], 120],
  ]
  for (const [name, from, to, expected] of cases) {
    test(name, () => assert.deepEqual(seconds(router, question(...to), from), [expected]))
  }
  test('many at once, in the order of the places', () => {
    assert.deepEqual(seconds(router, question(10, 0), [0, 0], [10, 10], [5, 0]), [100, 100, 50])
  })
  test('metres along the road', () => {
    const at = placeAt(0, 0)
    const drives = router.times(question(10, 10), Float64Array.of(at.latitude), Float64Array.of(at.longitude))
    assert.ok(Math.abs((drives.metres[0] as number) - 2_000) < 1, String(drives.metres[0]))
  })
  test('every posted speed, and the usual one of a class where none is posted', () => {
    const fast = routerOf(street(town, 'A', 'B', { speed_kmh: 72 }), street(town, 'B', 'E'))
    assert.deepEqual(seconds(fast, question(20, 0), [0, 0]), [150])
    const usual = routerOf(street(town, 'A', 'B', { speed_kmh: undefined }))
    assert.deepEqual(seconds(usual, question(10, 0), [0, 0]), [36])
  })
  test('without a siren, and at a slow hour', () => {
    assert.deepEqual(seconds(router, question(10, 0, { profile: 'normal' }), [0, 0]), [111.1])
    assert.deepEqual(seconds(router, question(10, 0, { slowdown: 1.5 }), [0, 0]), [150])
  })
  test('a fleet that moved between two questions is looked for anew', () => {
    assert.deepEqual(seconds(router, question(10, 0), [0, 0], [5, 0]), [100, 50])
    assert.deepEqual(seconds(router, question(10, 0), [2, 0], [5, 0]), [80, 50])
    assert.deepEqual(seconds(router, question(0, 0), [2, 0]), [20])
  })
})

describe('one-way streets', () => {
  const triangle: Town = { A: [0, 0], B: [10, 0], C: [0, 10] }
  const forward = { oneway: 'forward' } as const
  const ring = routerOf(
    street(triangle, 'A', 'B', forward),
    street(triangle, 'B', 'C', { ...forward, line: [pointAt([10, 0]), pointAt([10, 10]), pointAt([0, 10])] }),
    street(triangle, 'C', 'A', forward),
  )
  test('round the triangle, not back', () => {
    assert.deepEqual(seconds(ring, question(10, 0), [0, 0]), [100])
    assert.deepEqual(seconds(ring, question(0, 0), [10, 0]), [300])
  })
  test('a place behind on the same street is all the way round', () => {
    assert.deepEqual(seconds(ring, question(7, 0), [2, 0]), [50])
    assert.deepEqual(seconds(ring, question(2, 0), [7, 0]), [350])
  })
  test('drives from the one place go the other way round', () => {
    assert.deepEqual(seconds(ring, question(0, 0, { direction: 'from' }), [10, 0]), [100])
    assert.deepEqual(seconds(ring, question(2, 0, { direction: 'from' }), [7, 0], [1, 0]), [50, 390])
  })
  test('a place at a junction is reached from it, whichever street it is snapped to', () => {
    const streets = [
      street(town, 'B', 'C', forward),
      street(town, 'A', 'B'),
      street(town, 'C', 'D'),
      square[3]!,
    ]
    assert.deepEqual(seconds(routerOf(...streets), question(10, 9.9), [10, 1], [0, 10]), [89, 101])
  })
  test('against the line, as the source drew it', () => {
    const against = routerOf(...square.slice(1), street(town, 'A', 'B', { oneway: 'backward' }))
    assert.deepEqual(seconds(against, question(0, 0), [10, 0]), [100])
    assert.deepEqual(seconds(against, question(10, 0), [0, 0]), [300])
  })
})

describe('what is not on the roads', () => {
  const island: Town = { ...town, X: [40, 0], Y: [42, 0] }
  const router = routerOf(...square, street(island, 'X', 'Y'))
  test('farther than 500 m from every street: no drive, to it and from it', () => {
    assert.deepEqual(seconds(router, question(10, 0), [0, -4.9], [0, -5.1]), [222.5, Number.NaN])
    assert.deepEqual(seconds(router, question(-6, 0), [0, 0]), [Number.NaN])
  })
  test('the streets of an island are not driven: what is on it is off the map', () => {
    assert.deepEqual(seconds(router, question(10, 0), [41, 0]), [Number.NaN])
  })
  test('a street that can be left and not come back to is not driven', () => {
    const trap = routerOf(...square, street(town, 'B', 'E', { oneway: 'forward' }))
    assert.deepEqual(seconds(trap, question(0, 0), [20, 0]), [Number.NaN])
  })
  test('no place at all', () => {
    assert.deepEqual(seconds(router, question(10, 0), [Number.NaN, 0]), [Number.NaN])
  })
  test('farther than half an hour: known to be far', () => {
    const far: Town = { A: [0, 0], B: [170, 0], C: [190, 0] }
    const long = routerOf(street(far, 'A', 'B'), street(far, 'B', 'C'))
    assert.deepEqual(seconds(long, question(0, 0), [170, 0], [190, 0]), [1_700, Number.POSITIVE_INFINITY])
    assert.deepEqual(seconds(long, question(0, 0, { slowdown: 2 }), [170, 0]), [Number.POSITIVE_INFINITY])
  })
})

describe('closed streets', () => {
  const ids = (graph: Segment[], ...names: string[]) =>
    names.map((id) => ({ segment: graph.findIndex((s) => s.id === id), fraction: 0.5 }))
  test('are driven around until they are open again', () => {
    const router = routerOf(...square)
    router.close(ids(square, 'AB'))
    assert.deepEqual(seconds(router, question(10, 0.1), [0, 0.1], [0, 5]), [298, 249])
    router.close([])
    assert.deepEqual(seconds(router, question(10, 0.1), [0, 0.1], [0, 5]), [102, 151])
  })
  test('a drive begins and ends on this side of where it is closed', () => {
    const router = routerOf(...square)
    router.close(ids(square, 'AB'))
    assert.deepEqual(seconds(router, question(10, 5), [4, 0], [6, 0], [5, 0]), [290, 90, 100])
    assert.deepEqual(seconds(router, question(4, 0), [10, 5], [6, 0], [3, 0]), [290, 380, 10])
  })
  test('nobody comes through where all ways are closed', () => {
    const router = routerOf(...square)
    router.close(ids(square, 'AB', 'CD'))
    assert.deepEqual(seconds(router, question(10, 5), [0, 5]), [Number.POSITIVE_INFINITY])
  })
})

describe('the way', () => {
  const show = (router: Router, asked: Question, from: Place) => {
    const found = router.route(asked, placeAt(...from))
    return found?.line.map(([x, y]) => [Math.round((x / step) * 10) / 10, Math.round((y / step) * 10) / 10])
  }
  test('from place to place along the streets, in the order it is driven', () => {
    const router = routerOf(...square)
    const line = [
      [4, 0],
      [10, 0],
      [10, 5],
    ]
    assert.deepEqual(show(router, question(10, 5), [4, 0]), line)
    assert.deepEqual(show(router, question(4, 0, { direction: 'from' }), [10, 5]), line)
    assert.deepEqual(show(router, question(7, 0), [2, 0]), [
      [2, 0],
      [7, 0],
    ])
    assert.deepEqual(show(router, question(7, 0), [7, 0]), [
      [7, 0],
      [7, 0],
    ])
  })
  test('with the bends of the streets, and around closures', () => {
    const bent = street(town, 'A', 'B', { line: [pointAt([0, 0]), pointAt([5, -1]), pointAt([10, 0])] })
    const streets = [bent, ...square.slice(1)]
    const router = routerOf(...streets)
    assert.deepEqual(show(router, question(10, 5), [0, 0]), [
      [0, 0],
      [5, -1],
      [10, 0],
      [10, 5],
    ])
    router.close([{ segment: 0, fraction: 0.5 }])
    assert.deepEqual(show(router, question(10, 5), [0, 1]), [
      [0, 1],
      [0, 10],
      [10, 10],
      [10, 5],
    ])
  })
  test('a loop is left by its nearer end', () => {
    const loop = street(town, 'B', 'B', {
      line: [
        [10, 0],
        [14, 0],
        [14, 3],
        [10, 3],
        [10, 0],
      ].map((one) => pointAt(one as [number, number])),
      id: 'loop',
    })
    const router = routerOf(...square, loop)
    assert.deepEqual(show(router, question(5, 0), [12, 0]), [
      [12, 0],
      [10, 0],
      [5, 0],
    ])
    assert.deepEqual(seconds(router, question(5, 0), [12, 0]), [70])
  })
  test('none where none is known', () => {
    assert.equal(routerOf(...square).route(question(10, 0), placeAt(0, -9)), undefined)
  })
})
