import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, test } from 'node:test'
import { budgets, judgeParts, partsOf } from './console-budget.ts'

describe('the weight of the console', () => {
  const page =
    '<script src="/assets/theme-1.js"></script><script type="module" src="/assets/index-1.js"></script>'
  const built = new Map([
    ['theme-1.js', 'theme()'],
    ['index-1.js', 'import{a}from"./words-1.js";const b=()=>import(`./live-page-1.js`)'],
    ['live-page-1.js', "import './row-1.js';import('./help-1.js')"],
    ['row-1.js', 'import{c}from"./words-1.js"'],
    ['words-1.js', 'react'],
    ['help-1.js', 'help'],
    ['canvas-1.js', 'new maplibregl.Map()'],
    ['phone-1.js', 'import{a}from`./words-1.js`'],
  ])
  const phone = '<script type="module" src="/assets/phone-1.js"></script>'

  test('is of what is needed at first, of the map, and of the page of crews', () => {
    const parts = partsOf(built, { 'index.html': page, 'phone.html': phone })
    assert.deepEqual(
      Object.values(parts).map((names) => names.sort()),
      [
        ['index-1.js', 'live-page-1.js', 'row-1.js', 'theme-1.js', 'words-1.js'],
        ['canvas-1.js'],
        ['phone-1.js', 'words-1.js'],
      ],
    )
    assert.deepEqual(judgeParts(built, parts), [])
  })

  test('is told with the heaviest files when it is too much', () => {
    const heavy = randomBytes(budgets['the page of crews']).toString('base64')
    const parts = partsOf(built, { 'index.html': page, 'phone.html': phone })
    const [told, ...others] = judgeParts(new Map([...built, ['phone-1.js', heavy]]), parts)
    assert.match(told ?? '', /^the page of crews has \d+\.\d KB of 90\.0 KB: phone-1\.js \d+\.\d KB, /)
    assert.deepEqual(others, [])
  })
})
