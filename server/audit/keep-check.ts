import type { Verification } from '@toneout/contract/model/audit.ts'
import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { addPart, isNews } from './rules-check.ts'
import { lockCheck, writeCheck } from './store-checks.ts'

/** What a check tells of itself; a fault without its words, which tell no more. */
function resultOf(part: Verification) {
  const { first_bad, sealed_to } = part
  if (!first_bad) return { ok: true, sealed_to }
  const { kind, seq, fact_id } = first_bad
  return { ok: false, kind, seq, fact_id }
}

/** Adds a part to the person's check; who checked the whole chain, or found a fault, is a fact. */
export async function keepCheck(
  ctx: Pick<Context, 'db' | 'now'>,
  actor: Actor,
  from: number,
  part: Verification,
): Promise<void> {
  const { id: person_id } = actor
  // Nobody else may check.
  if (person_id === null) return
  const at = ctx.now().toISOString()
  await transaction(ctx.db, async (connection) => {
    const before = await lockCheck(connection, person_id)
    const check = addPart(before, from, part, at)
    if (!check || !isNews(before, check)) return
    await writeCheck(connection, { ...check, person_id })
    if (check.ended_at === null) return
    const { begun_at, facts, blocks, heads } = check
    const data = { ...resultOf(part), begun_at, facts, blocks, heads }
    await record(connection, [{ at, type: 'history_checked', actor, data }])
  })
}
