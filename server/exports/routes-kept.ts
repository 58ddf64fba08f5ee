import { isRefusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import type { Exports } from './exports.ts'
import { keepExport } from './keep-export.ts'
import { unpackFile } from './kept-file.ts'
import { noteFetch } from './note-export.ts'
import { headersOf, type StayOf } from './routes.ts'
import { findReady, readKept, removeKept } from './store-kept.ts'
import { type CallGate, judgeCalls, nameWanted, readQuery } from './wanted.ts'

type Ids = 'keepExport' | 'listKeptExports' | 'fetchKeptExport' | 'removeKeptExport'

/** Resolves when the reply has gone or was broken off. */
const closing = (reply: { raw: NodeJS.EventEmitter & { destroyed: boolean } }) =>
  new Promise<void>((done) => {
    if (reply.raw.destroyed) done()
    else reply.raw.once('close', () => done())
  })

/** Exports that are made while nobody waits for them. */
export function keptExportRoutes(
  ctx: Context,
  exports: Exports,
  gate: CallGate,
  mayStay: StayOf<Ids>,
): SomeHandlers<Ids> {
  const now = () => ctx.now().toISOString()
  return {
    keepExport: async ({ body }, { caller, request }) => {
      const query = readQuery(body.what, body.query)
      if (isRefusal(query)) return query
      const refusal = body.what === 'calls' && (await judgeCalls(gate, caller, query))
      if (refusal) return refusal
      const named = nameWanted(ctx, body.what, query, caller.actor)
      return keepExport(ctx, exports, named, () => mayStay('keepExport')(request))
    },
    listKeptExports: async (_, { caller }) => ({
      status: 200,
      body: { results: await readKept(ctx.db, caller.actor.id as number) },
    }),
    fetchKeptExport: async ({ params }, { caller, request, reply }) => {
      const found = await findReady(ctx.db, params.id, caller.actor.id as number, now())
      if (!found) return refuse('not_found')
      reply.headers({ ...headersOf(found.format, found.file_name), 'content-length': found.bytes })
      if (request.method === 'HEAD') return { status: 200, body: Buffer.alloc(0) }
      await noteFetch(ctx, { ...found, actor: caller.actor, kept_id: found.id })
      const { file, close } = unpackFile(ctx, found.id, found.parts)
      const done = closing(reply).finally(close)
      const stop = () => void reply.raw.destroy()
      exports.watch({ stop, done, mayStay: () => mayStay('fetchKeptExport')(request) })
      return { status: 200, body: file }
    },
    removeKeptExport: async ({ params }, { caller }) =>
      (await removeKept(ctx.db, params.id, caller.actor.id as number))
        ? { status: 204, body: undefined }
        : refuse('not_found'),
  }
}
