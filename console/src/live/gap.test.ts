import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { addCalls, addLines, emptyBoard } from './board.ts'
import { changedIn, noGap, withChanged } from './gap.ts'
import { aCall, aLine, at } from './rows.fixture.ts'

const before = addLines(addCalls(emptyBoard, [aCall(1), aCall(2)], 5), 'CA1', [aLine(1, aCall(1))], 5)
const begunFrom = Date.parse(at(85))
const gap = { ...noGap, before, since: Date.parse(at(100)), end: Date.parse(at(160)), begunFrom }

describe('changes in a gap', () => {
  it('are changed rows, calls that began in it, and new words', () => {
    const changed = addCalls(before, [aCall(2, { status: 'COMPLETED' }), aCall(120)], 9)
    const after = addLines(changed, 'CA1', [aLine(2, aCall(1))], 9)
    assert.deepEqual(changedIn(gap, after, ['CA1', 'CA2', 'CA120', 'CA120']), ['CA1', 'CA2', 'CA120'])
  })

  it('are not rows that stayed as they were, nor older calls that were not loaded before', () => {
    const after = addCalls(before, [aCall(1), aCall(2), aCall(50)], 9)
    assert.deepEqual(changedIn(gap, after, ['CA1', 'CA2', 'CA50', 'CA999']), [])
  })

  it('are calls that began while the last word was on its way, whatever this clock says', () => {
    const after = addCalls(before, [aCall(90), aCall(80)], 9)
    for (const since of [gap.since, gap.since + 3_600_000]) {
      assert.deepEqual(changedIn({ ...gap, since }, after, ['CA90', 'CA80']), ['CA90'])
    }
  })

  it('are counted once', () => {
    assert.deepEqual([...withChanged(withChanged(gap, ['CA1']), ['CA1', 'CA2']).changed], ['CA1', 'CA2'])
    assert.equal(withChanged(noGap, []), noGap)
  })
})
