import { assignment } from '@toneout/contract/model/assignment.ts'
import { incident } from '@toneout/contract/model/incident.ts'
import type { FinalState } from '../../../simulator/history/entry.ts'
import { openClient } from './world.ts'

const incidents = `SELECT ${Object.keys(incident.shape).join(', ')} FROM incidents ORDER BY id`
const assignments = `SELECT ${Object.keys(assignment.shape).join(', ')} FROM assignments ORDER BY id`
const inUse = (table: string) => `SELECT id, retired_at FROM ${table} ORDER BY id`
const orders = 'SELECT order_id, incident_id, reply FROM dispatch_orders ORDER BY order_id'
const facts = `SELECT id, at, type,
  json_build_object('kind', actor_kind, 'id', actor_id, 'name', actor_name) AS actor,
  call_id, incident_id, unit_id, data FROM facts ORDER BY id`

/** All that the checker judges, read once and in one snapshot; nothing may be under way any more. */
export async function readFinalState(url: string, given: number[]): Promise<FinalState> {
  const client = await openClient(url)
  const read = async (text: string) => (await client.query(text)).rows
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    return {
      given,
      incidents: await read(incidents),
      assignments: await read(assignments),
      orders: await read(orders),
      facts: await read(facts),
      units: await read(inUse('units')),
      hospitals: await read(inUse('hospitals')),
    }
  } finally {
    await client.end()
  }
}
