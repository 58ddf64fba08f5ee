import assert from 'node:assert/strict'
import { test } from 'node:test'
import { refuseDuty, refuseRetirement, sortPositions, stationFault } from './rules.ts'

const unit = { unit_number: 'M03', duty: 'AVAILABLE', retired_at: null } as const
const retired = { ...unit, retired_at: '2026-11-20T00:00:00.000Z' }

test('a duty is set while the unit is free and in use', () => {
  assert.equal(refuseDuty(unit, undefined), undefined)
  assert.equal(refuseDuty(unit, 'ASSIGNED')?.refused, 'unit_busy')
  assert.match(refuseDuty(unit, 'AT_PATIENT')?.detail ?? '', /^M03 is ON_SCENE;/)
  assert.equal(refuseDuty(retired, undefined)?.refused, 'retired')
})

test('a unit is retired while free', () => {
  assert.equal(refuseRetirement(unit, undefined), undefined)
  assert.equal(refuseRetirement(unit, 'HANDOVER_DONE')?.refused, 'in_use')
})

test('units wait at stations in use', () => {
  assert.equal(stationFault(true), undefined)
  assert.match(stationFault(false) ?? '', /out of use/)
  assert.match(stationFault(undefined) ?? '', /no such/)
})

const now = new Date('2026-11-21T07:00:00.000Z')
const at = (seconds: number) => new Date(now.getTime() + seconds * 1_000).toISOString()
const place = { latitude: 1, longitude: 2 }
const known = [
  { id: 1, unit_number: 'M01', position_at: null },
  { id: 2, unit_number: 'M02', position_at: at(-10) },
]

type Report = Parameters<typeof sortPositions>[0][number]
const cases: [what: string, reports: Report[], newest: [number, string][], rest: object][] = [
  ['a first position, now', [{ id: 1, ...place }], [[1, at(0)]], {}],
  ['one by number', [{ unit_number: 'M02', ...place, at: at(-9) }], [[2, at(-9)]], {}],
  ['one of the same moment', [{ id: 2, ...place, at: at(-10) }], [[2, at(-10)]], {}],
  ['an older one', [{ id: 2, ...place, at: at(-10.001) }], [], { outdated: 1 }],
  ['one just ahead', [{ id: 1, ...place, at: at(5) }], [[1, at(5)]], {}],
  [
    'one too far ahead',
    [{ id: 1, ...place, at: at(5.001) }],
    [],
    { in_future: [{ id: 1, unit_number: null }] },
  ],
  ['an unknown one', [{ unit_number: 'X', ...place }], [], { unknown: [{ id: null, unit_number: 'X' }] }],
  [
    'the newest of several, by ascending id',
    [
      { id: 2, ...place, at: at(-2) },
      { id: 1, ...place, at: at(-3) },
      { unit_number: 'M01', ...place, at: at(-1) },
      { id: 1, ...place, at: at(-2) },
    ],
    [
      [1, at(-1)],
      [2, at(-2)],
    ],
    { outdated: 2 },
  ],
]
for (const [what, reports, newest, rest] of cases) {
  test(`positions: ${what}`, () => {
    const sorted = sortPositions(reports, known, now)
    assert.deepEqual(
      sorted.newest.map((one) => [one.id, one.at]),
      newest,
    )
    assert.deepEqual(sorted, { outdated: 0, unknown: [], in_future: [], ...rest, newest: sorted.newest })
  })
}
