import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { isTyped, lineAct, listAct, type Press, pageAct, stepTo } from './keys.ts'

const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  code: '',
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

  it('have an act of their own, from anywhere', () => {
    const acts = ['F1', 'F4', 'F8', 'F9', 'Escape'].map((key) => pageAct(press(key)))
    assert.deepEqual(acts, ['help', 'take_over', 'unit_list', 'acknowledge', 'clear'])
    assert.equal(pageAct(press('k', { ctrlKey: true })), 'find')
    assert.equal(pageAct(press('z', { metaKey: true })), 'undo')
    assert.equal(pageAct(press('z', { ctrlKey: true, altKey: true })), null)
    assert.deepEqual(pageAct(press('¡', { altKey: true, code: 'Digit1' })), { row: 1 })
    assert.equal(pageAct(press('0', { altKey: true, code: 'Digit0' })), null)
  })

  it('in the line run it, move and complete; letters are typed into it', () => {
    const acts = ['Enter', 'ArrowUp', 'ArrowDown', 'Tab', 'a'].map((key) => lineAct(press(key)))
    assert.deepEqual(acts, ['run', 'up', 'down', 'complete', null])
    assert.equal(lineAct(press('Enter', { shiftKey: true })), null)
    assert.deepEqual([isTyped(press('a')), isTyped(press('A', { shiftKey: true }))], [true, true])
    assert.deepEqual([isTyped(press('F2')), isTyped(press('a', { ctrlKey: true }))], [false, false])
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
      'n',
      't',
      'w',
      'F3',
      'F6',
      'F10',
      'F11',
      'F12',
    ]
    const presses = fc.record({
      key: fc.constantFrom(...keys),
      code: fc.constantFrom('', 'KeyA'),
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
        const theirs = keys.slice(keys.indexOf('a')).filter((key) => key !== 'F2')
        if (foreign || theirs.includes(given.key)) assert.equal(acts.length, 0)
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
