import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Cell, toCsv } from './csv.ts'

const cases: [Cell, string][] = [
  [null, ''],
  [-1.5, '-1.5'],
  ['M03', 'M03'],
  ['=1+1', "'=1+1"],
  ['-2+3', "'-2+3"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['Old "Quay", north', '"Old ""Quay"", north"'],
  ['=a,b', '"\'=a,b"'],
  ['two\nlines', '"two\nlines"'],
]
for (const [value, expected] of cases) {
  test(`${JSON.stringify(value)}`, () =>
    assert.equal(toCsv({ columns: ['a'], rows: [[value]] }), `\uFEFFa\r\n${expected}\r\n`))
}
