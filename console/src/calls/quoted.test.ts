import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import { partsOfText } from './quoted.ts'

/** Parts as a text, what is marked in brackets. */
const shown = (text: string, ...quotes: string[]) =>
  partsOfText(text, quotes)
    .map((part) => (part.isFact ? `[${part.text}]` : part.text))
    .join('')

describe('words that became facts', () => {
  const cases: [string, string, string[]][] = [
    ['', '', ['he']],
    ['nothing here', 'nothing here', []],
    ['nothing here', 'nothing here', ['', ' ', 'elsewhere']],
    ['he is [sixty-two], he fell', 'he is sixty-two, he fell', ['sixty-two']],
    ['[Sixty-two]', 'Sixty-two', ['SIXTY-TWO']],
    ['[he is sixty-two]', 'he is sixty-two', ['he is', 'is sixty-two']],
    ['[he] is [old]', 'he is old', ['he', 'old']],
  ]
  for (const [expected, text, quotes] of cases) {
    test(expected || '(empty)', () => assert.equal(shown(text, ...quotes), expected))
  }
  test('nothing of the text is lost or changed', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string()), (text, quotes) =>
        assert.equal(
          partsOfText(text, quotes)
            .map((part) => part.text)
            .join(''),
          text,
        ),
      ),
    )
  })
})
