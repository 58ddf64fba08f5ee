import assert from 'node:assert/strict'
import { test } from 'node:test'
import { portHalvard } from './city/atlas.ts'
import { openRoads } from './city/roads.ts'
import { cornerIn } from './fleet.ts'
import { along, metresBetween, openDrive } from './travel.ts'

const roads = openRoads(portHalvard())
const from = cornerIn('Ropewalk', 1)
const to = cornerIn('Millrace', 2)
const how = { siren: false, pace: 1 }
const driving = (traffic: number, closed: readonly string[] = []) =>
  openDrive(roads, () => ({ traffic, closed: new Set(closed) }))

test('a siren, the hour and the crew make a drive shorter or longer', () => {
  const seconds = (drive: ReturnType<typeof driving>, more: Partial<typeof how> = {}) =>
    drive(from, to, { ...how, ...more }, 0).endsAt / 1_000
  const usual = seconds(driving(1))
  assert.ok(usual > 120 && usual < 900, `${usual} s`)
  assert.ok(seconds(driving(1), { siren: true }) < usual)
  assert.ok(seconds(driving(0.75)) > usual)
  const [slow, fast] = [seconds(driving(1), { pace: 1.2 }) - 25, usual - 25]
  assert.ok(Math.abs(slow / fast - 1.2) < 1e-9)
})

test('a drive goes along the streets without a jump, from its beginning to its end', () => {
  const leg = driving(1)(from, to, how, 1_000)
  const place = ({ latitude, longitude }: typeof to) => ({ latitude, longitude })
  assert.deepEqual(along(leg, 0), place(from))
  assert.deepEqual(along(leg, leg.endsAt), leg.to)
  assert.deepEqual(along(leg, leg.endsAt + 60_000), leg.to)
  let metres = 0
  for (let at = 1_000; at < leg.endsAt; at += 1_000) {
    const step = metresBetween(along(leg, at), along(leg, at + 1_000))
    assert.ok(step < 30, `${step} m in a second`)
    metres += step
  }
  assert.ok(metres > metresBetween(from, to) * 1.05, 'streets are longer than a bird flies')
})

test('a closed bridge is driven round', () => {
  const atlas = portHalvard()
  const usual = driving(1)(from, to, how, 0)
  const every = [...atlas.bridges].map(([name, ids]) => ({ name, leg: driving(1, ids)(from, to, how, 0) }))
  const slower = every.filter(({ leg }) => leg.endsAt > usual.endsAt)
  assert.equal(slower.length, 1, 'the one bridge of the way is missed')
  const all = driving(1, [...atlas.bridges.values()].flat())(from, to, how, 0)
  assert.ok(all.endsAt > slower[0]!.leg.endsAt)
})

test('a drive to where one stands is over at once', () => {
  const leg = driving(1)(from, from, how, 5)
  assert.ok(leg.endsAt - 5 < 26_000)
  assert.deepEqual(along(leg, leg.endsAt), leg.to)
})
