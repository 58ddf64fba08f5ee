/** A seeded source of chance. The same seed and the same calls give the same values on every machine. */
export type Random = {
  /** Uniform in [0, 1), 32 bits. */
  next(): number
  /** Whole number from min to max, both included. */
  int(min: number, max: number): number
  pick<T>(items: readonly T[]): T
  /** True with probability p, 0..1. */
  chance(p: number): boolean
  /** Waiting time of a Poisson process, in the unit of its mean. */
  exponential(mean: number): number
  /** The items in a random order; the given array stays as it is. */
  shuffled<T>(items: readonly T[]): T[]
  /** A source of its own by name: what is drawn from one never shifts what another gives. */
  stream(name: string): Random
}

export function createRandom(seed: string): Random {
  const next = sfc32(hash128(seed))
  const int = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  return {
    next,
    int,
    pick: (items) => {
      const item = items[int(0, items.length - 1)]
      if (item === undefined) throw new Error('pick from an empty list')
      return item
    },
    chance: (p) => next() < p,
    exponential: (mean) => -Math.log(1 - next()) * mean,
    shuffled: (items) => {
      const rest = [...items]
      for (let last = rest.length - 1; last > 0; last--) {
        const other = int(0, last)
        ;[rest[last], rest[other]] = [rest[other]!, rest[last]!]
      }
      return rest
    },
    stream: (name) => createRandom(`${seed}/${name}`),
  }
}

type State = [number, number, number, number]

/** sfc32 of PractRand (Chris Doty-Humphrey, public domain): small, fast, 2^128 states. */
function sfc32([a, b, c, counter]: State): () => number {
  const step = () => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return (sum >>> 0) / 4_294_967_296
  }
  // The first outputs still show the seed's pattern.
  for (let i = 0; i < 12; i++) step()
  return step
}

/** Four FNV-1a hashes with different starts; seeds that differ in one letter give unrelated states. */
function hash128(text: string): State {
  const fnv = (start: number) => {
    let hash = start
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 16_777_619)
    hash = Math.imul(hash ^ (hash >>> 15), 2_246_822_507)
    return (hash ^ (hash >>> 13)) | 0
  }
  return [fnv(2_166_136_261), fnv(84_696_351), fnv(1_401_181_199), fnv(590_712_371)]
}
