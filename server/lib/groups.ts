import { createLane, type Lane, type LaneOptions } from './lane.ts'

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
   * prepared, and sent, behind a commit that is under way, so that the database need not wait for us in
   * between. `commit` sends all it has to send before it first waits, and ends in the order it was called.
   * Without this, groups are run one after the other.
   */
  ahead?: {
    prepare: (items: readonly Item[]) => Prepared | Promise<Prepared>
    commit: (prepared: Prepared, items: readonly Item[]) => Promise<Outcome[]>
    /** Commits under way at once, at most. */
    depth: number
  }
  /** Without `ahead`: groups that `run` has under way at once, at most; 1 when left out. */
  atOnce?: number
  /** Items in one transaction at most. */
  groupLimit: number
  /** Items waiting at most; beyond it `submit` rejects with QueueFull. */
  queueLimit: number
  /** Whether a group that failed this way did nothing for certain, so that its halves may be tried again. */
  mayRunAgain: (error: unknown) => boolean
  /** Parts a failed group, so that what is sound is tried first and together; left out, it is halved. */
  part?: (items: readonly Item[], error: unknown) => Promise<boolean[] | undefined>
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
    const held = await options.part?.(itemsOf(group), error).catch(() => undefined)
    if (held?.includes(true) && held.includes(false)) {
      await settle(group.filter((_, at) => !held[at]))
      await settle(group.filter((_, at) => held[at]))
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

type Told<Item, Outcome> = Pick<LaneOptions<Group<Item, Outcome>, unknown>, 'failed' | 'ready'>

function laneOf<Item, Outcome, Prepared>(
  { ahead, atOnce = 1, onGroup }: GroupOptions<Item, Outcome, Prepared>,
  settle: (group: Group<Item, Outcome>) => Promise<void>,
  told: Told<Item, Outcome>,
): Lane<Group<Item, Outcome>> {
  if (!ahead) {
    const commit = (_: undefined, group: Group<Item, Outcome>) => settle(group).then(() => () => {})
    return createLane({ prepare: () => undefined, commit, depth: atOnce, onGroup, ...told })
  }
  return createLane({
    prepare: (group) => ahead.prepare(itemsOf(group)),
    commit: async (prepared, group) => {
      const outcomes = await ahead.commit(prepared, itemsOf(group))
      return () => answer(group, outcomes)
    },
    depth: ahead.depth,
    onGroup,
    ...told,
  })
}

export function createGroups<Item, Outcome, Prepared = never>(
  options: GroupOptions<Item, Outcome, Prepared>,
): Groups<Item, Outcome> {
  let queue: Group<Item, Outcome> = []
  let scheduled = false
  const tellIdle: (() => void)[] = []
  const recovering = new Set<Promise<void>>()
  const runner = createRunner(options)

  /**
   * What failed is mended beside the lane: the group behind it may hold the rows it needs until its commit.
   */
  function recover(group: Group<Item, Outcome>, error: unknown): void {
    const mending = runner.recover(group, error).finally(() => {
      recovering.delete(mending)
      begin()
    })
    recovering.add(mending)
  }

  const lane = laneOf(options, runner.settle, { failed: recover, ready: begin })
  const isIdle = () => queue.length === 0 && !scheduled && lane.isIdle() && recovering.size === 0

  function begin(): void {
    while (queue.length > 0 && lane.mayBegin(queue.length)) {
      const group = queue.slice(0, options.groupLimit)
      queue = queue.slice(options.groupLimit)
      lane.begin(group)
    }
    if (!isIdle()) return
    for (const tell of tellIdle.splice(0)) tell()
  }

  return {
    submit: (item) =>
      new Promise((resolve, reject) => {
        if (queue.length >= options.queueLimit) return reject(new QueueFull())
        queue.push({ item, resolve, reject })
        if (scheduled) return
        scheduled = true
        // The turn of the event loop ends first, so that requests parsed in this turn share the transaction.
        setImmediate(() => {
          scheduled = false
          begin()
        })
      }),
    waiting: () => queue.length,
    idle: async () => {
      while (!isIdle()) await new Promise<void>((resolve) => tellIdle.push(resolve))
    },
  }
}
