import type {
  KnownPosition,
  PositionsTaken,
  ReportedPosition,
  UnitPosition,
} from '@toneout/contract/model/position.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { sortPositions } from './rules.ts'
import { findPosition, holdUnits, writePositions } from './store-positions.ts'

/**
 * Writes where units are. Positions are no facts: they are many, and each replaces the one before. One
 * unit's fault keeps no other's position out.
 */
export async function reportPositions(
  ctx: Context,
  reports: readonly ReportedPosition[],
): Promise<PositionsTaken> {
  const ids = reports.flatMap(({ id }) => id ?? [])
  const numbers = reports.flatMap(({ unit_number }) => unit_number ?? [])
  return transaction(ctx.db, async (connection) => {
    const units = await holdUnits(connection, ids, numbers)
    const { newest, ...rest } = sortPositions(reports, units, ctx.now())
    if (newest.length > 0) await writePositions(connection, newest)
    return { written: newest.length, ...rest }
  })
}

/** Writes where a unit is, unless a newer position is stored; gives the stored one. */
export async function reportPosition(
  ctx: Context,
  id: number,
  body: UnitPosition,
): Promise<KnownPosition | Refusal> {
  return transaction(ctx.db, async (connection) => {
    const units = await holdUnits(connection, [id], [])
    const { newest, in_future } = sortPositions([{ id, ...body }], units, ctx.now())
    if (in_future.length > 0) {
      return refuse('invalid', { fields: { at: ['Must not be in the future.'] } })
    }
    if (newest.length > 0) await writePositions(connection, newest)
    return (await findPosition(connection, id)) ?? refuse('not_found')
  })
}
