import { type DriveFitShown, driveSources } from '@toneout/contract/model/streets.ts'
import type { Context } from '../context.ts'
import { type Connection, transaction } from '../lib/db.ts'
import { localDay } from '../lib/local-day.ts'
import { fitLimits, fitDrives as fitLine } from './rules-fit.ts'
import { tellStreets, writeFit } from './store.ts'
import { beginFitting, readDrives } from './store-predictions.ts'

/** Days of drives that are looked at. */
const days = 90
/** Fits are made at night, when few drives are on the road; the hour is that of the server. */
const nightHours = [3, 4, 5]
const priorities = [1, 2, 3, 4] as const

/** Fits every source and priority that has drives enough; gives what it wrote. */
async function fitAll(connection: Connection, now: Date): Promise<DriveFitShown[]> {
  const fitted_at = now.toISOString()
  const since = new Date(now.getTime() - days * 86_400_000).toISOString()
  const fits: DriveFitShown[] = []
  for (const source of driveSources) {
    for (const priority of priorities) {
      const drives = await readDrives(connection, { source, priority, since, limit: fitLimits.most })
      const fit = fitLine(drives)
      if (!fit) continue
      const row = { source, priority, ...fit, fitted_at }
      await writeFit(connection, row)
      fits.push(row)
    }
  }
  return fits
}

/** Fits drive times to the drives of the past, once a night, on one process; `always` does so at once. */
export async function fitDrives({ db, now }: Context, always = false): Promise<DriveFitShown[]> {
  const at = now()
  if (!always && !nightHours.includes(at.getHours())) return []
  return transaction(db, async (connection) => {
    const begun = await beginFitting(connection)
    if (!begun) return []
    const isDone = begun.fitted_at !== null && localDay(new Date(begun.fitted_at)) === localDay(at)
    if (isDone && !always) return []
    const fits = await fitAll(connection, at)
    if (fits.length > 0) await tellStreets(connection)
    return fits
  })
}
