import type { FoundAddress } from '@toneout/contract/operations/addresses.ts'
import type { Context } from '../context.ts'
import { findUnplaced, placeIncident, type Unplaced } from '../incidents/place-incident.ts'
import type { Finder } from './finder.ts'

/** From here on the server sets the position by itself; below, a person is asked for a pin. */
export const sureEnough = 0.85
/** Nobody is sent to somewhere on a long street by the server alone. */
const nearEnoughMetres = 150

/** Whether a unit may be sent there before a person has looked; what has a note is for a person to read. */
export function isSure(found: FoundAddress | undefined): found is FoundAddress {
  if (!found || found.confidence < sureEnough || found.accuracy_m > nearEnoughMetres) return false
  return found.kind !== 'street' && found.note === null
}

const everyMs = 2_000
/** Incidents looked up at a time. */
const atATime = 20

async function placeOne(ctx: Context, finder: Finder, incident: Unplaced): Promise<void> {
  const { results } = await finder.search(incident.location.slice(0, 200), { limit: 3 })
  const [best] = results
  const found = isSure(best)
    ? { latitude: best.latitude, longitude: best.longitude, source: best.source, confidence: best.confidence }
    : undefined
  await placeIncident(ctx, incident, found)
}

/** Gives positions to open incidents whose place has words only; gives how many were looked up. */
export async function placeIncidents(ctx: Context, finder: Finder): Promise<number> {
  if (!(await finder.isReady())) return 0
  const unplaced = await findUnplaced(ctx.db, atATime)
  for (const incident of unplaced) await placeOne(ctx, finder, incident)
  return unplaced.length
}

/** Looks for such incidents all the while; one that fails is tried again with the next. */
export function startPlacing(ctx: Context, finder: Finder) {
  let running: Promise<unknown> | undefined
  const once = () => {
    running ??= placeIncidents(ctx, finder)
      .catch((error: { code?: string }) => ctx.log.warn({ code: error.code }, 'could not place incidents'))
      .finally(() => {
        running = undefined
      })
  }
  const timer = setInterval(once, everyMs)
  return { stop: () => clearInterval(timer), idle: async () => void (await running) }
}
