import assert from 'node:assert/strict'
import { test } from 'node:test'
import { onewayOf, placeKindOf, roadClassOf, speedOf, type Tags } from './osm-tags.ts'

const table = <T>(name: string, of: (tags: Tags) => T, cases: readonly [Tags, T][]) => {
  for (const [tags, expected] of cases) {
    test(`${name} of ${JSON.stringify(tags)}`, () => assert.equal(of(tags), expected))
  }
}

table('class', roadClassOf, [
  [{ highway: 'motorway_link' }, 'motorway'],
  [{ highway: 'residential' }, 'residential'],
  [{ highway: 'road' }, 'unclassified'],
  [{ highway: 'footway' }, undefined],
  [{ highway: 'constructor' }, undefined],
  [{ highway: 'service', access: 'private' }, 'service'],
  [{ highway: 'service', access: 'no' }, undefined],
  [{ highway: 'service', access: 'no', emergency: 'yes' }, 'service'],
  [{ highway: 'primary', motor_vehicle: 'no' }, 'primary'],
  [{ highway: 'service', emergency: 'no' }, undefined],
  [{ highway: 'service', area: 'yes' }, undefined],
  [{}, undefined],
])

table('one-way', onewayOf, [
  [{ highway: 'primary' }, 'no'],
  [{ highway: 'primary', oneway: 'yes' }, 'forward'],
  [{ highway: 'primary', oneway: '-1' }, 'backward'],
  [{ highway: 'motorway' }, 'forward'],
  [{ highway: 'motorway_link', oneway: 'no' }, 'no'],
  [{ highway: 'residential', junction: 'roundabout' }, 'forward'],
  [{ highway: 'residential', junction: 'roundabout', oneway: '-1' }, 'backward'],
  [{ highway: 'primary', oneway: 'reversible' }, 'no'],
])

table('speed', speedOf, [
  [{ maxspeed: '50' }, 50],
  [{ maxspeed: '30 mph' }, 48.28032],
  [{ maxspeed: '30mph' }, 48.28032],
  [{ maxspeed: 'walk' }, 7],
  [{ maxspeed: 'none' }, undefined],
  [{ maxspeed: 'DE:urban' }, undefined],
  [{ maxspeed: '0' }, undefined],
  [{ maxspeed: '999' }, undefined],
  [{}, undefined],
])

table('place', placeKindOf, [
  [{ amenity: 'hospital', name: 'St Mary' }, 'hospital'],
  [{ amenity: 'hospital' }, undefined],
  [{ leisure: 'park', name: 'Green' }, 'park'],
  [{ amenity: 'bench', name: 'Old bench' }, undefined],
])
