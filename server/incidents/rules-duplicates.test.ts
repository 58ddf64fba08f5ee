import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { emergencyTypes } from '@toneout/contract/model/call.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import { at, incident } from '../test/support/rows.ts'
import { kinOf, suggestDuplicates } from './rules-duplicates.ts'

describe('suggesting duplicates', () => {
  /** 0.001 degrees of latitude are 111.2 m. */
  const north = (metres: number) => ({ latitude: 37.77 + metres / 111_195 })
  const blank = { latitude: null, longitude: null }
  const cases: [string, Partial<Incident>, Partial<Incident>, [number | null, number, string?] | null][] = [
    ['here and now', {}, {}, [0, 0, '0 m away, received in the same minute']],
    [
      '249 m and 20 minutes',
      {},
      { ...north(249), received_at: at(20) },
      [249, 20, '249 m away, received 20 min later'],
    ],
    ['251 m', {}, north(251), null],
    ['21 minutes later', {}, { received_at: at(21) }, null],
    ['20 minutes before', { received_at: at(20) }, {}, [0, 20, '0 m away, received 20 min earlier']],
    [
      'the same family',
      {},
      { emergency_type: 'TRAUMA' },
      [0, 0, '0 m away, received in the same minute, told as TRAUMA'],
    ],
    ['another family', {}, { emergency_type: 'FIRE' }, null],
    ['itself', {}, { id: 1 }, null],
    ['closed', {}, { status: 'CLOSED' }, null],
    [
      'words, neither has a position',
      blank,
      { ...blank, location: ' 12 HARBOUR  St. ' },
      [null, 0, 'The place is told in the same words, received in the same minute'],
    ],
    ['words, one has a position', {}, blank, [null, 0]],
    ['words, half a position', {}, { longitude: null }, [null, 0]],
    ['other words', blank, { ...blank, location: '13 Harbour St' }, null],
    ['words too late', blank, { ...blank, received_at: at(21) }, null],
    ['no words', { ...blank, location: '' }, { ...blank, location: ' - ' }, null],
    ['equal words far away', {}, north(5_000), null],
  ]
  for (const [name, mine, theirs, expected] of cases) {
    test(name, () => {
      const found = suggestDuplicates(incident(mine), [incident({ id: 2, ...theirs })])
      const [metres, minutes, reason = found[0]?.reason] = expected ?? []
      assert.deepEqual(found, expected ? [{ incident_id: 2, metres, minutes, reason }] : [])
    })
  }
  test('nearest first, then the shortest time apart, words last, five at most', () => {
    const places = [blank, north(200), { ...north(100), received_at: at(9) }, north(100), north(1), north(50)]
    const open = places.map((more, at) => incident({ id: at + 2, ...more }))
    const found = (list: Incident[]) => suggestDuplicates(incident(), list).map((one) => one.incident_id)
    assert.deepEqual(found(open), [6, 7, 5, 4, 3])
    assert.deepEqual(found(open.slice(0, 3)), [4, 3, 2])
  })
  test('kin are the types whose incidents are suggested', () => {
    for (const type of emergencyTypes) {
      const kin = emergencyTypes.filter(
        (other) =>
          suggestDuplicates(incident({ emergency_type: type }), [incident({ id: 2, emergency_type: other })])
            .length > 0,
      )
      assert.deepEqual(kinOf(type), kin)
    }
  })
})
