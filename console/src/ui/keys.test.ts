import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { listAct, type Press, pageAct, stepTo } from './keys.ts'

const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  altKey: false,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  isComposing: false,
  ...more,
})

describe('keys', () => {
  it('with Alt move between calls from anywhere, without it only in a list', () => {
    assert.equal(pageAct(press('ArrowDown', { altKey: true })), 'next_call')
    assert.equal(pageAct(press('ArrowUp', { altKey: true })), 'previous_call')
    assert.equal(listAct(press('ArrowDown', { altKey: true })), null)
    assert.equal(listAct(press('ArrowDown')), 'next')
    assert.equal(pageAct(press('ArrowDown')), null)
  })

  it('step to the next waiting incident by F2 alone', () => {
    assert.equal(pageAct(press('F2')), 'next_waiting')
    assert.equal(pageAct(press('F2', { altKey: true })), null)
    assert.equal(pageAct(press('F3')), null)
  })

  it('are never both, and never taken from the browser, letters or an input method', () => {
    const keys = [
      'ArrowDown',
      'ArrowUp',
      'Home',
      'End',
      'PageDown',
      'PageUp',
      'Enter',
      'a',
      '/',
      'F2',
      'F5',
      'Tab',
    ]
    const presses = fc.record({
      key: fc.constantFrom(...keys),
      altKey: fc.boolean(),
      ctrlKey: fc.boolean(),
      metaKey: fc.boolean(),
      shiftKey: fc.boolean(),
      isComposing: fc.boolean(),
    })
    fc.assert(
      fc.property(presses, (given) => {
        const acts = [pageAct(given), listAct(given)].filter((act) => act !== null)
        assert.ok(acts.length <= 1)
        const foreign = given.ctrlKey || given.metaKey || given.shiftKey || given.isComposing
        if (foreign || ['a', '/', 'F5', 'Tab'].includes(given.key)) assert.equal(acts.length, 0)
      }),
    )
  })

  it('lead to a row of the list', () => {
    assert.deepEqual([stepTo('next', 0, 3), stepTo('next', 2, 3), stepTo('previous', 0, 3)], [1, 2, 0])
    assert.deepEqual([stepTo('first', 2, 3), stepTo('last', 0, 3), stepTo('open', 1, 3)], [0, 2, 1])
    assert.deepEqual(
      [stepTo('page_down', 0, 30), stepTo('page_up', 12, 30), stepTo('page_down', 1, 3)],
      [10, 2, 2],
    )
  })
})
