import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { amount, clockTime, dayOf, duration, offset, plural, position, startOfDay } from './format.ts'
import {
  answeredByWord,
  languageWord,
  onLineWords,
  plain,
  priorityWords,
  rankOf,
  statusWord,
} from './words.ts'

const local = (...parts: [number, number, number, number, number, number]) => new Date(...parts).toISOString()

describe('figures and times', () => {
  it('are m:ss, with hours when there are any, never negative', () => {
    assert.deepEqual([0, 9.9, 49, 600, 3_599].map(duration), ['0:00', '0:09', '0:49', '10:00', '59:59'])
    assert.deepEqual([duration(3_600), duration(45_988), duration(-4)], ['1:00:00', '12:46:28', '0:00'])
  })

  it('place a line at mm:ss of its call', () => {
    const from = '2026-11-21T07:00:00.000Z'
    assert.equal(offset(from, '2026-11-21T07:00:04.900Z'), '00:04')
    assert.equal(offset(from, '2026-11-21T07:12:00.000Z'), '12:00')
    assert.equal(offset(from, '2026-11-21T08:00:01.000Z'), '1:00:01')
    assert.equal(offset(from, '2026-11-21T06:59:59.000Z'), '00:00')
  })

  it('are local, 24 h with seconds, days with the month by name', () => {
    const at = local(2026, 10, 3, 19, 4, 5)
    assert.equal(clockTime(at), '19:04:05')
    assert.equal(dayOf(at, 'short'), '3 Nov')
    assert.equal(dayOf(at, 'long'), '3 November 2026')
    assert.equal(startOfDay(Date.parse(at)), local(2026, 10, 3, 0, 0, 0))
  })

  it('have thousands, and say when they are estimates', () => {
    assert.deepEqual(
      [0, 999, 1_000, 38_210, 1_234_567].map((n) => amount(n)),
      ['0', '999', '1,000', '38,210', '1,234,567'],
    )
    assert.equal(amount(12_300, false), 'about 12,300')
    assert.deepEqual([plural(1, 'new line'), plural(2, 'new line')], ['1 new line', '2 new lines'])
  })

  it('give a position only when it is whole', () => {
    assert.equal(position(37.774929, -122.419416), '37.77493, −122.41942')
    assert.equal(position(37.7, null), null)
    assert.equal(position(0, 0), '0.00000, 0.00000')
  })
})

describe('words', () => {
  it('are plain', () => {
    assert.equal(statusWord('IN_PROGRESS'), 'In progress')
    assert.equal(plain('CHEST_PAIN'), 'Chest pain')
    assert.deepEqual(
      [priorityWords('CRITICAL'), priorityWords(null)],
      ['Priority 1, critical', 'Priority not known'],
    )
    assert.deepEqual([rankOf('STANDARD'), rankOf('LOW'), rankOf(null)], [4, 4, null])
    assert.deepEqual([answeredByWord('AI_THEN_HUMAN'), answeredByWord(null)], ['AI, then person', null])
    assert.deepEqual([onLineWords('AI'), onLineWords(null)], ['AI on line', 'Not answered'])
  })

  it('name a language, or give back what is no language', () => {
    assert.deepEqual([languageWord('es'), languageWord('pt-BR')], ['Spanish', 'Brazilian Portuguese'])
    assert.deepEqual(
      [languageWord('klingon!'), languageWord(''), languageWord(null)],
      ['klingon!', null, null],
    )
  })
})
