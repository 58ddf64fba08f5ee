import assert from 'node:assert/strict'
import { test } from 'node:test'
import { instantsOf, readDays } from './period.ts'

const now = new Date(2026, 10, 21, 7).getTime()
const cases: [string | null, string | null, string, string][] = [
  [null, null, '2026-10-25', '2026-11-21'],
  ['2026-11-01', '2026-11-30', '2026-11-01', '2026-11-30'],
  ['2026-11-01', null, '2026-11-01', '2026-11-21'],
  ['2026-12-01', '2026-11-21', '2026-10-25', '2026-11-21'],
  ['soon', '1=1', '2026-10-25', '2026-11-21'],
]
for (const [first, last, ...expected] of cases) {
  test(`from ${first} to ${last}`, () => {
    const days = readDays(first, last, now)
    assert.deepEqual([days.first, days.last], expected)
  })
}

test('a day lasts to the midnight after it', () => {
  const { from, to } = instantsOf({ first: '2026-11-21', last: '2026-11-21' })
  assert.equal(new Date(from).getTime(), new Date(2026, 10, 21).getTime())
  assert.equal(new Date(to).getTime(), new Date(2026, 10, 22).getTime())
})
