import { commitTogether } from '../lib/commit.ts'
import type { Connection } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import type { WorkedAssignment } from './rows.ts'
import * as store from './store.ts'
import * as incidentStore from './store-incidents.ts'
import type { Work } from './work.ts'

/** Last flight: what the commands left, and the commit. */
export async function writeGroup(connection: Connection, work: Work): Promise<void> {
  if (work.facts.length === 0) {
    await connection.query('ROLLBACK')
    return
  }
  const pick = (ids: Set<number>) => [...ids].map((id) => work.assignments.get(id) as WorkedAssignment)
  const incidents = [...work.changedIncidents].flatMap((id) => work.incidents.get(id) ?? [])
  await commitTogether(connection, () => {
    const sent: Promise<unknown>[] = []
    // What ends goes first: a unit may be freed and bound again in one group.
    if (work.changed.size > 0) sent.push(store.updateAssignments(connection, pick(work.changed)))
    if (work.added.size > 0) sent.push(store.insertAssignments(connection, pick(work.added)))
    if (incidents.length > 0) sent.push(incidentStore.updateIncidents(connection, incidents, work.now))
    const calls = [...work.changedCalls].flatMap((id) => work.calls.get(id) ?? [])
    if (calls.length > 0) sent.push(incidentStore.moveCalls(connection, calls))
    if (work.ordersGiven.length > 0) sent.push(store.insertOrders(connection, work.ordersGiven, work.now))
    return [...sent, record(connection, work.facts)]
  })
}
