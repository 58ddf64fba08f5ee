import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Recommendation } from '@toneout/contract/operations/recommendations.ts'
import { changesOf, hospitalWords, newOrderId, unitsOf } from './plan.ts'

const pick = (unit_id: number) => ({
  unit_id,
  unit_number: `M${unit_id}`,
  unit_type: 'ADVANCED' as const,
  need: 'ADVANCED' as const,
  seconds: 60,
  metres: 900,
  source: 'crow' as const,
  position_old: false,
  reason: 'nearest ALS, estimated',
})
const miss = (unit_id: number, reason: string) => {
  const { unit_number, unit_type } = pick(unit_id)
  return { unit_id, unit_number, unit_type, seconds: 60, reason }
}
const plan = (picks: number[], more: Partial<Recommendation> = {}): Recommendation => ({
  incident_id: 1,
  needs: ['ADVANCED'],
  why: '',
  picks: picks.map(pick),
  near_misses: [],
  diverts: [],
  already_sent: [],
  unmet: [],
  hospitals: [],
  as_of: '2026-11-21T07:10:00.000Z',
  version: picks.join('.'),
  ...more,
})
const nowhere = () => null

describe('a plan', () => {
  it('is said by its units', () => {
    assert.equal(unitsOf(plan([3, 12])), 'M3 + M12')
    assert.equal(unitsOf(plan([])), '')
  })

  const cases: [string, Recommendation, Recommendation, (id: number) => string | null, string][] = [
    [
      'a unit that is on another incident',
      plan([1, 2]),
      plan([3, 2], { near_misses: [miss(1, 'On I-26-000007')] }),
      nowhere,
      'M1: on I-26-000007. The plan is now M3 + M2.',
    ],
    [
      'a unit that is far down the list, by what the board says',
      plan([1]),
      plan([3]),
      () => 'en route',
      'M1: en route. The plan is now M3.',
    ],
    ['nothing known of it', plan([1]), plan([3]), nowhere, 'M1: no longer in the plan. The plan is now M3.'],
    [
      'a unit that somebody else sent to the same incident',
      plan([1]),
      plan([], { already_sent: [1] }),
      nowhere,
      'M1: already sent to this incident. Nobody else is needed.',
    ],
    [
      'nobody being left',
      plan([1]),
      plan([], { unmet: ['ADVANCED'], near_misses: [miss(1, 'Out of service')] }),
      nowhere,
      'M1: out of service. No unit may go now.',
    ],
    ['a unit more', plan([1]), plan([1, 2]), nowhere, 'The plan is now M1 + M2.'],
    [
      'drive times alone',
      plan([1]),
      plan([1], { version: 'x' }),
      nowhere,
      'The units are the same; their drive times have changed.',
    ],
  ]
  for (const [name, before, now, elsewhere, words] of cases) {
    it(`tells of ${name}`, () => assert.equal(changesOf(before, now, elsewhere), words))
  }

  it('names what hospitals have and lack in words', () => {
    const words = [
      ['No PCI, 4:10 estimated', 'No heart catheter laboratory (PCI), 4:10 estimated'],
      ['STROKE, 4:10 by road, load HIGH', 'Stroke unit, 4:10 by road, high load'],
      ['Full, no TRAUMA, no drive time', 'Full, no trauma centre, no drive time'],
      ['4:10 by road, on advisory, 2 inbound', '4:10 by road, on advisory, 2 inbound'],
    ] as const
    for (const [reason, told] of words) assert.equal(hospitalWords(reason), told)
  })

  it('is ordered under a number of its own', () => {
    const ids = Array.from({ length: 100 }, newOrderId)
    assert.equal(new Set(ids).size, 100)
    for (const id of ids) assert.match(id, /^desk-[0-9a-f]{32}$/)
  })
})
