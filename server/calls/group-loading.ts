import type { Context } from '../context.ts'
import { type Connection, inOneWrite, together } from '../lib/db.ts'
import type { Vault } from '../lib/vault.ts'
import type { Command } from './apply-command.ts'
import { openCall } from './caller.ts'
import type { KnownCall } from './known-calls.ts'
import type { IdPool, Reserved } from './reserve-ids.ts'
import type { Revisions } from './revisions.ts'
import * as store from './store.ts'
import { createWork, type Work } from './work.ts'

export type Loaded = {
  connection: Connection
  work: Work
  ids: Reserved
  vault: Vault
  /** Calls nobody read for this group. undefined: they were read and locked; the transaction has begun. */
  assumed?: readonly KnownCall[]
}

const dayMs = 24 * 3_600_000

/** What the groups of a process share. */
export type Shared = { ids: IdPool; revisions: Revisions }

function countIds(items: readonly Command[]) {
  const count = (kind: Command['kind']) => items.reduce((sum, item) => sum + Number(item.kind === kind), 0)
  const calls = count('open')
  // Any call that is opened or changed may raise an incident.
  return { calls, interactions: count('add'), incidents: calls + count('change') }
}

/** First flight of a group: begins its transaction, locks and loads what its commands are about. */
export async function loadGroup(
  ctx: Context,
  connection: Connection,
  shared: Shared,
  items: readonly Command[],
): Promise<Loaded> {
  const now = ctx.now()
  const sids = [...new Set(items.map((item) => item.call_sid))]
  const keys = items.flatMap((item) => (item.kind === 'add' && item.once ? [item.once.key] : []))
  const revised = items.flatMap((item) => (item.kind === 'revise' ? [item.id] : []))
  const since = new Date(now.getTime() - dayMs).toISOString()
  const [, , calls, interactions, replies, ids] = await inOneWrite(connection, () =>
    together([
      connection.query('BEGIN'),
      store.lockCalls(connection, sids),
      store.loadCalls(connection, sids),
      revised.length > 0 ? store.loadInteractions(connection, revised) : Promise.resolve([]),
      keys.length > 0 ? store.loadReplies(connection, keys, sids, since) : Promise.resolve([]),
      shared.ids.reserve(connection, countIds(items)),
    ]),
  )
  const { settings, vault } = ctx
  const opened = calls.map((one) => ({ ...one, call: openCall(vault, one.call) }))
  const rows = { calls: opened, interactions, replies }
  return { connection, ids, vault, work: createWork(now, settings.current(), shared.revisions, ids, rows) }
}

/** The same without a flight, for a group that is only about known calls. undefined: ids have run short. */
export function assumeGroup(
  ctx: Context,
  connection: Connection,
  shared: Shared,
  items: readonly Command[],
  assumed: readonly KnownCall[],
): Loaded | undefined {
  const ids = shared.ids.reserveAtHand(connection, countIds(items))
  if (!ids) return undefined
  const { settings, vault } = ctx
  const work = createWork(ctx.now(), settings.current(), shared.revisions, ids, { calls: assumed })
  return { connection, ids, assumed, vault, work }
}
