/**
 * Groups on their way to the database. One is begun when nothing is under way, or behind others when it has
 * grown large enough to be worth a transaction of its own.
 */
export type Lane<Group> = {
  mayBegin: (waiting: number) => boolean
  begin: (group: Group) => void
  isIdle: () => boolean
}

export type LaneOptions<Group, Prepared> = {
  prepare: (group: Group) => Prepared | Promise<Prepared>
  /** Sends all it has to send before it first waits. Resolves with how to tell the group what it answered. */
  commit: (prepared: Prepared, group: Group) => Promise<() => void>
  failed: (group: Group, error: unknown) => void
  /** Commits under way at once, at most. */
  depth: number
  /** Called whenever another group may be begun. */
  ready: () => void
  onGroup?: (size: number, ms: number) => void
}

/**
 * What a group sent behind another must have of that one's size: smaller ones cost more than they gain.
 */
const behindShare = 0.5

export function createLane<Group extends readonly unknown[], Prepared>(
  options: LaneOptions<Group, Prepared>,
): Lane<Group> {
  const { prepare, commit, failed, depth, ready, onGroup } = options
  let preparing = false
  let underWay = 0
  let lastSize = 0

  async function run(group: Group, prepared: Prepared, start: number): Promise<void> {
    underWay += 1
    let tell: () => void
    try {
      tell = await commit(prepared, group)
    } catch (error) {
      tell = () => failed(group, error)
    }
    underWay -= 1
    // The statements of the group behind leave before these answers are written.
    ready()
    tell()
    onGroup?.(group.length, performance.now() - start)
    // What the answer may have changed is looked at once more.
    ready()
  }

  async function begin(group: Group): Promise<void> {
    const start = performance.now()
    preparing = true
    lastSize = group.length
    try {
      const made = prepare(group)
      const prepared = made instanceof Promise ? await made : made
      preparing = false
      void run(group, prepared, start)
    } catch (error) {
      preparing = false
      failed(group, error)
    }
    ready()
  }

  return {
    mayBegin: (waiting) =>
      !preparing && (underWay === 0 || (underWay < depth && waiting >= lastSize * behindShare)),
    begin: (group) => void begin(group),
    isIdle: () => !preparing && underWay === 0,
  }
}
