import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { hitAround } from './rules-hit.ts'

const long = `${'well '.repeat(60)}the shed is burning ${'and so on '.repeat(60)}`

describe('what is shown of an utterance that was found', () => {
  for (const [name, message, words, expected] of [
    ['nothing', null, ['x'], null],
    ['a short one, as it is', 'The shed is burning', ['shed'], 'The shed is burning'],
  ] as const) {
    test(name, () => assert.equal(hitAround(message, words), expected))
  }

  test('a long one is cut around the word, at blanks', () => {
    const shown = hitAround(long, ['shed', 'burning']) ?? ''
    assert.match(shown, /^… (well )+the shed is burning (and so on ?)+.* …$/)
    assert.ok(shown.length <= 206, String(shown.length))
  })

  for (const word of ['absent', 'well', 'on']) {
    test(`never more than there is room for: ${word}`, () => {
      assert.ok((hitAround(long, [word]) ?? '').length <= 206)
      assert.ok((hitAround('x'.repeat(20_000), [word]) ?? '').length <= 206)
    })
  }
})
