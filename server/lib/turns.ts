/** At most `atOnce` pieces of work at once; the others wait in the order they came. */
export function createGate(atOnce: number) {
  let running = 0
  const waiting: (() => void)[] = []
  return {
    isIdle: () => running === 0,
    async run<T>(work: () => Promise<T>): Promise<T> {
      if (running >= atOnce) await new Promise<void>((go) => waiting.push(go))
      else running += 1
      try {
        return await work()
      } finally {
        // The place is handed on as it is, so that nobody who comes at this moment goes first.
        const next = waiting.shift()
        if (next) next()
        else running -= 1
      }
    },
  }
}

export type Turns = <T>(key: string, work: () => Promise<T>) => Promise<T | undefined>

/**
 * Work with the same key is done one after the other, in the order it came. Gives undefined, and does
 * nothing, when `limit` are waiting or under way already.
 */
export function createTurns(limit: number): Turns {
  const gates = new Map<string, ReturnType<typeof createGate>>()
  let held = 0
  return async (key, work) => {
    if (held >= limit) return undefined
    held += 1
    const gate = gates.get(key) ?? createGate(1)
    gates.set(key, gate)
    try {
      return await gate.run(work)
    } finally {
      held -= 1
      if (gate.isIdle()) gates.delete(key)
    }
  }
}
