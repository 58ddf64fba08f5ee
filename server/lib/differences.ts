export type Differences = Record<string, { from: unknown; to: unknown }>

/** Fields of `after` whose values are others than in `before`; lists are compared in order. */
export function differences(before: object, after: object): Differences {
  const known = before as Record<string, unknown>
  const changed = Object.entries(after)
    .filter(([name, to]) => to !== undefined && JSON.stringify(to) !== JSON.stringify(known[name]))
    .map(([name, to]) => [name, { from: known[name] ?? null, to }])
  return Object.fromEntries(changed)
}

/** What the fields become. */
export function values(changes: Differences): Record<string, unknown> {
  return Object.fromEntries(Object.entries(changes).map(([name, { to }]) => [name, to]))
}
