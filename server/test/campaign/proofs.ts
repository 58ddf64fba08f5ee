import { setTimeout as delay } from 'node:timers/promises'
import type { FinalState } from '../../../simulator/history/entry.ts'
import type { Scene } from './world.ts'

/** Milliseconds an order is watched while somebody holds the row of its unit; far above what it takes. */
const watchedMs = 1_000

/**
 * Whether an order waits for the lock of its unit: somebody else holds it, and the order names another unit
 * that does not exist, so that it is refused in the end and leaves nothing.
 */
export async function waitsForLocks({ client, world, ask }: Scene): Promise<boolean> {
  await client.query('BEGIN')
  await client.query('SELECT FROM units WHERE id = $1 FOR NO KEY UPDATE', [world.units[0]])
  const body = { order_id: 'proof', unit_ids: [world.units[0], 999_999_999] }
  const answered = ask('POST', `/api/incidents/${world.incidents[0]}/assignments/`, body)
  const first = await Promise.race([answered.then(() => 'answered'), delay(watchedMs, 'waits')])
  const { rows } = await client.query(
    `SELECT count(*)::int AS n FROM pg_locks l JOIN pg_stat_activity a USING (pid)
      WHERE NOT l.granted AND a.application_name = 'toneout desk' AND a.datname = current_database()`,
  )
  await client.query('ROLLBACK')
  const { status } = await answered
  if (status !== 404) throw new Error(`the proof was answered ${status}`)
  return first === 'waits' && rows[0].n > 0
}

export async function dropIndexes({ client }: Scene): Promise<void> {
  await client.query('DROP INDEX assignments_one_live_for_a_unit, assignments_one_live_for_a_paramedic')
}

/** Orders by which a unit was assigned more than once. */
export function doubledOrders({ facts }: FinalState): string[] {
  const seen = new Set<string>()
  return facts.flatMap(({ type, unit_id, data }) => {
    if (type !== 'unit_assigned' || typeof data.order_id !== 'string') return []
    const key = `${data.order_id} ${unit_id}`
    if (seen.has(key)) return [key]
    seen.add(key)
    return []
  })
}
