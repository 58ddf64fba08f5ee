import type { Command } from './apply-command.ts'
import type { Revisions } from './revisions.ts'
import type { Work, WorkedCall } from './work.ts'

/** A call as this process wrote or read it last. */
export type KnownCall = Pick<WorkedCall, 'call' | 'highest' | 'revision'>

/** Calls remembered at most; those worked on longest ago are forgotten first, half of them at a time. */
const limit = 4_096

/**
 * Calls as this process left them, so that a group about them need not read them first. None of it is taken
 * for true: a group built on it is written only where the database finds each of these calls to be so
 * (`lockAsKnown`). That also lets a group be sent while the one it builds on is still being committed.
 */
export function createKnownCalls(
  { isOwn }: Pick<Revisions, 'isOwn'>,
  carefulMs: number,
  clock: () => number = () => performance.now(),
) {
  let known = new Map<string, KnownCall>()
  let older = new Map<string, KnownCall>()
  let carefulUntil = Number.NEGATIVE_INFINITY

  return {
    /**
     * What a group is about, or undefined when some of it must be read. A call to be opened may be unknown.
     */
    of(items: readonly Command[]): KnownCall[] | undefined {
      if (clock() < carefulUntil) return undefined
      const found = new Map<string, KnownCall>()
      for (const item of items) {
        if (item.kind === 'revise' || (item.kind === 'add' && item.once)) return undefined
        const one = known.get(item.call_sid) ?? older.get(item.call_sid)
        if (!one && item.kind !== 'open') return undefined
        if (one && item.kind === 'add' && !isOwn(one.revision)) return undefined
        if (one) found.set(item.call_sid, one)
      }
      return [...found.values()]
    },
    /** Remembers the calls as a group leaves them, also before its commit is certain. */
    keep(work: Work): void {
      if (known.size > limit / 2) {
        older = known
        known = new Map()
      }
      for (const [sid, worked] of work.calls) known.set(sid, worked)
    },
    /** Forgets the calls of a group that failed. */
    forget(items: readonly Command[]): void {
      for (const { call_sid } of items) {
        known.delete(call_sid)
        older.delete(call_sid)
      }
    },
    /** Something assumed was wrong, so others work on the same calls: nothing is assumed for a while. */
    beCareful(): void {
      carefulUntil = clock() + carefulMs
    },
  }
}
