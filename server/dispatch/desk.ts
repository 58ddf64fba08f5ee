import type { Assignment } from '@toneout/contract/model/assignment.ts'
import type { Context } from '../context.ts'
import { commitTogether } from '../lib/commit.ts'
import { type Connection, inOneWrite, onConnection, together } from '../lib/db.ts'
import { createGroups, type Groups } from '../lib/groups.ts'
import { record } from '../timeline/record.ts'
import { applyCommand, askedBy, type Command, countAssignments, type OutcomeOf } from './apply-command.ts'
import { mayRunAgain, mayTryAgain, partHeld } from './failed-groups.ts'
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
  const [incidents, units, paramedics, hospitals, assignments, orders, calls, ids] = loaded as unknown[]
  // A merge may have moved an assignment to another incident while its lock was waited for.
  const held = new Set((locked as { id: number }[]).map(({ id }) => id))
  for (const one of assignments as Assignment[]) {
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
    assignments,
    orders,
    calls,
    ids: numbers,
  } as LoadedRows
  // The clock is read when the locks are held: what was waited for has happened before.
  const now = ctx.now()
  return createWork(now, rows, ctx.settings.current().response_plans)
}

/** Last flight: what the commands left, and the commit. */
async function write(connection: Connection, work: Work): Promise<void> {
  if (work.facts.length === 0) {
    await connection.query('ROLLBACK')
    return
  }
  const pick = (ids: Set<number>) => [...ids].map((id) => work.assignments.get(id) as Assignment)
  const incidents = [...work.changedIncidents].flatMap((id) => work.incidents.get(id) ?? [])
  await commitTogether(connection, () => {
    const sent: Promise<unknown>[] = []
    // What ends goes first: a unit may be freed and bound again in one group.
    if (work.changed.size > 0) sent.push(store.updateAssignments(connection, pick(work.changed)))
    if (work.added.size > 0) sent.push(store.insertAssignments(connection, pick(work.added)))
    if (incidents.length > 0) sent.push(store.updateIncidents(connection, incidents, work.now))
    const calls = [...work.changedCalls].flatMap((id) => work.calls.get(id) ?? [])
    if (calls.length > 0) sent.push(store.moveCalls(connection, calls))
    if (work.ordersGiven.length > 0) sent.push(store.insertOrders(connection, work.ordersGiven, work.now))
    return [...sent, record(connection, work.facts)]
  })
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
  await write(connection, work)
  return outcomes
}

/** One lane of group commits for everything that binds and frees units. */
export function createDesk(ctx: Context): Desk {
  const groups = createGroups({
    run: (items: readonly Command[]) =>
      onConnection(ctx.db.desk, { attempts, mayTryAgain }, (connection) => runOnce(ctx, connection, items)),
    groupLimit: 64,
    queueLimit: 10_000,
    mayRunAgain,
    part: (items, error) => partHeld(ctx.db.pool, items, error),
    onGroup: (size, ms) => ctx.onGroup?.('desk', size, ms),
  })
  return { ...groups, submit: groups.submit as Desk['submit'] }
}
