import type pg from 'pg'
import type { Context } from '../context.ts'
import { classify } from '../lib/faults.ts'
import { createGroups, type Groups } from '../lib/groups.ts'
import { applyCommand, type Command, type OutcomeOf } from './apply-command.ts'
import { type Loaded, load, write } from './group-steps.ts'
import { createIdPool } from './reserve-ids.ts'

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
    await loaded.connection.query('ROLLBACK')
    throw error
  } finally {
    loaded.ids.giveBack()
  }
  await write(loaded)
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

/** One lane of group commits for everything that writes calls and their words. */
export function createIntake(ctx: Context): Intake {
  const pool = createIdPool()
  const hold = createHold(ctx.db.intake)

  /** Nothing is written before the second flight, so a first one that broke may be sent again. */
  const prepare = async (items: readonly Command[]) => {
    for (let attempt = 1; ; attempt += 1) {
      const connection = await hold.get()
      try {
        return { ...(await load(ctx, connection, pool, items)), connection }
      } catch (error) {
        hold.drop(connection)
        if (attempt === 2 || !isLost(error) || isHeld(error)) throw error
      }
    }
  }

  const commit = (loaded: Loaded & { connection: pg.PoolClient }, items: readonly Command[]) =>
    finish(loaded, items).catch((error) => {
      if (isLost(error)) hold.drop(loaded.connection)
      throw error
    })

  /** A group by itself on the other connection, so that what failed does not hold up what comes after. */
  const run = async (items: readonly Command[]) => {
    for (let attempt = 1; ; attempt += 1) {
      const connection = await ctx.db.intake.connect()
      let broken = true
      try {
        const outcomes = await finish(await load(ctx, connection, pool, items), items)
        broken = false
        return outcomes
      } catch (error) {
        if (!mayTryAgain(error) || attempt === attempts) throw error
      } finally {
        connection.release(broken)
      }
    }
  }

  const groups = createGroups({
    ahead: { prepare, commit },
    run,
    groupLimit: 256,
    queueLimit: 50_000,
    mayTryAgain,
    mayRunAgain: isUndone,
    onGroup: ctx.onGroup,
  })
  return { ...groups, submit: groups.submit as Intake['submit'], close: hold.close }
}
