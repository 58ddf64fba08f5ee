export type Turns = <T>(key: string, work: () => Promise<T>) => Promise<T | undefined>

/**
 * Work with the same key is done one after the other, in the order it came. Gives undefined, and does
 * nothing, when `limit` are waiting or under way already.
 */
export function createTurns(limit: number): Turns {
  const last = new Map<string, Promise<void>>()
  let held = 0
  return async (key, work) => {
    if (held >= limit) return undefined
    held += 1
    const turn = (last.get(key) ?? Promise.resolve()).then(work)
    const ended = turn.then(
      () => {},
      () => {},
    )
    last.set(key, ended)
    try {
      return await turn
    } finally {
      held -= 1
      if (last.get(key) === ended) last.delete(key)
    }
  }
}
