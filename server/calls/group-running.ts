import type { Context } from '../context.ts'
import { onConnection } from '../lib/db.ts'
import { classify } from '../lib/faults.ts'
import type { Held, Hold } from '../lib/hold-connection.ts'
import { applyCommand, type Command, type OutcomeOf } from './apply-command.ts'
import { assumeGroup, type Loaded, loadGroup, type Shared } from './group-loading.ts'
import { writeGroup } from './group-writing.ts'
import { createKnownCalls } from './known-calls.ts'

export type AnyOutcome = OutcomeOf<Command>

const attempts = 3

/** Another process opened the same call between our load and our write: it is there at the next try. */
const openedElsewhere = (error: unknown) =>
  (error as { constraint?: string }).constraint === 'calls_call_sid_key'

export const mayTryAgain = (error: unknown) => classify(error) === 'retry' || openedElsewhere(error)
const isLost = (error: unknown) => classify(error) === 'away'

/** Applies the commands of a loaded group one after the other, and sends what they leave to be written. */
async function finish(loaded: Loaded, items: readonly Command[]): Promise<AnyOutcome[]> {
  let outcomes: AnyOutcome[]
  try {
    outcomes = items.map((item) => applyCommand(loaded.work, item))
  } catch (error) {
    if (!loaded.assumed) await loaded.connection.query('ROLLBACK')
    throw error
  } finally {
    loaded.ids.giveBack()
  }
  await writeGroup(loaded)
  return outcomes
}

/** Groups that follow each other on one connection, on calls this process knows or has read. */
export function createAhead(ctx: Context, shared: Shared, hold: Hold, carefulMs: number) {
  const known = createKnownCalls(shared.revisions, carefulMs)

  /** Nothing is written before the last flight, so a first one that broke may be sent again. */
  const read = async (items: readonly Command[]) => {
    for (let attempt = 1; ; attempt += 1) {
      const connection = await hold.get()
      try {
        return { ...(await loadGroup(ctx, connection, shared, items)), connection }
      } catch (error) {
        hold.drop(connection)
        if (attempt === 2 || !isLost(error)) throw error
      }
    }
  }

  const prepare = (items: readonly Command[]) => {
    const connection = hold.atHand()
    const assumed = connection && known.of(items)
    const loaded = assumed && assumeGroup(ctx, connection, shared, items, assumed)
    return loaded ? { ...loaded, connection } : read(items)
  }

  const commit = (loaded: Loaded & { connection: Held }, items: readonly Command[]) => {
    const ended = finish(loaded, items)
    // All is sent by now: what is sent behind it may build on it.
    known.keep(loaded.work)
    return ended.catch((error) => {
      known.forget(items)
      if (loaded.assumed && mayTryAgain(error)) known.beCareful()
      if (isLost(error)) hold.drop(loaded.connection)
      throw error
    })
  }

  return { prepare, commit, depth: 2 }
}

/** A group by itself on the other connection, so that what failed does not hold up what comes after. */
export function runBeside(ctx: Context, shared: Shared, items: readonly Command[]): Promise<AnyOutcome[]> {
  return onConnection(ctx.db.intake, { attempts, mayTryAgain }, async (connection) =>
    finish(await loadGroup(ctx, connection, shared, items), items),
  )
}
