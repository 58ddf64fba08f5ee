import type { StreetName } from './rules-words.ts'

const mostLetters = 40
/** Worked in again and again: a search compares thousands of words. */
const rows = [0, 1, 2].map(() => new Uint8Array(mostLetters + 1)) as [Uint8Array, Uint8Array, Uint8Array]

/**
 * Optimal string alignment: insertions, deletions, replacements and swaps of neighbours, each 1; gives
 * `most` + 1 as soon as it is more (Damerau, Comm. ACM 7 (3), 1964).
 */
export function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1
  if (a.length > mostLetters || b.length > mostLetters) return a === b ? 0 : most + 1
  let [older, before, row] = rows
  for (let j = 0; j <= b.length; j += 1) before[j] = j
  for (let i = 1; i <= a.length; i += 1) {
    row[0] = i
    let least = i
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(
        (before[j] as number) + 1,
        (row[j - 1] as number) + 1,
        (before[j - 1] as number) + (same ? 0 : 1),
      )
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (swapped) cost = Math.min(cost, (older[j - 2] as number) + 1)
      row[j] = cost
      if (cost < least) least = cost
    }
    if (least > most) return most + 1
    ;[older, before, row] = [before, row, older]
  }
  return before[b.length] as number
}

/** Typing errors that a word of this length may have; numbers may have none. */
export function errorsAllowed(word: string): number {
  if (/\d/.test(word) || word.length < 4) return 0
  return word.length < 8 ? 1 : 2
}

/** From 0 to 1: how like a word of a name is to one that was typed; `isOpen` while it may go on. */
export function wordLikeness(typed: string, word: string, isOpen: boolean): number {
  if (typed === word) return 1
  if (isOpen && word.startsWith(typed)) return 0.8 + (0.15 * typed.length) / word.length
  const most = errorsAllowed(typed)
  if (most === 0) return 0
  const errors = editDistance(typed, word, most)
  return errors > most ? 0 : 1 - (1.2 * errors) / Math.max(typed.length, word.length)
}

/** Articles say less than names. */
export const wordWeight = (word: string) => (/\d/.test(word) ? 1 : 0.4 + 0.12 * Math.min(word.length, 5))

/** What remains of a likeness where the kinds of street or the directions are not the same. */
export function kindFactor(typed: StreetName, name: StreetName): number {
  const type = typed.type === name.type ? 1 : typed.type === '' || name.type === '' ? 0.95 : 0.65
  const lost = typed.direction === '' ? 0.85 : 0.75
  return type * (typed.direction === name.direction ? 1 : lost)
}

/** The likenesses of the typed words, weighted, over the weights of both names: 1 when all are found. */
export const nameLikeness = (matched: number, typedWeight: number, weight: number) =>
  (2 * matched) / (typedWeight + weight)
