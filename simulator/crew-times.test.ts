import assert from 'node:assert/strict'
import { test } from 'node:test'
import { emergencyTypes } from '@toneout/contract/model/call.ts'
import { drawCrewTimes, drawPatients } from './crew-times.ts'
import { createRandom } from './random.ts'

const many = Array.from({ length: 2_000 }, (_, n) => n)

test('the same seed draws the same crew, whatever was drawn before', () => {
  const draw = () => drawCrewTimes(createRandom('city').stream('crew 17'), 'STROKE')
  assert.deepEqual(draw(), draw())
  const other = drawCrewTimes(createRandom('city').stream('crew 18'), 'STROKE')
  assert.notDeepEqual(other, draw())
})

test('crews take minutes, and no crew takes for ever', () => {
  for (const type of emergencyTypes) {
    const drawn = many.map((n) => drawCrewTimes(createRandom(`${type} ${n}`), type))
    for (const { acknowledge, turnout, scene, handover, ready, pace } of drawn) {
      assert.ok(acknowledge >= 5 && acknowledge <= 20 && turnout >= 20 && turnout <= 90)
      assert.ok(scene > 60 && scene < 45 * 60 && handover > 60 && handover < 30 * 60)
      assert.ok(ready > 20 && ready < 20 * 60 && pace > 0.6 && pace < 1.6)
    }
    const scenes = drawn.map(({ scene }) => scene / 60).sort((a, b) => a - b)
    const median = scenes[1_000] ?? 0
    assert.ok(median > 6 && median < 13, `${type}: ${median} min`)
    assert.ok((scenes[1_800] ?? 0) > median * 1.4, 'some take far longer')
  }
})

test('most patients are taken to a hospital, of a fire few, and nobody is taken twice', () => {
  const share = (type: (typeof emergencyTypes)[number]) =>
    many.filter((n) => drawPatients(createRandom(`${n}`), type).total > 0).length / many.length
  assert.ok(share('STROKE') > 0.9)
  assert.ok(share('MEDICAL') > 0.58 && share('MEDICAL') < 0.7)
  assert.ok(share('FIRE') < 0.15)
  assert.equal(drawPatients(createRandom('1'), 'MEDICAL').takers.size, 0)
  const fires = new Set(many.map((n) => drawPatients(createRandom(`${n}`), 'FIRE').otherwise))
  assert.ok(!fires.has('TREATED_AND_RELEASED') && fires.has('FALSE_ALARM'))
})
