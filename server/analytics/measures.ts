import type { Targets } from '@toneout/contract/model/targets.ts'
import type { Context } from '../context.ts'
import type { Database } from '../lib/db.ts'
import { createDays, type Days } from './days.ts'
import type { Units } from './scope.ts'
import { readUnits } from './store-days.ts'

/** What figures are made of: days, the units that runs name, and what the centre aims at. */
export type Measures = { db: Database; days: Days; targets: Targets; units: Units; now: string }

/** Gives what one question is answered from. Days stay in memory from one question to the next. */
export function createMeasures({ db, settings, now }: Context): () => Promise<Measures> {
  const days = createDays(db)
  return async () => {
    const units = new Map((await readUnits(db)).map((unit) => [unit.id, unit]))
    return { db, days, targets: settings.current().targets, units, now: now().toISOString() }
  }
}
