/**
 * Group commit. What is submitted while the last group is being committed gathers and goes together in the
 * next; no timer, no added wait when idle. `run` writes a whole group in one transaction and answers item by
 * item, in order.
 */
export type GroupOptions<Item, Outcome> = {
  run: (items: readonly Item[]) => Promise<Outcome[]>
  /** Items in one transaction at most. */
  groupLimit: number
  /** Items waiting at most; beyond it `submit` rejects with QueueFull. */
  queueLimit: number
  /** Whether a group that failed this way did nothing for certain, so that its halves may be tried again. */
  mayRunAgain: (error: unknown) => boolean
  onGroup?: (size: number, ms: number) => void
}

export type Groups<Item, Outcome> = {
  /** Resolves after the commit that holds the item; rejects when it is not certain that it is there. */
  submit: (item: Item) => Promise<Outcome>
  waiting: () => number
  /** Resolves when nothing waits and nothing runs. */
  idle: () => Promise<void>
}

export class QueueFull extends Error {
  constructor() {
    super('too many items wait for a commit')
  }
}

type Waiting<Item, Outcome> = {
  item: Item
  resolve: (outcome: Outcome) => void
  reject: (error: unknown) => void
}

export function createGroups<Item, Outcome>(options: GroupOptions<Item, Outcome>): Groups<Item, Outcome> {
  let queue: Waiting<Item, Outcome>[] = []
  let running: Promise<void> | undefined

  /**
   * One poisoned item must fail alone: a failed group is halved until the item that fails stands by itself.
   */
  async function settle(group: Waiting<Item, Outcome>[]): Promise<void> {
    try {
      const outcomes = await options.run(group.map((one) => one.item))
      group.forEach((one, at) => {
        one.resolve(outcomes[at] as Outcome)
      })
    } catch (error) {
      if (group.length === 1 || !options.mayRunAgain(error)) {
        for (const one of group) one.reject(error)
        return
      }
      const half = Math.ceil(group.length / 2)
      await settle(group.slice(0, half))
      await settle(group.slice(half))
    }
  }

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      const group = queue.slice(0, options.groupLimit)
      queue = queue.slice(options.groupLimit)
      const start = performance.now()
      await settle(group)
      options.onGroup?.(group.length, performance.now() - start)
    }
    running = undefined
  }

  return {
    submit: (item) =>
      new Promise((resolve, reject) => {
        if (queue.length >= options.queueLimit) return reject(new QueueFull())
        queue.push({ item, resolve, reject })
        // The turn of the event loop ends first, so that requests parsed in this turn share the transaction.
        running ??= new Promise<void>((begin) => setImmediate(begin)).then(drain)
      }),
    waiting: () => queue.length,
    idle: async () => {
      while (running) await running
    },
  }
}
