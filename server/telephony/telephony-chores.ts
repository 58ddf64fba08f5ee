import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { deleteOldUtterances } from './store.ts'

const dayMs = 24 * 3_600_000

/** What recurs for telephony. */
export const telephonyChores = [
  {
    everyMs: 60_000,
    run: ({ db, now }: Context) => {
      const before = new Date(now().getTime() - dayMs).toISOString()
      return transaction(db, (connection) => deleteOldUtterances(connection, before))
    },
  },
]
