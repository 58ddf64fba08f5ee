import assert from 'node:assert/strict'
import { test } from 'node:test'
import { choosePlace, corner, findPlace, inCity } from './city.ts'
import { createRandom } from './random.ts'
import { metresBetween } from './travel.ts'

test('words of a street are found near the place they are of', () => {
  const random = createRandom('places')
  for (let n = 0; n < 300; n++) {
    const kind = random.pick(['home', 'corner', 'landmark'] as const)
    const place = choosePlace(random, kind)
    const ways = kind === 'corner' ? [place.address, place.written] : [place.address, place.written]
    for (const words of ways) {
      const found = findPlace(words)
      assert.ok(found, words)
      assert.ok(metresBetween(found, place) < 150, `${words}: ${metresBetween(found, place)} m`)
    }
    const found = findPlace(`${place.street}, ${place.district}`)
    assert.ok(found && metresBetween(found, place) < 1_300, place.street)
  }
})

test('words without a street of the city are no place', () => {
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
  assert.ok(inCity(corner('Millrace', 0, 3)))
  // Newport in Oregon, the nearest town, and San Francisco.
  assert.ok(!inCity({ latitude: 44.64, longitude: -124.05 }))
  assert.ok(!inCity({ latitude: 37.77, longitude: -122.42 }))
})
