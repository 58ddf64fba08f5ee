/**
 * Group commit. What is submitted while the last group is being committed gathers and goes together in the
 * next; no timer, no added wait when idle. `run` writes a whole group in one transaction and answers item by
 * item, in order.
 */
export type GroupOptions<Item, Outcome, Prepared = never> = {
  /** A whole group in one transaction. */
  run: (items: readonly Item[]) => Promise<Outcome[]>
  /**
   * The same in two steps on one connection, for groups that follow each other closely: the next group is
   * prepared right behind the commit of the last, so that the database need not wait for us in between.
   * `commit` sends all it has to send before it first waits. Without this, groups are run one after the
   * other.
   */
  ahead?: {
    prepare: (items: readonly Item[]) => Promise<Prepared>
    commit: (prepared: Prepared, items: readonly Item[]) => Promise<Outcome[]>
  }
  /** Items in one transaction at most. */
  groupLimit: number
  /** Items waiting at most; beyond it `submit` rejects with QueueFull. */
  queueLimit: number
  /** Whether a group that failed this way did nothing for certain, so that its halves may be tried again. */
  mayRunAgain: (error: unknown) => boolean
  /** Whether a group that was prepared ahead and failed this way may simply be run by itself. */
  mayTryAgain?: (error: unknown) => boolean
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

type Group<Item, Outcome> = Waiting<Item, Outcome>[]
type Ahead<Item, Outcome, Prepared> = Required<Pick<GroupOptions<Item, Outcome, Prepared>, 'ahead'>> &
  Pick<GroupOptions<Item, Outcome, Prepared>, 'onGroup'>
const itemsOf = <Item, Outcome>(group: Group<Item, Outcome>) => group.map((one) => one.item)

function answer<Item, Outcome>(group: Group<Item, Outcome>, outcomes: Outcome[]): void {
  for (const [at, one] of group.entries()) one.resolve(outcomes[at] as Outcome)
}

/**
 * Runs groups by themselves; a poisoned item must fail alone, so a group that fails is halved until it does.
 */
function createRunner<Item, Outcome, Prepared>(options: GroupOptions<Item, Outcome, Prepared>) {
  async function settle(group: Group<Item, Outcome>): Promise<void> {
    try {
      answer(group, await options.run(itemsOf(group)))
    } catch (error) {
      await halve(group, error)
    }
  }

  async function halve(group: Group<Item, Outcome>, error: unknown): Promise<void> {
    if (group.length === 1 || !options.mayRunAgain(error)) {
      for (const one of group) one.reject(error)
      return
    }
    const half = Math.ceil(group.length / 2)
    await settle(group.slice(0, half))
    await settle(group.slice(half))
  }

  return {
    settle,
    recover: (group: Group<Item, Outcome>, error: unknown) =>
      options.mayTryAgain?.(error) ? settle(group) : halve(group, error),
  }
}

/** A lane of groups, each prepared right behind the commit of the one before it. */
async function drainAhead<Item, Outcome, Prepared>(
  { ahead: { prepare, commit }, onGroup }: Ahead<Item, Outcome, Prepared>,
  next: () => Group<Item, Outcome> | undefined,
  recover: (group: Group<Item, Outcome>, error: unknown) => void,
): Promise<void> {
  const begin = () => {
    const group = next()
    if (!group) return undefined
    const prepared = prepare(itemsOf(group))
    // It may fail while the group before it is still waited for.
    prepared.catch(() => {})
    return { group, prepared, start: performance.now() }
  }
  for (let current = begin(), following = current; current; current = following ?? begin()) {
    const { group, prepared, start } = current
    following = undefined
    try {
      const committed = commit(await prepared, itemsOf(group))
      following = begin()
      const outcomes = await committed
      // The statements of the group behind leave before these answers are written.
      if (following) setImmediate(answer, group, outcomes)
      else answer(group, outcomes)
    } catch (error) {
      recover(group, error)
    }
    onGroup?.(group.length, performance.now() - start)
  }
}

export function createGroups<Item, Outcome, Prepared = never>(
  options: GroupOptions<Item, Outcome, Prepared>,
): Groups<Item, Outcome> {
  const { ahead, onGroup } = options
  let queue: Group<Item, Outcome> = []
  let running: Promise<void> | undefined
  const recovering = new Set<Promise<void>>()
  const runner = createRunner(options)

  function next(): Group<Item, Outcome> | undefined {
    if (queue.length === 0) return undefined
    const group = queue.slice(0, options.groupLimit)
    queue = queue.slice(options.groupLimit)
    return group
  }

  /**
   * What failed is mended beside the lane: the group behind it may hold the rows it needs until its commit.
   */
  function recover(group: Group<Item, Outcome>, error: unknown): void {
    const mending = runner.recover(group, error).finally(() => recovering.delete(mending))
    recovering.add(mending)
  }

  async function drain(): Promise<void> {
    // The turn of the event loop ends first, so that requests parsed in this turn share the transaction.
    await new Promise((begin) => setImmediate(begin))
    if (ahead) await drainAhead({ ahead, onGroup }, next, recover)
    else {
      for (let group = next(); group; group = next()) {
        const start = performance.now()
        await runner.settle(group)
        onGroup?.(group.length, performance.now() - start)
      }
    }
    // Something may have been submitted between the last look at the queue and here.
    running = queue.length > 0 ? drain() : undefined
  }

  return {
    submit: (item) =>
      new Promise((resolve, reject) => {
        if (queue.length >= options.queueLimit) return reject(new QueueFull())
        queue.push({ item, resolve, reject })
        running ??= drain()
      }),
    waiting: () => queue.length,
    idle: async () => {
      while (running || recovering.size > 0) await Promise.all([running, ...recovering])
      // The last answers may be one turn behind their commit.
      await new Promise((resolve) => setImmediate(resolve))
    },
  }
}
