import { systemActor } from '@toneout/contract/model/fact.ts'
import type { Context } from '../context.ts'
import { type Database, transaction } from '../lib/db.ts'
import { differences } from '../lib/differences.ts'
import { record } from '../timeline/record.ts'
import * as store from './store-placing.ts'

export type Unplaced = store.Unplaced
/** `source` names who found it, such as gazetteer; `confidence` is from 0 to 1. */
export type FoundPlace = { latitude: number; longitude: number; source: string; confidence: number }

const system = systemActor()

/** Open incidents whose words for the place the server has not looked up yet, the oldest first. */
export const findUnplaced = (db: Database, limit: number): Promise<Unplaced[]> =>
  store.readUnplaced(db.pool, limit)

/**
 * Sets what the server found for the words, or that it found nothing sure. A position that a person or a call
 * gave stays. One that the server gave for other words goes: units must not be sent to where it was not.
 */
export async function placeIncident(
  ctx: Context,
  { id, location }: Unplaced,
  found: FoundPlace | undefined,
): Promise<void> {
  const at = ctx.now().toISOString()
  await transaction(ctx.db, async (connection) => {
    // What has changed since it was read is looked up again.
    const before = await store.lockUnplaced(connection, id, location)
    if (!before) return
    const place = { latitude: found?.latitude ?? null, longitude: found?.longitude ?? null }
    await store.writePlace(connection, id, location, place, at)
    const changes = differences(before, place)
    if (Object.keys(changes).length === 0) return
    const how = found ? { placed_by: found.source, confidence: found.confidence } : {}
    const data = { changes, ...how }
    await record(connection, [{ at, type: 'incident_updated', actor: system, incident_id: id, data }])
  })
}
