import type { Context } from '../context.ts'
import { classify, isUndone } from '../lib/faults.ts'
import { createGroups, type Groups } from '../lib/groups.ts'
import { createHold } from '../lib/hold-connection.ts'
import type { Command, OutcomeOf } from './apply-command.ts'
import { type AnyOutcome, createAhead, mayTryAgain, runBeside } from './group-running.ts'
import { createIdPool } from './reserve-ids.ts'
import { createRevisions } from './revisions.ts'
import { findHeldCalls } from './store-upkeep.ts'

export type Intake = Omit<Groups<Command, AnyOutcome>, 'submit'> & {
  submit: <C extends Command>(command: C) => Promise<OutcomeOf<C>>
  /** Gives the connection back. */
  close: () => void
}

/** One lane of group commits for everything that writes calls and their words. */
export function createIntake(ctx: Context, carefulMs = 2_000): Intake {
  const revisions = createRevisions()
  const shared = { ids: createIdPool(), revisions }
  // Beside the lane nothing is ours: what is added there must not go unnoticed by what the lane knows.
  const beside = { ...shared, revisions: { ...revisions, isOwn: () => false } }
  const hold = createHold(ctx.db.intake)
  const groups = createGroups({
    ahead: createAhead(ctx, shared, hold, carefulMs),
    run: (items) => runBeside(ctx, beside, items),
    groupLimit: 256,
    queueLimit: 50_000,
    mayTryAgain,
    mayRunAgain: isUndone,
    part: async (items, error) => {
      if (classify(error) !== 'held') return undefined
      const sids = items.map((item) => item.call_sid)
      const held = new Set(await findHeldCalls(ctx.db.pool, sids))
      return sids.map((sid) => held.has(sid))
    },
    onGroup: (size, ms) => ctx.onGroup?.('intake', size, ms),
  })
  return { ...groups, submit: groups.submit as Intake['submit'], close: hold.close }
}
