import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { chipsOf, queryOf, startOfPeriod, stepToView, viewOf } from './list-query.ts'

const now = new Date(2026, 10, 21, 7, 40).getTime()
const local = (year: number, month: number, day: number) => new Date(year, month - 1, day).toISOString()
const words = (address: string) => new URLSearchParams(address)

describe('the query of an address', () => {
  for (const [address, query] of [
    ['', {}],
    ['status=ACTIVE&emergency_type=FIRE', { status: 'ACTIVE', emergency_type: 'FIRE' }],
    ['status=ASLEEP&who=me&ordering=-password', {}],
    ['status=active', {}],
    ['ordering=created_at&lost_contact=true', { ordering: 'created_at', lost_contact: 'true' }],
    ['ordering=-created_at', {}],
    ['search=%20Pier%204%20&call=CA-1', { search: 'Pier 4', ordering: 'relevance' }],
    ['search=Pier&ordering=-created_at', { search: 'Pier' }],
    ['search=%20', {}],
    ['open=true&review=NEEDED&tag=press', { open: 'true', review: 'NEEDED', tag: 'press' }],
    ['from=2026-11-20', { created_after: local(2026, 11, 20) }],
    ['to=2026-11-30', { created_before: local(2026, 12, 1) }],
    ['from=2026-02-30&to=tomorrow', {}],
    ['received=7d&from=2020-01-01', { created_after: local(2026, 11, 15) }],
    ['received=decade', {}],
  ] as const) {
    it(address || 'nothing', () => assert.deepEqual(queryOf(words(address), now), query))
  }

  it('asks for no more than the server takes', () => {
    assert.equal(queryOf(words(`search=${'x'.repeat(500)}`), now).search?.length, 200)
  })

  it('periods begin with local days', () => {
    assert.equal(startOfPeriod('today', now), local(2026, 11, 21))
    assert.equal(startOfPeriod('30d', now), local(2026, 10, 23))
    assert.equal(startOfPeriod('year', now), local(2026, 1, 1))
  })
})

describe('a view of the list', () => {
  it('is its filters, order and columns, and goes from one to the other', () => {
    const shown = 'status=ACTIVE&ordering=created_at&columns=type'
    assert.equal(viewOf(words(`${shown}&call=CA-1`)), shown)
    const step = stepToView('review=NEEDED&call=CA-2')
    assert.deepEqual([step.review, step.status, step.columns, step.call], ['NEEDED', '', '', undefined])
  })

  it('has a chip for each filter that is set, which takes it away', () => {
    const chips = chipsOf(words('received=7d&priority_level=HIGH&tag=press&status=ASLEEP&search=x'))
    assert.deepEqual(
      chips.map(({ label, words: shown }) => `${label} ${shown}`),
      ['Received last 7 days', 'Priority Priority 2, high', 'Tag press'],
    )
    assert.deepEqual(chips[1]?.clears, { priority_level: '' })
  })
})
