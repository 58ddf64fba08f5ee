import type { Drivers } from './crew-world.ts'
import * as crews from './crews.ts'

/** Milliseconds between two reports of a unit's position: after it moved, and while it stands. */
const reportMs = { moved: 1_000, standing: 30_000 }

/** One batch of where units are: those that moved at once, the others so that no position grows old. */
export async function reportPositions(on: Drivers): Promise<void> {
  const now = Date.now()
  const at = on.clock()
  const positions = on.crews.flatMap((crew) => {
    const { latitude, longitude } = crews.whereIs(crew, at)
    const place = { latitude: six(latitude), longitude: six(longitude) }
    const last = on.reported.get(crew.unit.id)
    const moved = place.latitude !== last?.latitude || place.longitude !== last.longitude
    const isDue = now - (last?.at ?? 0) >= (moved ? reportMs.moved : reportMs.standing)
    return isDue ? [{ id: crew.unit.id, ...place }] : []
  })
  if (positions.length === 0) return
  const { status } = await on.send('reportPositions', { body: { positions } })
  if (status !== 200) return
  for (const { id, ...place } of positions) on.reported.set(id, { at: now, ...place })
}

const six = (value: number) => Math.round(value * 1e6) / 1e6
