import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Finding } from '@toneout/contract/model/finding.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { confirm, holdCall, lockFinding } from './store.ts'

type Confirmed = { status: 200; body: Finding } | Refusal

/** A person says that a finding is right, or what is right instead; again without a change is no fact. */
export async function confirmFinding(
  ctx: Context,
  actor: Actor,
  { call_sid, field }: { call_sid: string; field: string },
  value: string | undefined,
): Promise<Confirmed> {
  const at = ctx.now().toISOString()
  return transaction(ctx.db, async (connection): Promise<Confirmed> => {
    const call_id = await holdCall(connection, call_sid)
    const before = call_id === undefined ? undefined : await lockFinding(connection, call_id, field)
    if (call_id === undefined || !before) {
      return refuse('not_found', { detail: 'Nothing of this name was understood from this call.' })
    }
    const changed = value !== undefined && value !== before.value
    if (before.confirmed_at !== null && !changed) return { status: 200, body: before }
    const after = { ...before, value: value ?? before.value, confirmed_at: at, confirmed_by: actor.name }
    await confirm(connection, call_id, after)
    await record(connection, [
      { at, type: 'finding_confirmed', actor, call_id, data: { field: before.field, changed } },
    ])
    return { status: 200, body: after }
  })
}
