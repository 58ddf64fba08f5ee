import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { darkPath } from './dark-path.ts'

/** Fills in what a path of horizontal strokes covers. */
function drawn(path: string, width: number, height: number): boolean[][] {
  const rows = Array.from({ length: height }, () => Array.from({ length: width }, () => false))
  for (const [, x, y, w] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    for (let at = 0; at < Number(w); at += 1) {
      assert.equal(rows[Number(y)]?.[Number(x) + at], false, 'no square is drawn twice')
      rows[Number(y)]![Number(x) + at] = true
    }
  }
  return rows
}

describe('the path of dark squares', () => {
  it('covers them and nothing else, with one stroke for neighbours', () => {
    const row = fc.array(fc.boolean(), { minLength: 9, maxLength: 9 })
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 9 }), (rows) => {
        const path = darkPath(rows)
        assert.deepEqual(drawn(path, 9, rows.length), rows)
        assert.equal(path.replace(/M\d+ \d+h(\d+)v1h-\1z/g, ''), '')
      }),
    )
    assert.equal(darkPath([[true, true, false, true]]), 'M0 0h2v1h-2zM3 0h1v1h-1z')
  })
})
