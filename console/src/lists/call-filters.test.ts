import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { queryOf } from './call-filters.ts'

const local = (year: number, month: number, day: number) => new Date(year, month - 1, day).toISOString()

describe('the query of an address', () => {
  for (const [address, query] of [
    ['', {}],
    ['status=ACTIVE&emergency_type=FIRE', { status: 'ACTIVE', emergency_type: 'FIRE' }],
    ['status=ASLEEP&who=me&ordering=-password', {}],
    ['status=active', {}],
    ['ordering=created_at&lost_contact=true', { ordering: 'created_at', lost_contact: 'true' }],
    ['ordering=-created_at', {}],
    ['search=%20Pier%204%20&call=CA-1', { search: 'Pier 4' }],
    ['search=%20', {}],
    ['from=2026-11-20', { created_after: local(2026, 11, 20) }],
    ['to=2026-11-30', { created_before: local(2026, 12, 1) }],
    ['from=2026-02-30&to=tomorrow', {}],
  ] as const) {
    it(address || 'nothing', () => assert.deepEqual(queryOf(new URLSearchParams(address)), query))
  }

  it('asks for no more than the server takes', () => {
    const words = new URLSearchParams({ search: 'x'.repeat(500) })
    assert.equal(queryOf(words).search?.length, 200)
  })
})
