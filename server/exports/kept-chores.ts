import type { Context } from '../context.ts'
import { tidyKept } from './store-kept.ts'

/** A process that makes an export speaks of it every two seconds, but while the first rows are sorted. */
const silentMs = 120_000

/** Files that have expired go, and what no process makes any more is said to have failed. */
export const keptChores = [
  {
    everyMs: 30_000,
    run: ({ db, now }: Context) => {
      const at = now()
      return tidyKept(db, at.toISOString(), new Date(at.getTime() - silentMs).toISOString())
    },
  },
]
