import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { FoundAddress } from '@toneout/contract/operations/addresses.ts'
import { aboutAddress } from './address-words.ts'

const found: FoundAddress = {
  label: '3rd St & Mission St',
  ...{ latitude: 37.78, longitude: -122.4, note: null },
  ...{ kind: 'intersection', confidence: 0.954, accuracy_m: 15, source: 'gazetteer' },
}
const cases: [change: Partial<FoundAddress>, words: string][] = [
  [{}, 'Corner, ±15 m, 95 % sure, gazetteer'],
  [{ kind: 'street', accuracy_m: 1_250, source: 'photon' }, 'Street, ±1.3 km, 95 % sure, Photon'],
  [{ kind: 'position', source: 'coordinates', accuracy_m: 10 }, 'Position, ±10 m, as typed'],
]
for (const [change, words] of cases) {
  test(words, () => assert.equal(aboutAddress({ ...found, ...change }), words))
}
