/**
 * Each of these names without the words that all of them begin with, which say nothing where there is little
 * room: Port Halvard North, Port Halvard Quay -> North, Quay. Every name keeps at least one word.
 */
export function withoutShared(names: Iterable<string>): ReadonlyMap<string, string> {
  const split = [...new Set(names)].map((name) => ({ name, words: name.split(/\s+/) }))
  const [first, ...others] = split
  let shared = 0
  const isShared = (at: number) =>
    others.every(({ words }) => words[at] === first?.words[at] && words.length > at + 1)
  if (first && others.length > 0) {
    while (shared + 1 < first.words.length && isShared(shared)) shared += 1
  }
  return new Map(split.map(({ name, words }) => [name, words.slice(shared).join(' ')]))
}
