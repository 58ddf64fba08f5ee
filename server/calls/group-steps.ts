import type { Interaction } from '@toneout/contract/model/interaction.ts'
import pg from 'pg'
import type { Context } from '../context.ts'
import { type Connection, inOneWrite, together } from '../lib/db.ts'
import { OutcomeUnknown } from '../lib/faults.ts'
import { record } from '../timeline/record.ts'
import type { Command } from './apply-command.ts'
import type { IdPool, Reserved } from './reserve-ids.ts'
import * as store from './store.ts'
import { createWork, type Work } from './work.ts'

export type Loaded = { connection: Connection; work: Work; ids: Reserved }

const dayMs = 24 * 3_600_000

/** First flight of a group: begins its transaction, locks and loads what its commands are about. */
export async function load(
  ctx: Context,
  connection: Connection,
  pool: IdPool,
  items: readonly Command[],
): Promise<Loaded> {
  const now = ctx.now()
  const sids = [...new Set(items.map((item) => item.call_sid))]
  const keys = items.flatMap((item) => (item.kind === 'add' && item.once ? [item.once.key] : []))
  const revised = items.flatMap((item) => (item.kind === 'revise' ? [item.id] : []))
  const count = (kind: Command['kind']) => items.reduce((sum, item) => sum + Number(item.kind === kind), 0)
  const since = new Date(now.getTime() - dayMs).toISOString()
  const [, , calls, interactions, replies, ids] = await inOneWrite(connection, () =>
    together([
      connection.query('BEGIN'),
      store.lockCalls(connection, sids),
      store.loadCalls(connection, sids),
      revised.length > 0 ? store.loadInteractions(connection, revised) : Promise.resolve([]),
      keys.length > 0 ? store.loadReplies(connection, keys, sids, since) : Promise.resolve([]),
      pool.reserve(connection, { calls: count('open'), interactions: count('add') }),
    ]),
  )
  return { connection, ids, work: createWork(now.toISOString(), ids, { calls, interactions, replies }) }
}

/** Sends what the group leaves to be written. */
function send(connection: Connection, work: Work): Promise<unknown>[] {
  const stamped = (state: 'new' | 'changed') =>
    [...work.calls.values()].flatMap((one) =>
      one.state === state ? [{ ...one.call, updated_at: work.now }] : [],
    )
  const opened = stamped('new')
  const changed = stamped('changed')
  const revised = [...work.revised].map((id) => work.interactions.get(id) as Interaction)
  const added = work.added.map((one) => work.interactions.get(one.id) as Interaction)
  const sent: Promise<unknown>[] = []
  if (opened.length > 0) sent.push(store.insertCalls(connection, opened))
  if (changed.length > 0) sent.push(store.updateCalls(connection, changed))
  if (added.length > 0) sent.push(store.insertInteractions(connection, added))
  if (revised.length > 0) sent.push(store.updateInteractions(connection, revised))
  if (work.repliesGiven.length > 0) {
    sent.push(store.insertReplies(connection, work.repliesGiven, work.now))
  }
  return [...sent, ...record(connection, work.facts)]
}

/**
 * Second flight: all that is to be written and the commit, sent before this function first waits. Rejects
 * unless the commit is certain; the transaction is over in any case.
 */
export async function write({ connection, work }: Loaded): Promise<void> {
  if (work.facts.length === 0) {
    await connection.query('ROLLBACK')
    return
  }
  const ended = inOneWrite(connection, () => {
    // The short patience was for calls that somebody holds; the timeline's turn is waited for.
    const patience = connection.query("SET LOCAL lock_timeout = '2s'")
    const sent = [patience, ...send(connection, work)]
    const commit = connection.query('COMMIT')
    return together([...sent, commit]).then(() => commit)
  })
  const { command } = await ended.catch((error) => {
    // Once the commit was sent, only the server's own word that it undid the work is certain.
    const undone = error instanceof pg.DatabaseError && error.severity === 'ERROR'
    throw undone ? error : new OutcomeUnknown('the commit was not answered', { cause: error })
  })
  if (command !== 'COMMIT') throw new Error('the group was rolled back')
}
