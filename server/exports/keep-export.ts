import { type KeptExport, type KeptFault, mostKept } from '@toneout/contract/model/kept-export.ts'
import { isRefusal, type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { countRows } from '../lib/newest-page.ts'
import type { Begun, Exports, MayStay } from './exports.ts'
import type { Wanted } from './note-export.ts'
import { BrokenOff, packFile } from './packing.ts'
import { codeOf } from './sending.ts'
import * as store from './store-kept.ts'

const tooManyOwn = `You have ${mostKept.person} kept exports; remove one first.`

/** A row for it, where there is room for another file. */
async function claim(ctx: Context, wanted: Wanted, file_name: string): Promise<KeptExport | Refusal> {
  const { what, format, source, actor } = wanted
  const rows_expected = (await countRows(ctx.db, source)).count
  const person = actor.id as number
  return transaction(ctx.db, async (connection) => {
    const kept = await store.makeRoom(connection, person)
    if (kept.own >= mostKept.person) return refuse('too_many_kept', { detail: tooManyOwn })
    if (kept.all >= mostKept.all) return refuse('too_many_kept')
    const at = ctx.now().toISOString()
    return store.addKept(connection, { person, what, format, file_name, rows_expected }, at)
  })
}

/** Makes the file and says what became of it; never throws. */
async function make(ctx: Context, id: number, begun: Begun, abort: AbortController): Promise<void> {
  const { sending, place } = begun
  let whole = false
  try {
    const done = await packFile(ctx, id, sending, abort)
    whole = await store.setReady(ctx.db, id, done, ctx.now().toISOString())
  } catch (error) {
    const why = error instanceof BrokenOff ? error : abort.signal.reason
    const fault = why instanceof BrokenOff ? why.fault : 'broken_off'
    if (!(why instanceof BrokenOff)) ctx.log.warn(codeOf(error), 'an export could not be kept')
    await store.setFailed(ctx.db, id, fault, ctx.now().toISOString()).catch(() => {})
  }
  place.leave()
  await sending
    .end(whole)
    .catch((error) => ctx.log.warn(codeOf(error), 'the end of an export could not be noted'))
  place.end()
}

/** Begins an export that goes on by itself; its file is kept for whoever asked for it. */
export async function keepExport(
  ctx: Context,
  exports: Exports,
  { wanted, name }: { wanted: Wanted; name: string },
  mayStay: MayStay,
): Promise<{ status: 201; body: KeptExport } | Refusal> {
  const kept = await claim(ctx, wanted, name)
  if (isRefusal(kept)) return kept
  const giveUp = () => store.removeKept(ctx.db, kept.id, wanted.actor.id as number)
  const begun = await exports.begin({ ...wanted, kept_id: kept.id }).catch(async (error) => {
    await giveUp()
    throw error
  })
  if (isRefusal(begun)) {
    await giveUp()
    return begun
  }
  const abort = new AbortController()
  const stop = (why: KeptFault) => abort.abort(new BrokenOff(why))
  exports.watch({ stop, done: make(ctx, kept.id, begun, abort), mayStay })
  return { status: 201, body: kept }
}
