import assert from 'node:assert/strict'
import { test } from 'node:test'
import { drawDiversion, driftBeds } from './hospitals.ts'
import { createRandom } from './random.ts'

/** A day of one hospital, a look every four minutes. */
function day(seed: string, first: number) {
  const random = createRandom(seed)
  const looks = []
  let beds = { total_beds: 40, available_beds: first, diversion: 'OPEN' as const }
  for (let look = 0; look < 360; look++) {
    const { available_beds = 0, emergency_capacity } = driftBeds(random, beds, 12)
    looks.push({ available_beds, emergency_capacity })
    beds = { ...beds, available_beds }
  }
  return looks
}

test('beds stay within bounds, change slowly and come back to what is usual', () => {
  for (const seed of ['1', '2', '3', '4', '5']) {
    const looks = day(seed, 12)
    for (const [i, { available_beds }] of looks.entries()) {
      assert.ok(Number.isInteger(available_beds) && available_beds >= 0 && available_beds <= 40)
      assert.ok(Math.abs(available_beds - (looks[i - 1]?.available_beds ?? 12)) <= 8)
    }
    const mean = looks.reduce((sum, one) => sum + one.available_beds, 0) / looks.length
    assert.ok(mean > 7 && mean < 14, `mean ${mean}`)
    assert.ok(new Set(looks.map((one) => one.emergency_capacity)).size > 1, 'the load changes')
  }
  assert.deepEqual(day('1', 12), day('1', 12))
  assert.ok(day('1', 0)[30]!.available_beds > 4, 'a full hospital empties again')
})

test('the load says how few beds are free', () => {
  const load = (available_beds: number) => {
    const beds = { total_beds: 1_000, available_beds, diversion: 'OPEN' as const }
    return driftBeds(createRandom('load'), beds, available_beds).emergency_capacity
  }
  assert.deepEqual([400, 200, 80, 20].map(load), ['LOW', 'MODERATE', 'HIGH', 'FULL'])
})

test('a diversion is rare and ends within the hour', () => {
  const random = createRandom('diversion')
  const drawn = Array.from({ length: 10_000 }, () => drawDiversion(random)).filter((one) => one !== undefined)
  assert.ok(drawn.length > 40 && drawn.length < 130, `${drawn.length} of 10,000`)
  assert.deepEqual(new Set(drawn.map(({ diversion }) => diversion)), new Set(['ADVISORY', 'CLOSED']))
  assert.ok(drawn.every(({ minutes }) => minutes >= 20 && minutes <= 45))
})
