import { isTypeWord, ordinal, ordinals } from './rules-words.ts'

const units = 'ZERO ONE TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN ELEVEN TWELVE THIRTEEN FOURTEEN FIFTEEN'
const teens = 'SIXTEEN SEVENTEEN EIGHTEEN NINETEEN'
const tens = 'TWENTY THIRTY FORTY FIFTY SIXTY SEVENTY EIGHTY NINETY'

/** Cardinal words -> their value; OH and O are said for nought. */
const cardinals = new Map([
  ...`${units} ${teens}`.split(' ').map((word, at) => [word, at] as const),
  ...tens.split(' ').map((word, at) => [word, (at + 2) * 10] as const),
  ...['OH', 'O', 'NOUGHT'].map((word) => [word, 0] as const),
])
const tensWords = new Set(tens.split(' '))
const scales: Readonly<Record<string, number>> = { HUNDRED: 100, THOUSAND: 1_000 }

type Read = { value: string; length: number }

/** Digits or one chunk of words under a hundred: 41, FORTY ONE, TWELVE, OH. */
function readChunk(words: readonly string[], at: number): Read | undefined {
  const word = words[at] ?? ''
  if (/^\d{1,6}$/.test(word)) return { value: word, length: 1 }
  const value = cardinals.get(word)
  if (value === undefined) return undefined
  const next = cardinals.get(words[at + 1] ?? '')
  const joins = tensWords.has(word) && next !== undefined && next > 0 && next < 10
  return joins ? { value: String(value + next), length: 2 } : { value: String(value), length: 1 }
}

/**
 * The house number that the words begin with, as callers say one: chunks stand side by side (three forty-one
 * = 341, one oh five = 105), and what follows HUNDRED or THOUSAND is added (twenty-one hundred and five =
 * 2105).
 */
export function readNumber(words: readonly string[]): Read | undefined {
  let at = 0
  let digits = ''
  /** Set after a scale word: the next chunk is added when it is smaller. */
  let room = 0
  while (at < words.length) {
    const scale = scales[words[at] ?? '']
    if (scale !== undefined) {
      if (digits === '' && at > 0) break
      const whole = Number(digits || '1')
      const rest = room > scale ? whole % room : whole
      digits = String(whole - rest + rest * scale)
      room = scale
      at += 1
      continue
    }
    const isLink = words[at] === 'AND' && room > 0 && readChunk(words, at + 1) !== undefined
    const chunk = readChunk(words, at + (isLink ? 1 : 0))
    if (!chunk) break
    // The words of an ordinal are no part of the number: one twenty | third street.
    digits = Number(chunk.value) < room ? String(Number(digits) + Number(chunk.value)) : digits + chunk.value
    if (digits.length > 6) return undefined
    at += chunk.length + (isLink ? 1 : 0)
    if (Number(chunk.value) >= room || room === 100) room = 0
  }
  return at === 0 || digits === '' ? undefined : { value: String(Number(digits)), length: at }
}

/**
 * Every way to part words into a house number and the rest, the likeliest first. An ordinal takes a tens word
 * before it: "forty five twenty third street" is 45 23RD, and only then 4520 3RD.
 */
export function partNumber(words: readonly string[]): { number: number; rest: readonly string[] }[] {
  const longest = readNumber(words)
  if (!longest) return []
  const parts: { number: number; rest: readonly string[] }[] = []
  const after = words[longest.length] ?? ''
  const value = ordinals.get(after)
  const before = words[longest.length - 1] ?? ''
  const joined = value !== undefined && value < 10 && tensWords.has(before) && longest.length > 1
  if (joined) {
    const shorter = readNumber(words.slice(0, longest.length - 1))
    const name = ordinal((cardinals.get(before) ?? 0) + value)
    const rest = [name, ...words.slice(longest.length + 1)]
    if (shorter) parts.push({ number: Number(shorter.value), rest })
  }
  // "Twenty first street" has no number.
  const isOrdinal = value !== undefined && value < 10 && tensWords.has(before) && longest.length === 1
  const rest = words.slice(longest.length)
  if (rest.length > 0 && !isOrdinal) parts.push({ number: Number(longest.value), rest })
  // "100 5 AVE": a number right before a kind of street is its name.
  const named = words.slice(0, longest.length)
  const name = named.pop() ?? ''
  const alone = isTypeWord(after) && /^\d{1,3}$/.test(name) ? readNumber(named) : undefined
  if (alone) parts.unshift({ number: Number(alone.value), rest: [name, ...rest] })
  return parts
}
