import { type Actor, systemActor } from '@toneout/contract/model/fact.ts'
import { indexOf } from '../calls/caller.ts'
import type { Context } from '../context.ts'
import { type Connection, transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import * as store from './store-erasure.ts'

/** Calls in one transaction. */
const batch = 200

type Base = Pick<Context, 'db' | 'now' | 'vault'>

async function erase(
  connection: Connection,
  ids: readonly number[],
  what: store.Erasing,
  { actor, at, why }: { actor: Actor; at: string; why: string },
): Promise<store.Erased[]> {
  const erased = await store.eraseOf(connection, ids, what, at)
  if (erased.length === 0) return []
  const facts = erased.map(({ call_id, ...data }) => {
    return { at, type: 'caller_data_erased', actor, call_id, data: { ...data, why } } as const
  })
  await record(connection, facts)
  return erased
}

export type ErasureReport = {
  calls: number
  erased: number
  utterances: number
  /** Calls that a legal hold keeps. */
  held: { call_id: number; reason: string }[]
  /** Incidents these calls are about; their places and notes are not touched. */
  incident_ids: number[]
}

/** Erases number and words of every call from a number, however it is written, but those held by law. */
export async function eraseCaller(ctx: Base, number: string, dryRun: boolean): Promise<ErasureReport> {
  const report: ErasureReport = { calls: 0, erased: 0, utterances: 0, held: [], incident_ids: [] }
  const incidents = new Set<number>()
  const index = indexOf(ctx.vault, number)
  for (let after = 0; ; ) {
    const rows = await transaction(ctx.db, async (connection) => {
      const found = await store.readCallsFrom(connection, { index, after, limit: batch })
      const at = ctx.now().toISOString()
      const who = { actor: systemActor('erase command'), at, why: 'asked for' }
      const ids = found.map(({ id }) => id)
      const both = { numbers: true, transcripts: true, before: null }
      const erased = dryRun || ids.length === 0 ? [] : await erase(connection, ids, both, who)
      if (erased.length > 0) await store.dropKeptExports(connection)
      report.erased += erased.length
      report.utterances += erased.reduce((sum, one) => sum + one.utterances, 0)
      return found
    })
    for (const { id, legal_hold, incident_id } of rows) {
      report.calls += 1
      if (legal_hold !== null) report.held.push({ call_id: id, reason: legal_hold })
      if (incident_id !== null) incidents.add(incident_id)
    }
    const last = rows.at(-1)
    if (!last) return { ...report, incident_ids: [...incidents] }
    after = last.id
  }
}

/** Days after which each kind is erased; null keeps it. */
export type Retention = { transcripts_days: number | null; numbers_days: number | null }

const dayMs = 24 * 3_600_000

/** Erases what is older than the retention says, in small transactions; gives how many calls it touched. */
export async function purgeCallerData(ctx: Base, retention: Retention): Promise<number> {
  let touched = 0
  for (const [days, what] of [
    [retention.transcripts_days, { numbers: false, transcripts: true }],
    [retention.numbers_days, { numbers: true, transcripts: false }],
  ] as const) {
    if (days === null) continue
    const before = new Date(ctx.now().getTime() - days * dayMs).toISOString()
    for (let after = { created_at: '-infinity', id: 0 }; ; ) {
      const rows = await transaction(ctx.db, async (connection) => {
        const found = await store.readOldCalls(connection, { before, after, limit: batch })
        const ids = found.map(({ id }) => id)
        const who = { actor: systemActor('retention'), at: ctx.now().toISOString(), why: `${days} days` }
        if (ids.length > 0) touched += (await erase(connection, ids, { ...what, before }, who)).length
        return found
      })
      const last = rows.at(-1)
      if (!last) break
      after = last
    }
  }
  return touched
}
