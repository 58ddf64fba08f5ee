import { setTimeout as delay } from 'node:timers/promises'
import type { Actions } from '../../../simulator/history/entry.ts'
import type { Recorder } from '../../../simulator/history/recorder.ts'
import type { Random } from '../../../simulator/random.ts'
import type { SteadyClient } from './world.ts'

export type DutyDesk = { steady: SteadyClient; recorder: Recorder; random: Random; units: readonly number[] }

const live = `SELECT id FROM assignments WHERE unit_id = $1
  AND status NOT IN ('CLEARED', 'CANCELLED', 'DIVERTED')`

/**
 * Takes the lock of the unit as the server does, and holds it for a moment, so that orders have to wait.
 * A unit that is bound keeps its duty; one that is off duty must be free still when it comes back.
 */
async function change({ steady, recorder, random }: DutyDesk, action: Actions['duty']): Promise<boolean> {
  const { unit_id, duty } = action
  const client = await steady.get()
  const pending = recorder.invoke('duty', 'duty', action)
  try {
    await client.query("BEGIN; SET LOCAL lock_timeout = '3s'")
    await client.query('SELECT FROM units WHERE id = $1 FOR NO KEY UPDATE', [unit_id])
    const bound = (await client.query(live, [unit_id])).rows.map(({ id }) => Number(id))
    await delay(random.int(0, 15))
    if (duty === 'OFF_DUTY' && bound.length > 0) {
      await client.query('ROLLBACK')
      pending.fail('unit_busy')
      return false
    }
    await client.query('UPDATE units SET duty = $2, updated_at = now() WHERE id = $1', [unit_id, duty])
    await client.query('COMMIT')
    pending.ok({ live: bound })
    return true
  } catch (error) {
    await client.query('ROLLBACK').catch(() => {})
    pending.unknown((error as Error).message)
    return false
  }
}

/** Sends one unit off duty and brings it back, whatever happens in between. */
async function dutyRound(desk: DutyDesk): Promise<void> {
  const unit_id = desk.random.pick(desk.units)
  if (!(await change(desk, { unit_id, duty: 'OFF_DUTY' }))) return
  await delay(desk.random.int(0, 20))
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (await change(desk, { unit_id, duty: 'AVAILABLE' })) return
  }
}

/** One unit after the other, until the run is done. */
export async function changeDuties(desk: DutyDesk, isDone: () => boolean): Promise<void> {
  while (!isDone()) {
    await dutyRound(desk)
    await delay(desk.random.int(0, 60))
  }
}
