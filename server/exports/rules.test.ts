import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { csvCell, fileName, harmless, sheetRow, toldFilters } from './rules.ts'

describe('text that a spreadsheet would run', () => {
  const cases: [string, boolean][] = [
    ['=1+1', true],
    ['+15550142', true],
    ['-2', true],
    ['@SUM(A1)', true],
    ['\tx', true],
    ['\rx', true],
    ['\nx', true],
    [' =1+1', true],
    ['\u00A0=1+1', true],
    ['\u200B=1+1', true],
    ['\0=1+1', true],
    ['\uFF1D1+1', true],
    ['\uFF20A1', true],
    ['21 Harbour Street', false],
    ['a=b', false],
    ["'=1", false],
    ['', false],
  ]
  for (const [text, runs] of cases) {
    test(JSON.stringify(text), () => assert.equal(harmless(text), runs ? `'${text}` : text))
  }
})

test('a cell keeps numbers and flags as they are', () => {
  const cells = [-122.4, 0, true, null, undefined, ['=x', 'b'], { at: 1 }].map(csvCell)
  assert.deepEqual(cells, ['-122.4', '0', 'true', '', '', "'=x; b", '{"at":1}'])
})

test('a row of a sheet has text that is never a formula, and no sign that XML cannot hold', () => {
  assert.equal(
    sheetRow(['=1<2&"\u0001\uFFFF', -1.5, false, null, '_x000D_']),
    '<row><c t="inlineStr"><is><t xml:space="preserve">=1&lt;2&amp;"</t></is></c><c><v>-1.5</v></c>' +
      '<c t="b"><v>0</v></c><c/>' +
      '<c t="inlineStr"><is><t xml:space="preserve">_x005F_x000D_</t></is></c></row>',
  )
})

test('what was searched for is told nowhere', () => {
  const filters = { search: '+1555', caller_number: '+1555', status: 'ACTIVE', lost_contact: undefined }
  assert.deepEqual(toldFilters(filters), { search: true, caller_number: true, status: 'ACTIVE' })
  const name = fileName('calls', toldFilters(filters), '2026-11-21T07:41:02.123Z', 'csv')
  assert.equal(name, 'calls_by-search_by-caller-number_status-active_20261121T074102Z.csv')
})

test('the name of a file is short and has nothing that a header or a path could trip over', () => {
  const filters = { status: ['A"B', '../c'], incident_number: '\r\nx: y', long: 'x'.repeat(500) }
  const name = fileName('calls', filters, '2026-11-21T07:41:02.123Z', 'ndjson')
  assert.match(name, /^[a-z0-9_-]{1,150}_20261121T074102Z\.ndjson$/)
})
