import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { CsvFault, readCsvRows } from './csv-rows.ts'

async function* pieces(text: string, size: number) {
  for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
}

async function read(text: string, needed: string[] = [], size = 3) {
  const rows: object[] = []
  for await (const { line, fields } of readCsvRows('a.csv', pieces(text, size), needed))
    rows.push([line, fields])
  return rows
}

describe('rows of a CSV file', () => {
  const cases: [what: string, text: string, rows: object[]][] = [
    ['plain', 'a,b\n1,2\n', [[2, { a: '1', b: '2' }]]],
    ['no line end at the end', 'a,b\r\n1,2', [[2, { a: '1', b: '2' }]]],
    ['quotes, commas and quotes in quotes', 'a,b\n"1,""x""",2\n', [[2, { a: '1,"x"', b: '2' }]]],
    [
      'a line end in quotes',
      'a,b\n"1\n2",3\n4,5\n',
      [
        [3, { a: '1\n2', b: '3' }],
        [4, { a: '4', b: '5' }],
      ],
    ],
    ['a byte order mark and blanks around names', '\ufeff a ,b\n1,2\n', [[2, { a: '1', b: '2' }]]],
    ['empty lines', 'a,b\n\n1,2\n\n', [[3, { a: '1', b: '2' }]]],
    ['only names', 'a,b\n', []],
  ]
  for (const [what, text, rows] of cases) {
    test(what, async () => {
      for (const size of [1, 2, 1_000]) assert.deepEqual(await read(text, ['a'], size), rows)
    })
  }

  const faults: [what: string, text: string, words: RegExp][] = [
    ['nothing', '', /a\.csv is empty/],
    ['a column is missing', 'a,b\n1,2\n', /has no column c/],
    ['fields are missing', 'a,b,c\n1,2\n', /line 2: 2 fields, expected 3/],
    ['a quote is never closed', 'a,b,c\n1,2,"3\n', /line \d+: is not CSV/],
    ['a quote inside a field', 'a,b,c\n1,2"2,3\n', /line 2: is not CSV/],
    ['a row without an end', `a,b,c\n${'x'.repeat(1_100_000)}`, /is longer than a row may be/],
    ['too many columns', `${'a,'.repeat(600)}c\n`, /more than 500 columns/],
  ]
  for (const [what, text, words] of faults) {
    test(`is refused: ${what}`, async () => {
      const refused = (error: Error) => error instanceof CsvFault && words.test(error.message)
      await assert.rejects(read(text, ['c'], 64), refused)
    })
  }
})
