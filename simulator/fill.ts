import type { Random } from './random.ts'

export type Slots = ReadonlyMap<string, string>

const deepest = 8

/**
 * Chooses one of each `{this|that|}` and puts the values of `$slots` in; a slot's value may hold both again.
 * `$They` is `$they` with a capital. Spaces and capitals at the start of sentences are put right afterwards.
 */
export function fill(text: string, slots: Slots, random: Random): string {
  return tidy(expand(text, slots, random, 0))
}

/** As fill, without touching capitals: for facts, where `undefined` must stay as it is. */
export function fillExactly(text: string, slots: Slots, random: Random): string {
  return expand(text, slots, random, 0)
}

function expand(text: string, slots: Slots, random: Random, depth: number): string {
  if (depth > deepest) throw new Error(`slots go in circles: ${text}`)
  const chosen = choose(text, random)
  return chosen.replace(/\$([A-Za-z]+)/g, (_, name: string) => {
    const value = slots.get(name)
    if (value !== undefined) return expand(value, slots, random, depth + 1)
    const small = slots.get(name[0]!.toLowerCase() + name.slice(1))
    if (small === undefined) throw new Error(`unknown slot $${name} in "${text}"`)
    return capital(expand(small, slots, random, depth + 1))
  })
}

/** Innermost braces first, so that alternatives may hold alternatives. */
function choose(text: string, random: Random): string {
  let open = text
  for (;;) {
    const next = open.replace(/\{([^{}]*)\}/, (_, ways: string) => random.pick(ways.split('|')))
    if (next === open) {
      if (/[{}]/.test(open)) throw new Error(`braces do not match: ${text}`)
      return open
    }
    open = next
  }
}

function tidy(text: string): string {
  const spaced = text
    .replace(/\s+/g, ' ')
    .replace(/ ([,.?!])(?!\.)/g, '$1')
    .replace(/,+([,.?!])/g, '$1')
    .trim()
  return capital(
    spaced.replace(
      /([^.][.?!] [¿¡]?)(\p{Ll})/gu,
      (_, end: string, letter: string) => end + letter.toUpperCase(),
    ),
  )
}

function capital(text: string): string {
  return text.replace(
    /^([^\p{L}\p{N}[(]*)(\p{Ll})/u,
    (_, before: string, letter: string) => before + letter.toUpperCase(),
  )
}
