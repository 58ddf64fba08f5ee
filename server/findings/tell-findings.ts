import type { Actor } from '@toneout/contract/model/fact.ts'
import { type Finding, mostFindings, type ToldFinding } from '@toneout/contract/model/finding.ts'
import { noCall, type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { countFindings, holdCall, readFindings, writeFindings } from './store.ts'

type Told = { status: 200; body: { results: Finding[] } } | Refusal

/** Keeps what was understood from a call's words. The same again changes nothing and is no fact. */
export async function tellFindings(
  ctx: Context,
  actor: Actor,
  call_sid: string,
  findings: readonly ToldFinding[],
): Promise<Told> {
  const at = ctx.now().toISOString()
  const told = [...new Map(findings.map((one) => [one.field, one])).values()]
  return transaction(ctx.db, async (connection): Promise<Told> => {
    const call_id = await holdCall(connection, call_sid)
    if (call_id === undefined) return noCall
    const names = told.map((one) => one.field)
    if ((await countFindings(connection, call_id, names)) + names.length > mostFindings) {
      const text = `A call has at most ${mostFindings} findings.`
      return refuse('invalid', { fields: { findings: [text] } })
    }
    const who = { callId: call_id, at, by: actor.name, confirmed: actor.kind === 'person' }
    const fields = (await writeFindings(connection, told, who)).sort()
    const results = await readFindings(connection, call_id)
    if (fields.length > 0) {
      await record(connection, [{ at, type: 'findings_told', actor, call_id, data: { fields } }])
    }
    return { status: 200, body: { results } }
  })
}
