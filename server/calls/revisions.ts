import { randomInt } from 'node:crypto'

/** Of the 53 bits of a safe integer, the process and the count of what it wrote. */
const processes = 2 ** 29
const counts = 2 ** 24

/**
 * Numbers that tell whether a call is as it was known, and whose it is. Only the process that gave a call its
 * revision may add utterances without giving it a new one, so where the revision is still the one it gave, it
 * knows the highest sequence too.
 */
export type Revisions = { next: () => number; isOwn: (revision: number) => boolean }

export function createRevisions(process: number = randomInt(1, processes)): Revisions {
  let count = 0
  return {
    next: () => {
      count = (count + 1) % counts
      return process * counts + count
    },
    isOwn: (revision) => Math.floor(revision / counts) === process,
  }
}
