import assert from 'node:assert/strict'
import { test } from 'node:test'
import { along, driveSeconds, makeLeg, metresBetween } from './travel.ts'

const from = { latitude: 44.62, longitude: -127.5 }
const to = { latitude: 44.64, longitude: -127.47 }

test('a drive takes as long as the road, and a siren makes it shorter', () => {
  const metres = metresBetween(from, to)
  assert.ok(metres > 3_200 && metres < 3_300, `${metres} m`)
  const siren = driveSeconds(from, to, 'siren')
  assert.ok(Math.abs(siren - (25 + (metres * 1.3) / 14)) < 1e-9)
  assert.ok(driveSeconds(from, to, 'normal') > siren)
  assert.ok(driveSeconds(from, to, 'siren', 1.2) > siren)
  assert.equal(driveSeconds(from, from, 'normal'), 25)
})

test('a drive begins here, ends there and goes on evenly all the way round its bend', () => {
  const leg = makeLeg(from, to, 300, 1_000)
  assert.deepEqual(along(leg, 0), from)
  assert.deepEqual(along(leg, 1_000), from)
  assert.deepEqual(along(leg, 301_000), to)
  assert.deepEqual(along(leg, 999_000), to)
  const step = (metresBetween(from, leg.bend) + metresBetween(leg.bend, to)) / 300
  for (let second = 0; second < 300; second++) {
    const moved = metresBetween(along(leg, 1_000 + second * 1_000), along(leg, 2_000 + second * 1_000))
    assert.ok(moved > 0 && moved < step * 1.001, `${moved} m in second ${second}, ${step} at most`)
  }
  const middle = along(leg, 151_000)
  assert.ok(metresBetween(middle, leg.bend) < metresBetween(from, to) / 4, 'it turns, it is no straight line')
})

test('a drive to where one stands is over at once', () => {
  const leg = makeLeg(from, from, 0, 5)
  assert.deepEqual(along(leg, 5), from)
  assert.deepEqual(along(makeLeg(from, from, 10, 0), 5_000), from)
})
