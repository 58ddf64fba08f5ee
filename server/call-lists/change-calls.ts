import type { CallChanges, CallsChanged } from '@toneout/contract/model/call-list.ts'
import type { Actor } from '@toneout/contract/model/fact.ts'
import { isRefusal, noCall, type Refusal, refusals, refuse } from '@toneout/contract/refusals.ts'
import type { Intake } from '../calls/intake.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { decideMarks, type Marking } from './rules-marks.ts'
import { isPerson, lockMarks, readNames, writeMarks } from './store.ts'

export type BulkIntake = Pick<Intake, 'submit'>
type Fault = CallsChanged['refused'][number]

/** Sets the status of one call after the other, by the rules of each; gives those that are refused. */
async function setStatus(
  { submit }: BulkIntake,
  actor: Actor,
  sids: readonly string[],
  status: CallChanges['status'],
): Promise<Fault[]> {
  const done = await Promise.all(
    sids.map((call_sid) => submit({ kind: 'change', actor, call_sid, body: { status } })),
  )
  return done.flatMap((answer, at) => {
    if (!isRefusal(answer)) return []
    const detail = answer.detail ?? refusals[answer.refused].detail
    return [{ call_sid: sids[at] as string, code: answer.refused, detail }]
  })
}

/** Writes reviews and tags, each change a fact of its call; gives those that are refused. */
async function mark(ctx: Context, actor: Actor, sids: readonly string[], marking: Marking): Promise<Fault[]> {
  const at = ctx.now().toISOString()
  return transaction(ctx.db, async (connection) => {
    const rows = await lockMarks(connection, sids)
    const reviewers = [...rows.map((row) => row.reviewer_id), marking.reviewer_id ?? null]
    const names = await readNames(connection, reviewers)
    const decided = rows.map((row) => ({ row, ...decideMarks(row, marking, names) }))
    const changed = decided.filter(({ after, fault }) => after && !fault)
    const after = changed.map(({ row, after }) => ({ id: row.id, ...(after as NonNullable<typeof after>) }))
    if (after.length > 0) {
      await writeMarks(connection, after, at)
      await record(
        connection,
        changed.map(({ row, changes }) => ({
          at,
          type: 'call_marked',
          actor,
          call_id: row.id,
          data: { changes },
        })),
      )
    }
    const found = new Set(rows.map((row) => row.call_sid))
    const missing = sids.filter((sid) => !found.has(sid))
    return [
      ...missing.map((call_sid) => ({ call_sid, code: 'not_found', detail: noCall.detail })),
      ...decided.flatMap(({ row, fault }) =>
        fault ? [{ call_sid: row.call_sid, code: 'invalid', detail: fault }] : [],
      ),
    ]
  })
}

type Done = { status: 200; body: CallsChanged } | Refusal

/** What a desk does to several calls at once. A call that is refused one part is refused the others too. */
export async function changeCalls(
  ctx: Context,
  intake: BulkIntake,
  actor: Actor,
  { call_sids, status, ...marking }: CallChanges,
): Promise<Done> {
  const sids = [...new Set(call_sids)]
  const asks = Object.values(marking).some((value) => value !== undefined)
  if (status === undefined && !asks) {
    return refuse('invalid', { fields: { status: ['Say what is to change.'] } })
  }
  const { reviewer_id } = marking
  if (reviewer_id && !(await isPerson(ctx.db.pool, reviewer_id))) {
    return refuse('invalid', { fields: { reviewer_id: ['There is no active person with this id.'] } })
  }
  const refused = status === undefined ? [] : await setStatus(intake, actor, sids, status)
  const isRefused = (sid: string) => refused.some((one) => one.call_sid === sid)
  const left = sids.filter((sid) => !isRefused(sid))
  if (asks && left.length > 0) refused.push(...(await mark(ctx, actor, left, marking)))
  return { status: 200, body: { changed: sids.filter((sid) => !isRefused(sid)), refused } }
}
