import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { shows } from '../live/listing.ts'
import { readView, writeView } from './view.ts'

describe('the address', () => {
  it('is empty for the ordinary view', () => {
    assert.equal(writeView({ show: 'all', search: '', call: null }), '')
    assert.deepEqual(readView(''), { show: 'all', search: '', call: null })
  })

  it('ignores what it does not know', () => {
    assert.deepEqual(readView('?show=everything&search=%20&call=&x=1'), {
      show: 'all',
      search: '',
      call: null,
    })
  })

  it('brings back every view that it was made from', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 40 }).map((words) => words.trim())
    const call = fc.option(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }))
    const view = fc.record({ show: fc.constantFrom(...shows), search: text, call }, { noNullPrototype: true })
    fc.assert(fc.property(view, (given) => assert.deepEqual(readView(writeView(given)), given)))
  })
})
