import type pg from 'pg'
import type { Context } from '../context.ts'
import { classify } from '../lib/faults.ts'
import { createGroups, type Groups } from '../lib/groups.ts'
import { applyCommand, type Command, type OutcomeOf } from './apply-command.ts'
import { assumeGroup, type Loaded, loadGroup, type Shared } from './group-loading.ts'
import { writeGroup } from './group-writing.ts'
import { createKnownCalls } from './known-calls.ts'
import { createIdPool } from './reserve-ids.ts'
import { createRevisions } from './revisions.ts'
import { findHeldCalls } from './store-upkeep.ts'

type AnyOutcome = OutcomeOf<Command>
export type Intake = Omit<Groups<Command, AnyOutcome>, 'submit'> & {
  submit: <C extends Command>(command: C) => Promise<OutcomeOf<C>>
  /** Gives the connection back. */
  close: () => void
}

const attempts = 3

/** Another process opened the same call between our load and our write: it is there at the next try. */
const openedElsewhere = (error: unknown) =>
  (error as { constraint?: string }).constraint === 'calls_call_sid_key'

const mayTryAgain = (error: unknown) => classify(error) === 'retry' || openedElsewhere(error)
/** lock_not_available: the rows of one item were held by somebody else. */
const isHeld = (error: unknown) => (error as { code?: string }).code === '55P03'
const isUndone = (error: unknown) => classify(error) === 'bug' || isHeld(error)
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

/**
 * The connection that groups follow each other on: taken when it is first needed, and again after it broke.
 */
function createHold(pool: pg.Pool) {
  let held: pg.PoolClient | undefined
  const drop = (client: pg.PoolClient) => {
    if (held !== client) return
    held = undefined
    client.release(true)
  }
  return {
    drop,
    atHand: () => held,
    async get(): Promise<pg.PoolClient> {
      if (held) return held
      const client = await pool.connect()
      client.once('end', () => drop(client))
      held = client
      return client
    },
    close(): void {
      held?.release()
      held = undefined
    },
  }
}

type Hold = ReturnType<typeof createHold>

/** Groups that follow each other on one connection, on calls this process knows or has read. */
function createAhead(ctx: Context, shared: Shared, hold: Hold, carefulMs: number) {
  const known = createKnownCalls(shared.revisions, carefulMs)

  /** Nothing is written before the last flight, so a first one that broke may be sent again. */
  const read = async (items: readonly Command[]) => {
    for (let attempt = 1; ; attempt += 1) {
      const connection = await hold.get()
      try {
        return { ...(await loadGroup(ctx, connection, shared, items)), connection }
      } catch (error) {
        hold.drop(connection)
        if (attempt === 2 || !isLost(error) || isHeld(error)) throw error
      }
    }
  }

  const prepare = (items: readonly Command[]) => {
    const connection = hold.atHand()
    const assumed = connection && known.of(items)
    const loaded = assumed && assumeGroup(ctx, connection, shared, items, assumed)
    return loaded ? { ...loaded, connection } : read(items)
  }

  const commit = (loaded: Loaded & { connection: pg.PoolClient }, items: readonly Command[]) => {
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
async function runBeside(ctx: Context, shared: Shared, items: readonly Command[]): Promise<AnyOutcome[]> {
  for (let attempt = 1; ; attempt += 1) {
    const connection = await ctx.db.intake.connect()
    let broken = true
    try {
      const outcomes = await finish(await loadGroup(ctx, connection, shared, items), items)
      broken = false
      return outcomes
    } catch (error) {
      if (!mayTryAgain(error) || attempt === attempts) throw error
    } finally {
      connection.release(broken)
    }
  }
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
      if (!isHeld(error)) return undefined
      const sids = items.map((item) => item.call_sid)
      const held = new Set(await findHeldCalls(ctx.db.pool, sids))
      return sids.map((sid) => held.has(sid))
    },
    onGroup: ctx.onGroup,
  })
  return { ...groups, submit: groups.submit as Intake['submit'], close: hold.close }
}
