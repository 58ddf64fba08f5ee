import { errorsAllowed, wordLikeness } from './rules-match.ts'

/** Which letters and digits a word has, one bit each; two words within d errors differ in at most 2 d. */
function lettersOf(word: string): number {
  let mask = 0
  for (let at = 0; at < word.length; at += 1) mask |= 1 << (word.charCodeAt(at) % 32)
  return mask
}

function countBits(value: number): number {
  let [bits, count] = [value, 0]
  for (; bits !== 0; bits &= bits - 1) count += 1
  return count
}

/** The words that names are made of, each once, found by their beginnings and with typing errors. */
export class WordList {
  readonly #words: string[] = []
  readonly #masks: number[] = []
  readonly #ids = new Map<string, number>()
  #sorted: number[] = []

  /** The word's number from 0 on, a new one for a new word. */
  idOf(word: string): number {
    const known = this.#ids.get(word)
    if (known !== undefined) return known
    const id = this.#words.length
    this.#ids.set(word, id)
    this.#words.push(word)
    this.#masks.push(lettersOf(word))
    return id
  }

  /** Words that begin so, by the list of all in their order, made anew after names were added. */
  #beginning(typed: string): number[] {
    if (this.#sorted.length !== this.#words.length) {
      const words = this.#words as readonly string[]
      this.#sorted = Array.from(words.keys()).sort((a, b) =>
        (words[a] as string) < (words[b] as string) ? -1 : 1,
      )
    }
    let [low, high] = [0, this.#sorted.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#words[this.#sorted[middle] as number] as string) < typed) low = middle + 1
      else high = middle
    }
    let end = low
    while (this.#words[this.#sorted[end] ?? -1]?.startsWith(typed)) end += 1
    return this.#sorted.slice(low, end)
  }

  /** Words with few typing errors against this one. */
  #near(typed: string): number[] {
    const errors = errorsAllowed(typed)
    if (errors === 0) return []
    const mask = lettersOf(typed)
    const near: number[] = []
    for (let id = 0; id < this.#words.length; id += 1) {
      if (countBits(mask ^ (this.#masks[id] as number)) > 2 * errors) continue
      if (Math.abs((this.#words[id] as string).length - typed.length) <= errors) near.push(id)
    }
    return near
  }

  /** Words that are like this one, each with its likeness. Who writes a word that is there means it. */
  like(typed: string, isOpen: boolean): [id: number, likeness: number][] {
    const exact = this.#ids.get(typed)
    if (exact !== undefined && !isOpen) return [[exact, 1]]
    const begun = isOpen ? this.#beginning(typed) : []
    const ids = begun.length > 0 ? begun : this.#near(typed)
    const like = ids.map((id): [number, number] => [
      id,
      wordLikeness(typed, this.#words[id] as string, isOpen),
    ])
    return like.filter(([, likeness]) => likeness > 0)
  }
}
