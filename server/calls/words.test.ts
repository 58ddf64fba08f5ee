import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { wordsOf } from './words.ts'

const cases: [string, string[]][] = [
  ['', []],
  ['... !? ', []],
  ['My FATHER collapsed', ['my', 'father', 'collapsed']],
  ["don't, e-mail me@x.org", ['don', 't', 'e', 'mail', 'me', 'x', 'org']],
  ['341 Harbour St', ['341', 'harbour', 'st']],
  ['Él está aquí', ['él', 'está', 'aquí']],
  ['caf\u0065\u0301', ['caf\u0065\u0301']],
  ['救命', ['救命']],
  ["it's 'a' & (b | !c):*", ['it', 's', 'a', 'b', 'c']],
  ['a'.repeat(250), ['a'.repeat(100), 'a'.repeat(100), 'a'.repeat(50)]],
]
for (const [text, words] of cases) {
  test(`words of ${JSON.stringify(text).slice(0, 40)}`, () => assert.deepEqual(wordsOf(text), words))
}

test('no word holds what a tsvector or a tsquery gives a meaning', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      for (const word of wordsOf(text)) assert.match(word, /^[\p{L}\p{N}\p{M}]+$/u)
    }),
  )
})
