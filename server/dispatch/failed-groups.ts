import { classify } from '../lib/faults.ts'
import { askedBy, type Command } from './apply-command.ts'
import * as store from './store-held.ts'

/** A unit was taken, or a number given, by another process that did not wait for our lock: look again. */
const takenElsewhere = /^(assignments_one_live_for_a_(unit|paramedic)|dispatch_orders_pkey)$/

export const mayTryAgain = (error: unknown) =>
  classify(error) === 'retry' || takenElsewhere.test((error as { constraint?: string }).constraint ?? '')

type Pool = Parameters<typeof store.findHeld>[0]

/**
 * For each command whether it is about an incident or a unit that somebody holds at this moment; undefined
 * when the group failed for another reason. Who waits for such a row must not take the others along.
 */
export async function partHeld(
  pool: Pool,
  items: readonly Command[],
  error: unknown,
): Promise<boolean[] | undefined> {
  if (classify(error) !== 'held') return undefined
  const asked = askedBy(items)
  const bound = await store.rowsOfAssignments(pool, asked.assignments)
  const held = await store.findHeld(pool, {
    incidents: [...asked.incidents, ...bound.map((one) => one.incident_id)],
    units: [...asked.units, ...bound.map((one) => one.unit_id)],
  })
  const [incidents, units] = [new Set(held.incidents), new Set(held.units)]
  return items.map((item) => {
    const own = askedBy([item])
    const through = bound.filter(({ id }) => own.assignments.includes(id))
    return (
      own.incidents.some((id) => incidents.has(id)) ||
      own.units.some((id) => units.has(id)) ||
      through.some((one) => incidents.has(one.incident_id) || units.has(one.unit_id))
    )
  })
}
