import { type Actor, systemActor } from '@toneout/contract/model/fact.ts'
import type { Closure } from '@toneout/contract/model/streets.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import * as store from './store.ts'
import type { Streets } from './streets.ts'

const told = ({ id, segment_id, street, reason }: Closure) => ({ closure_id: id, segment_id, street, reason })

/** Opens a closed stretch of street again; this process drives through it when the answer is given. */
export async function liftClosure(
  ctx: Context,
  streets: Streets,
  actor: Actor,
  id: number,
): Promise<Closure | Refusal> {
  const at = ctx.now().toISOString()
  const lifted = await transaction(ctx.db, async (connection) => {
    const one = await store.liftClosure(connection, id, at, actor.name)
    if (!one) return refuse('not_found', { detail: 'There is no such closure now.' })
    await store.tellStreets(connection)
    await record(connection, [{ at, type: 'closure_lifted', actor, data: told(one) }])
    return one
  })
  await streets.refreshRows()
  return lifted
}

/** Writes down the closures that ended by their time. They held no longer whether this has run or not. */
export async function liftEndedClosures({ db, now }: Context): Promise<void> {
  const at = now().toISOString()
  const actor = systemActor()
  await transaction(db, async (connection) => {
    const ended = await store.liftEnded(connection, at)
    if (ended.length === 0) return
    const facts = ended.map((one) => ({ at, type: 'closure_lifted', actor, data: told(one) }) as const)
    await record(connection, facts)
  })
}
