import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { citySeed } from './atlas.ts'
import { drawAreas } from './draw-areas.ts'
import { inCity } from './projection.ts'

const { features } = drawAreas(citySeed)
const of = (kind: string) => features.filter(({ properties }) => properties.kind === kind)

describe('water and parks of the city', () => {
  it('are the same for the same seed', () => assert.deepEqual(drawAreas(citySeed), drawAreas(citySeed)))

  it('are the sea, the river and the parks, each closed', () => {
    assert.deepEqual(
      of('WATER').map(({ properties }) => properties.name),
      ['Sea', 'River'],
    )
    assert.ok(of('PARK').length >= 5)
    for (const { geometry, properties } of [...of('WATER'), ...of('PARK')]) {
      assert.ok(geometry.type === 'Polygon')
      const [ring = []] = geometry.coordinates
      assert.ok(ring.length > 8, `${properties.name} has ${ring.length} points`)
      assert.deepEqual(ring[0], ring.at(-1))
    }
  })

  it('and names of districts, all of them in the city', () => {
    assert.ok(of('DISTRICT').length > 15)
    for (const { geometry, properties } of of('DISTRICT')) {
      const [longitude = 0, latitude = 0] = geometry.coordinates as number[]
      assert.ok(inCity({ latitude, longitude }), properties.name)
    }
  })
})
