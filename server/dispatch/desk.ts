import type { Context } from '../context.ts'
import { type Connection, inOneWrite, onConnection, together } from '../lib/db.ts'
import { isUndone } from '../lib/faults.ts'
import { createGroups, type Groups } from '../lib/groups.ts'
import { applyCommand, askedBy, type Command, countAssignments, type OutcomeOf } from './apply-command.ts'
import { mayTryAgain, partHeld } from './failed-groups.ts'
import { writeGroup } from './group-writing.ts'
import type { WorkedAssignment } from './rows.ts'
import * as store from './store.ts'
import { createWork, type Work } from './work.ts'

type LoadedRows = Parameters<typeof createWork>[1]
type AnyOutcome = OutcomeOf<Command>
export type Desk = Omit<Groups<Command, AnyOutcome>, 'submit'> & {
  submit: <C extends Command>(command: C) => Promise<OutcomeOf<C>>
}

const attempts = 5

/** First flight: begins the transaction, locks and loads what the commands are about. */
async function load(ctx: Context, connection: Connection, items: readonly Command[]): Promise<Work> {
  const asked = askedBy(items)
  const [, , locked, , , ...loaded] = await inOneWrite(connection, () =>
    together([
      connection.query('BEGIN'),
      ...store.lockRows(connection, asked),
      ...store.loadRows(connection, asked, countAssignments(items)),
    ]),
  )
  const [incidents, units, paramedics, hospitals, found, orders, calls, neighbours, ids] =
    loaded as unknown[][]
  // A merge may have moved an assignment to another incident while its lock was waited for.
  const held = new Set((locked as { id: number }[]).map(({ id }) => id))
  for (const one of found as WorkedAssignment[]) {
    const isAsked = asked.assignments.includes(one.id)
    if (isAsked && !held.has(one.incident_id))
      throw Object.assign(new Error('it was moved'), { code: '40001' })
  }
  const numbers = (ids as { id: number }[]).map(({ id }) => id)
  const rows = {
    incidents,
    units,
    paramedics,
    hospitals,
    assignments: [...(neighbours ?? []), ...(found ?? [])],
    orders,
    calls,
    ids: numbers,
  } as LoadedRows
  // The clock is read when the locks are held: what was waited for has happened before.
  const now = ctx.now()
  return createWork(now, rows, ctx.settings.current().response_plans)
}

async function runOnce(ctx: Context, connection: Connection, items: readonly Command[]) {
  const work = await load(ctx, connection, items)
  let outcomes: AnyOutcome[]
  try {
    outcomes = items.map((item) => applyCommand(work, item))
  } catch (error) {
    await connection.query('ROLLBACK')
    throw error
  }
  await writeGroup(connection, work)
  return outcomes
}

/** One lane of group commits for everything that binds and frees units. */
export function createDesk(ctx: Context): Desk {
  const groups = createGroups({
    run: (items: readonly Command[]) =>
      onConnection(ctx.db.desk, { attempts, mayTryAgain }, (connection) => runOnce(ctx, connection, items)),
    // While one group is being committed, others are locked, loaded and decided.
    atOnce: 3,
    groupLimit: 64,
    queueLimit: 10_000,
    mayRunAgain: isUndone,
    part: (items, error) => partHeld(ctx.db.pool, items, error),
    onGroup: (size, ms) => ctx.onGroup?.('desk', size, ms),
  })
  return { ...groups, submit: groups.submit as Desk['submit'] }
}
