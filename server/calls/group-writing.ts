import { insertIncidents } from '../incidents/store.ts'
import { commitTogether } from '../lib/commit.ts'
import type { Connection } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import type { Loaded } from './group-loading.ts'
import type { KnownCall } from './known-calls.ts'
import * as store from './store.ts'
import { storedInteraction, writtenCall } from './written-rows.ts'

/** Sends what the group leaves to be written. */
function send(connection: Connection, loaded: Loaded): Promise<unknown>[] {
  const { work } = loaded
  const stamped = (state: 'new' | 'changed') =>
    [...work.calls.values()].flatMap((one) => (one.state === state ? [writtenCall(loaded, one)] : []))
  const opened = stamped('new')
  const changed = stamped('changed')
  const revised = [...work.revised].map((id) => storedInteraction(work, id))
  const added = work.added.map((one) => storedInteraction(work, one.id))
  const sent: Promise<unknown>[] = []
  if (work.raised.length > 0) sent.push(insertIncidents(connection, work.raised, work.now))
  if (opened.length > 0) sent.push(store.insertCalls(connection, opened))
  if (changed.length > 0) sent.push(store.updateCalls(connection, changed))
  if (added.length > 0) sent.push(store.insertInteractions(connection, added))
  if (revised.length > 0) sent.push(store.updateInteractions(connection, revised))
  if (work.repliesGiven.length > 0) {
    sent.push(store.insertReplies(connection, work.repliesGiven, work.now))
  }
  return work.facts.length > 0 ? [...sent, record(connection, work.facts)] : sent
}

/** Begins the transaction of a group that assumed its calls, and insists on what it assumed. */
function begin(connection: Connection, assumed: readonly KnownCall[]): Promise<unknown>[] {
  const begun = connection.query('BEGIN')
  const held = assumed.length > 0 ? store.lockAsKnown(connection, assumed) : store.bePatient(connection)
  return [begun, held]
}

/**
 * Last flight: all that is to be written and the commit, sent before this function first waits. Rejects
 * unless the commit is certain; the transaction is over in any case.
 */
export async function writeGroup(loaded: Loaded): Promise<void> {
  const { connection, work, assumed } = loaded
  if (work.facts.length === 0 && !assumed) {
    await connection.query('ROLLBACK')
    return
  }
  await commitTogether(connection, () => {
    const begun = assumed ? begin(connection, assumed) : [store.bePatient(connection)]
    return [...begun, ...send(connection, loaded)]
  })
}
