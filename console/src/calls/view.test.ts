import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { shows } from '../live/listing.ts'
import { boardSets, fields, readView, type View, writeView } from './view.ts'

const ordinary: View = { show: 'all', search: '', call: null, incident: null, boards: 'calls', field: 'map' }

describe('the address', () => {
  it('is empty for the ordinary view', () => {
    assert.equal(writeView(ordinary), '')
    assert.deepEqual(readView(''), ordinary)
  })

  it('ignores what it does not know', () => {
    const query = '?show=everything&search=%20&call=&incident=1e3&boards=none&x=1'
    assert.deepEqual(readView(query), ordinary)
    for (const wrong of ['0', '-1', '1.5', '0x1', '9'.repeat(16)]) {
      assert.equal(readView(`?incident=${wrong}`).incident, null)
    }
  })

  it('selects a call or an incident, never both', () => {
    assert.deepEqual(readView('?call=CA1&incident=7'), { ...ordinary, incident: 7 })
  })

  it('brings back every view that it was made from', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 }).map((words) => words.trim())
    const call = fc.option(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }))
    const incident = fc.integer({ min: 1, max: 999_999_999_999_999 })
    const selected = fc.oneof(
      call.map((sid) => ({ call: sid, incident: null })),
      incident.map((id) => ({ call: null, incident: id })),
    )
    const view = fc.record(
      {
        show: fc.constantFrom(...shows),
        search: text,
        selected,
        boards: fc.constantFrom(...boardSets),
        field: fc.constantFrom(...fields),
      },
      { noNullPrototype: true },
    )
    const written = view.map(({ selected: each, ...rest }): View => ({ ...rest, ...each }))
    fc.assert(fc.property(written, (given) => assert.deepEqual(readView(writeView(given)), given)))
  })
})
