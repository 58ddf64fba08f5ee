/** How many of the first words all have in common, while each keeps one of its own. */
function sharedBy(all: readonly (readonly string[])[]): number {
  const [first, ...others] = all
  if (!first || others.length === 0) return 0
  const isShared = (at: number) => others.every((words) => words[at] === first[at] && words.length > at + 1)
  let shared = 0
  while (shared + 1 < first.length && isShared(shared)) shared += 1
  return shared
}

/**
 * Each of these names without the words that all of them begin or end with, which say nothing where there is
 * little room: Port Halvard North Station, Port Halvard Quay Station -> North, Quay. Every name keeps a word.
 */
export function withoutShared(names: Iterable<string>): ReadonlyMap<string, string> {
  const split = [...new Set(names)].map((name) => ({ name, words: name.split(/\s+/) }))
  const before = sharedBy(split.map(({ words }) => words))
  const left = split.map(({ words }) => words.slice(before))
  const after = sharedBy(left.map((words) => words.toReversed()))
  return new Map(
    split.map(({ name }, at) => [name, (left[at] ?? []).slice(0, -after || undefined).join(' ')]),
  )
}
