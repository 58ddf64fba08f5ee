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

  it('reach beyond what a map shows from afar, with the coast of the city as it was', () => {
    const sea = of('WATER')[0]?.geometry
    assert.ok(sea?.type === 'Polygon')
    const [ring = []] = sea.coordinates
    const [longitudes, latitudes] = [0, 1].map((at) => ring.map((one) => one[at] as number)) as [
      number[],
      number[],
    ]
    const corners = [Math.min(...longitudes), Math.min(...latitudes), Math.max(...latitudes)]
    // A page of 1,600 pixels at zoom 6 shows 18 degrees to each side.
    assert.deepEqual(
      corners.map((one, at) => Math.abs(one - (at === 0 ? -127.48 : 44.62)) > 25),
      [true, true, true],
    )
    const near = ring.filter(([, latitude = 0]) => Math.abs(latitude - 44.62) < 0.3)
    assert.ok(near.length > 200 && near.every(([longitude = 0]) => Math.abs(longitude + 127.48) < 0.12))
  })

  it('and names of districts, all of them in the city', () => {
    assert.ok(of('DISTRICT').length > 15)
    for (const { geometry, properties } of of('DISTRICT')) {
      const [longitude = 0, latitude = 0] = geometry.coordinates as number[]
      assert.ok(inCity({ latitude, longitude }), properties.name)
    }
  })
})
