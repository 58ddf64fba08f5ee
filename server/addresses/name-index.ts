import { kindFactor, nameLikeness, wordLikeness, wordWeight } from './rules-match.ts'
import { plainWords, readStreetName, type StreetName } from './rules-words.ts'
import { WordList } from './word-list.ts'

/** A street or a place as it is found by its name. */
export type Named = {
  id: number
  /** What kind of place; undefined for a street. */
  kind?: string
  name: string
  area: string
  latitude: number
  longitude: number
}

type Entry = Named & { parts: StreetName; areaWords: readonly string[]; weight: number }
export type Match = { entry: Named; score: number }

export type Wanted = {
  only?: 'streets'
  /** The last word may go on. */
  isOpen: boolean
  /** Ids of the streets that may be found; undefined for all. */
  among?: ReadonlySet<number>
  limit: number
}

const leastScore = 0.5

/**
 * Names in memory, found by their words with typing errors and by beginnings of words. A tenth of the memory
 * and a tenth of the time of trigrams in the database, and it needs no extension there.
 */
export class NameIndex {
  /** Whether houses are known by their own places, which saves asking for them where none are. */
  hasHouses = false
  readonly #entries: Entry[] = []
  readonly #byStreet = new Map<number, number>()
  readonly #words = new WordList()
  /** Word -> the entries that have it. */
  readonly #postings: number[][] = []
  readonly #joined = new Map<string, number[]>()

  get size(): number {
    return this.#entries.length
  }

  street(id: number): Named | undefined {
    return this.#entries[this.#byStreet.get(id) ?? -1]
  }

  add(named: Named): void {
    const parts = readStreetName(named.name)
    if (parts.words.length === 0) return
    const at = this.#entries.length
    const weight = parts.words.reduce((sum, word) => sum + wordWeight(word), 0)
    this.#entries.push({ ...named, parts, areaWords: plainWords(named.area), weight })
    if (named.kind === undefined) this.#byStreet.set(named.id, at)
    for (const word of new Set(parts.words)) this.#post(word, at)
    const joined = parts.words.join('')
    const same = this.#joined.get(joined)
    if (same) same.push(at)
    else this.#joined.set(joined, [at])
  }

  #post(word: string, at: number): void {
    const id = this.#words.idOf(word)
    const entries = this.#postings[id]
    if (entries) entries.push(at)
    else this.#postings[id] = [at]
  }

  /** How like the word is to that word of the entry that is most like it. */
  #likenessIn(entry: number, word: string, isOpen: boolean): number {
    const { words } = (this.#entries[entry] as Entry).parts
    return words.reduce((best, one) => Math.max(best, wordLikeness(word, one, isOpen)), 0)
  }

  /** Entry -> weighted likenesses of the typed words it has. */
  #gather(typed: StreetName, isOpen: boolean): Map<number, number> {
    const sums = new Map<number, number>()
    for (const [at, word] of typed.words.entries()) {
      const best = new Map<number, number>()
      const open = isOpen && at === typed.words.length - 1 && typed.type === ''
      // A word that is hardly begun fits thousands of names: only those count that the words before it fit.
      if (open && sums.size > 0) {
        for (const [entry, sum] of sums) {
          const likeness = this.#likenessIn(entry, word, true)
          sums.set(entry, sum + likeness * wordWeight(word))
        }
        continue
      }
      for (const [id, likeness] of this.#words.like(word, open)) {
        for (const entry of this.#postings[id] as number[]) {
          if (likeness > (best.get(entry) ?? 0)) best.set(entry, likeness)
        }
      }
      for (const [entry, likeness] of best) {
        sums.set(entry, (sums.get(entry) ?? 0) + likeness * wordWeight(word))
      }
    }
    return sums
  }

  #score(typed: StreetName, entry: Entry, matched: number, isOpen: boolean): number {
    const last = typed.words.at(-1) ?? ''
    const whole = typed.words.reduce((sum, word) => sum + wordWeight(word), 0)
    // "mission s": the last word is the beginning of the kind of street.
    const beginsType =
      isOpen && typed.type === '' && typed.words.length > 1 && entry.parts.type.startsWith(last)
    if (beginsType && !entry.parts.words.includes(last)) {
      return 0.97 * nameLikeness(matched, whole - wordWeight(last), entry.weight)
    }
    return nameLikeness(matched, whole, entry.weight) * kindFactor(typed, entry.parts)
  }

  /** The best first; among equals in the order in which they were added. */
  search(typed: StreetName, { only, isOpen, among, limit }: Wanted): Match[] {
    const found = new Map<number, number>()
    if (among) return this.#searchAmong(typed, among, isOpen, limit)
    const consider = (at: number, score: number) => {
      const entry = this.#entries[at] as Entry
      if (only && entry.kind !== undefined) return
      if (score >= leastScore && score > (found.get(at) ?? 0)) found.set(at, Math.min(1, score))
    }
    for (const [at, matched] of this.#gather(typed, isOpen)) {
      consider(at, this.#score(typed, this.#entries[at] as Entry, matched, isOpen))
    }
    // MC ALLISTER and MCALLISTER are one name.
    for (const at of this.#joined.get(typed.words.join('')) ?? []) {
      consider(at, 0.98 * kindFactor(typed, (this.#entries[at] as Entry).parts))
    }
    return this.#best(found, limit)
  }

  /** Among few streets each is compared by itself. */
  #searchAmong(typed: StreetName, among: ReadonlySet<number>, isOpen: boolean, limit: number): Match[] {
    const found = new Map<number, number>()
    for (const id of among) {
      const at = this.#byStreet.get(id)
      if (at === undefined) continue
      const entry = this.#entries[at] as Entry
      let matched = 0
      for (const [i, word] of typed.words.entries()) {
        const open = isOpen && i === typed.words.length - 1 && typed.type === ''
        matched += this.#likenessIn(at, word, open) * wordWeight(word)
      }
      const score = this.#score(typed, entry, matched, isOpen)
      if (score >= leastScore) found.set(at, Math.min(1, score))
    }
    return this.#best(found, limit)
  }

  #best(found: ReadonlyMap<number, number>, limit: number): Match[] {
    const ranked = [...found].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, limit)
    return ranked.map(([at, score]) => ({ entry: this.#entries[at] as Entry, score }))
  }
}
