import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { createRandom } from '../random.ts'
import { metresBetween } from '../travel.ts'
import { doorAt, openAtlas, portHalvard } from './atlas.ts'
import { buildCity } from './build-city.ts'
import { choosePlace, districtWeights } from './choose-place.ts'
import { findPlace } from './find-place.ts'
import { inCity } from './projection.ts'
import { openRoads } from './roads.ts'
import { streetLines } from './write-streets.ts'

const atlas = portHalvard()
const { segments, places, bridges } = atlas
const digest = (text: string) => createHash('sha256').update(text).digest('hex')

test('the same seed builds the same city, byte for byte, and another seed another', () => {
  const once = digest(streetLines(buildCity('a test')))
  assert.equal(digest(streetLines(buildCity('a test'))), once)
  assert.notEqual(digest(streetLines(buildCity('another'))), once)
})

test('the city of another seed is whole too', () => {
  const other = buildCity('1')
  assert.ok(other.segments.length > 16_000 && other.segments.length < 26_000, `${other.segments.length}`)
  const roads = openRoads(openAtlas(other))
  const times = roads.secondsFrom(0, { siren: false, traffic: 1, closed: new Set() })
  assert.ok(times.every(Number.isFinite), 'some junction cannot be reached')
})

test('it has the size and the parts of a city', () => {
  assert.ok(segments.length > 18_000 && segments.length < 24_000, `${segments.length} segments`)
  assert.equal(new Set(segments.map(({ id }) => id)).size, segments.length)
  assert.ok(bridges.size >= 5, [...bridges.keys()].join(', '))
  const names = new Set(segments.map(({ name }) => name))
  assert.ok(names.size > 1_000 && !names.has(''))
  for (const name of ['Ring Road', 'Ocean Drive', '3rd Street', 'Route 9']) assert.ok(names.has(name), name)
  const classes = new Set(segments.map((one) => one.class))
  for (const one of ['trunk', 'primary', 'secondary', 'tertiary', 'residential'] as const)
    assert.ok(classes.has(one), one)
  const oneways = segments.filter(({ oneway }) => oneway !== 'no')
  assert.ok(oneways.length > 400 && oneways.every(({ area }) => area === 'Old Harbor'))
  for (const kind of ['park', 'school', 'shore', 'library', 'bridge']) {
    assert.ok(
      places.some((place) => place.kind === kind),
      kind,
    )
  }
})

test('from every junction one can drive to every other, one-way streets respected', () => {
  const roads = openRoads(atlas)
  const usual = { siren: false, traffic: 1, closed: new Set<string>() }
  assert.ok(roads.secondsFrom(0, usual).every(Number.isFinite))
  const reversed = segments.map((one) => ({
    ...one,
    oneway: ({ no: 'no', forward: 'backward', backward: 'forward' } as const)[one.oneway],
  }))
  const back = openRoads(openAtlas({ ...atlas, segments: reversed }))
  assert.ok(back.secondsFrom(0, usual).every(Number.isFinite))
})

test('closing every bridge parts the city', () => {
  const roads = openRoads(atlas)
  const closed = new Set([...bridges.values()].flat())
  const times = roads.secondsFrom(0, { siren: false, traffic: 1, closed })
  const cut = times.filter((one) => !Number.isFinite(one)).length
  assert.ok(cut > times.length * 0.1, `${cut} of ${times.length} junctions are cut off`)
})

test('ends of segments that share a junction are at one place, and lines have a length', () => {
  const at = new Map<string, readonly [number, number]>()
  for (const { line, from_node, to_node, id } of segments) {
    assert.ok(line.length >= 2, id)
    for (const [node, point] of [
      [from_node, line[0]!],
      [to_node, line.at(-1)!],
    ] as const) {
      const known = at.get(node)
      if (known) assert.deepEqual(point, known, `${id} at ${node}`)
      else at.set(node, point)
    }
    for (const [longitude, latitude] of line) assert.ok(inCity({ latitude, longitude }), id)
  }
})

test('house numbers are odd left and even right, rise along a street and are there once', () => {
  const seen = new Set<string>()
  for (const { id, name, left, right } of segments) {
    assert.equal(left === undefined, right === undefined, id)
    if (!left || !right) continue
    assert.ok(left.from % 2 === 1 && left.to % 2 === 1 && left.from <= left.to, id)
    assert.ok(right.from % 2 === 0 && right.to % 2 === 0 && right.from <= right.to, id)
    for (let number = left.from; number <= left.to; number += 2) {
      const door = `${number} ${name}`
      assert.ok(!seen.has(door), `${door} is there twice`)
      seen.add(door)
    }
  }
  assert.ok(seen.size > 50_000, `${seen.size} doors on the left`)
})

test('what callers say is found where it is', () => {
  const random = createRandom('places')
  for (let n = 0; n < 300; n++) {
    const kind = random.pick(['home', 'corner', 'landmark'] as const)
    const place = choosePlace(random, kind)
    const words = kind === 'corner' ? place.address : place.written
    const found = findPlace(words)
    assert.ok(found, words)
    // Two streets may meet twice.
    assert.ok(metresBetween(found, place) < (kind === 'corner' ? 4_000 : 40), words)
  }
  for (const words of [
    '',
    'Elm Street',
    '12 Oak Street, Springfield',
    '214',
    'Afloat off buoy number eight',
  ]) {
    assert.equal(findPlace(words), undefined, words)
  }
})

test('everything lies in the city, and nothing real does', () => {
  const random = createRandom('reach')
  for (const kind of ['home', 'shore', 'highway', 'trail', 'water'] as const) {
    for (let n = 0; n < 50; n++) assert.ok(inCity(choosePlace(random, kind)), kind)
  }
  // Newport in Oregon, the nearest town, and San Francisco.
  assert.ok(!inCity({ latitude: 44.64, longitude: -124.05 }))
  assert.ok(!inCity({ latitude: 37.77, longitude: -122.42 }))
})

test('by day more calls come from where people work', () => {
  const centre = atlas.districts.findIndex(({ name }) => name === 'Old Harbor')
  const [night, day] = [districtWeights(atlas, 3)[centre]!, districtWeights(atlas, 11)[centre]!]
  assert.ok(day > night * 1.5, `${night} at night, ${day} by day`)
  const whole = districtWeights(atlas, 11).reduce((sum, one) => sum + one, 0)
  assert.ok(Math.abs(whole - 1) < 1e-9)
})

test('a door stands beside its street, odd numbers on the left', () => {
  const street = segments.find(({ left }) => left && left.to - left.from > 8)!
  const [odd, even] = [doorAt(street, street.left!.from + 4), doorAt(street, street.right!.from + 4)]
  const apart = metresBetween(odd, even)
  assert.ok(apart > 20 && apart < 40, `${apart} m apart`)
})
