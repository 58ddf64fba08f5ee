import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { addToCentre, emptyCentre, Positions } from './centre.ts'
import { positionAge, staffing, unitGroups } from './fleet.ts'
import { at, aUnit } from './rows.fixture.ts'

const groupsOf = (...units: ReturnType<typeof aUnit>[]) =>
  unitGroups(addToCentre(emptyCentre, { units }, 0).units)

describe('units', () => {
  it('stand by status in the order of the statuses, by number in the order people count', () => {
    const groups = groupsOf(
      aUnit(1, { unit_number: 'M10' }),
      aUnit(2, { unit_number: 'M2' }),
      aUnit(3, { status: 'OFF_DUTY' }),
      aUnit(4, { status: 'EN_ROUTE' }),
      aUnit(5, { retired_at: at(1) }),
    )
    const seen = groups.map(({ status, units }) => [status, units.map((unit) => unit.id)])
    assert.deepEqual(seen, [
      ['AVAILABLE', [2, 1]],
      ['EN_ROUTE', [4]],
      ['OFF_DUTY', [3]],
    ])
  })

  it('are staffed unless they are off duty, out of service or in maintenance', () => {
    const statuses = ['AVAILABLE', 'ON_SCENE', 'MAINTENANCE', 'OUT_OF_SERVICE', 'OFF_DUTY'] as const
    const units = statuses.map((status, id) => aUnit(id, { status }))
    assert.deepEqual(staffing(groupsOf(...units)), { available: 1, staffed: 2 })
    assert.deepEqual(staffing([]), { available: 0, staffed: 0 })
  })

  it('have positions that are fresh to 60 s, aged to 5 min, then old', () => {
    const ages = [0, 60, 61, 300, 301].map((seconds) => positionAge(at(0), Date.parse(at(seconds))))
    assert.deepEqual(ages, ['fresh', 'fresh', 'aged', 'aged', 'old'])
    assert.equal(positionAge(undefined, 0), 'none')
    assert.equal(positionAge(at(9), Date.parse(at(0))), 'fresh')
  })

  it('are where the newest report says, whatever brought it', () => {
    const positions = new Positions()
    assert.equal(positions.at(1), undefined)
    positions.hear([{ id: 1, position_at: at(20) }])
    positions.hear([
      { id: 1, position_at: at(10) },
      { id: 1, position_at: null },
      { id: 2, position_at: null },
    ])
    assert.deepEqual([positions.at(1), positions.at(2)], [at(20), undefined])
    positions.hear([{ id: 1, position_at: at(30) }])
    assert.equal(positions.at(1), at(30))
  })
})
