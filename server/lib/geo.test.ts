import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import {
  approximateDistances,
  crowSpeeds,
  crowTimes,
  detour,
  distance,
  isPosition,
  meanEarthRadius,
  type Position,
} from './geo.ts'

const place = (latitude: number, longitude: number): Position => ({ latitude, longitude })
const degree = (meanEarthRadius * Math.PI) / 180

const approximate = (from: Position, to: Position) =>
  approximateDistances(from, Float64Array.of(to.latitude), Float64Array.of(to.longitude))[0] as number

const within = (actual: number, expected: number, tolerance: number) =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected} +- ${tolerance}`)

describe('known distances', () => {
  // Those between cities are of the WGS 84 ellipsoid (Vincenty 1975), which a sphere meets within 0.56 %.
  const cases: [string, Position, Position, number, number][] = [
    ['the same place', place(37.7749, -122.4194), place(37.7749, -122.4194), 0, 0],
    ['one degree of the equator', place(0, 0), place(0, 1), degree, 1e-6],
    ['one degree of a meridian', place(51, 7), place(52, 7), degree, 1e-6],
    ['half a degree on each side of the antimeridian', place(0, 179.5), place(0, -179.5), degree, 1e-6],
    ['the antimeridian itself by both names', place(10, 180), place(10, -180), 0, 1e-6],
    ['a pole by any longitude', place(90, 12), place(90, -140), 0, 1e-6],
    ['over a pole', place(89.5, 0), place(89.5, 180), degree, 1e-6],
    ['pole to pole', place(90, 0), place(-90, 0), 180 * degree, 1e-6],
    ['antipodes', place(13, 50), place(-13, -130), 180 * degree, 1e-1],
    ['San Francisco to Los Angeles', place(37.7749, -122.4194), place(34.0522, -118.2437), 559_042, 3_131],
    ['Paris to New York', place(48.8566, 2.3522), place(40.7128, -74.006), 5_852_935, 32_776],
  ]
  for (const [name, from, to, metres, tolerance] of cases) {
    test(name, () => {
      within(distance(from, to), metres, tolerance)
      assert.equal(distance(from, to), distance(to, from), 'the same both ways')
    })
  }
})

test('a place is two finite numbers within their limits', () => {
  const good: [number, number][] = [
    [0, 0],
    [90, 180],
    [-90, -180],
  ]
  const bad: [number | null, number | null][] = [
    [90.000001, 0],
    [0, -180.000001],
    [Number.NaN, 0],
    [0, Number.POSITIVE_INFINITY],
    [null, 0],
    [0, null],
  ]
  for (const [latitude, longitude] of good) assert.ok(isPosition({ latitude, longitude }), `${latitude}`)
  for (const [latitude, longitude] of bad) assert.ok(!isPosition({ latitude, longitude }), `${latitude}`)
})

const anywhere = fc.record({
  latitude: fc.double({ min: -90, max: 90, noNaN: true }),
  longitude: fc.double({ min: -180, max: 180, noNaN: true }),
})

test('any two places: the same both ways, never negative, at most half the way round', () => {
  const check = (from: Position, to: Position) => {
    const metres = distance(from, to)
    within(distance(to, from), metres, 1e-6)
    assert.ok(metres >= 0 && metres <= 180 * degree + 1e-6)
  }
  fc.assert(fc.property(anywhere, anywhere, check), { numRuns: 1_000 })
})

describe('the fast form', () => {
  const bearing = fc.double({ min: 0, max: 2 * Math.PI, noNaN: true })
  const inhabited = fc.record({
    latitude: fc.double({ min: -65, max: 65, noNaN: true }),
    longitude: fc.double({ min: -180, max: 180, noNaN: true }),
  })

  /** About so many metres from the place in a direction; the exact length does not matter. */
  function walk({ latitude, longitude }: Position, metres: number, direction: number): Position {
    const north = (metres * Math.cos(direction)) / degree
    const east = (metres * Math.sin(direction)) / degree / Math.cos((latitude * Math.PI) / 180)
    return place(latitude + north, ((longitude + east + 540) % 360) - 180)
  }

  const limits: [kilometres: number, error: number][] = [
    [100, 0.0001],
    [500, 0.0025],
  ]
  for (const [kilometres, error] of limits) {
    test(`is wrong by at most ${error * 100} % within ${kilometres} km below 70 degrees`, () => {
      const length = fc.double({ min: 1, max: kilometres * 1_000, noNaN: true })
      const check = (from: Position, metres: number, direction: number) => {
        const to = walk(from, metres, direction)
        const exact = distance(from, to)
        within(approximate(from, to), exact, exact * error + 1e-3)
      }
      fc.assert(fc.property(inhabited, length, bearing, check), { numRuns: 2_000 })
    })
  }

  test('goes the short way over the antimeridian', () => {
    within(approximate(place(0, 179.5), place(0, -179.5)), degree, 1e-3)
    within(approximate(place(0, -179.5), place(0, 179.5)), degree, 1e-3)
  })

  test('gives each place its own distance, and none to what is no place', () => {
    const found = approximateDistances(
      place(0, 0),
      Float64Array.of(1, Number.NaN, 0, 2),
      Float64Array.of(0, 0, 3, Number.NaN),
    )
    within(found[0] as number, degree, 1e-3)
    within(found[2] as number, 3 * degree, 1e-3)
    assert.ok(Number.isNaN(found[1]) && Number.isNaN(found[3]))
  })
})

describe('drives without roads', () => {
  const as_of = '2026-11-21T07:00:00.000Z'
  const nowhere = { latitude: null, longitude: null }

  for (const profile of ['siren', 'normal'] as const) {
    test(`are the straight line x ${detour} at the speed of ${profile}; none without a place`, () => {
      const [one, none, off] = crowTimes([place(1, 0), nowhere, place(91, 0)], place(0, 0), profile, as_of)
      assert.ok(one && one.source === 'crow' && one.as_of === as_of)
      within(one.metres, degree * 1.3, 1e-3)
      within(one.seconds, (degree * 1.3) / crowSpeeds[profile], 1e-3)
      assert.deepEqual([none, off], [undefined, undefined])
    })
  }

  test('none at all to an unknown place', () => {
    assert.deepEqual(crowTimes([place(1, 0), nowhere], nowhere, 'siren', as_of), [undefined, undefined])
  })
})
