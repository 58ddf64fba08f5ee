import type { Actor } from '@toneout/contract/model/fact.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { keepAcknowledgement } from './acknowledging.ts'
import { holdMessage, type OwnRow } from './reads.ts'

type Base = Pick<Context, 'db' | 'now'>

/** Somebody has seen a message to themselves, on whichever channel; the first to say so is kept. */
export async function acknowledgeMessage(
  ctx: Base,
  actor: Actor,
  { id, person_id }: { id: number; person_id: number },
): Promise<OwnRow | Refusal> {
  const at = ctx.now().toISOString()
  return transaction(ctx.db, async (connection) => {
    const found = await holdMessage(connection, id)
    if (found?.person_id !== person_id) return refuse('not_found', { detail: 'There is no such message.' })
    return { ...found, acknowledged_at: await keepAcknowledgement(connection, actor, found, at) }
  })
}
