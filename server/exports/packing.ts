import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { type KeptFault, mostPackedBytes } from '@toneout/contract/model/kept-export.ts'
import type { Context } from '../context.ts'
import type { Sending } from './sending.ts'
import * as store from './store-kept.ts'

const beatMs = 2_000
const longestMs = 60 * 60_000
const partBytes = 1024 * 1024

/** Ends it with a reason that its owner is told. */
export class BrokenOff extends Error {
  readonly fault: KeptFault
  constructor(fault: KeptFault) {
    super(fault)
    this.fault = fault
  }
}

const countBytes = (now: store.Progress) =>
  async function* (chunks: AsyncIterable<string | Buffer>) {
    for await (const chunk of chunks) {
      now.bytes += Buffer.byteLength(chunk)
      yield chunk
    }
  }

/** What is packed goes into the database a part at a time; the next is packed when that one is there. */
const keepParts =
  (ctx: Context, id: number, now: store.Progress) => async (chunks: AsyncIterable<Buffer>) => {
    let part: Buffer[] = []
    let size = 0
    const write = async () => {
      await store.addPart(ctx.db, id, now.parts, Buffer.concat(part, size))
      now.parts += 1
      part = []
      size = 0
    }
    for await (const chunk of chunks) {
      now.packed_bytes += chunk.length
      if (now.packed_bytes > mostPackedBytes) throw new BrokenOff('too_large')
      part.push(chunk)
      size += chunk.length
      if (size >= partBytes) await write()
    }
    if (size > 0) await write()
  }

/** Writes the file into the database, saying now and then how far it is. */
export async function packFile(ctx: Context, id: number, sending: Sending, abort: AbortController) {
  const now: store.Progress = { rows_sent: 0, bytes: 0, packed_bytes: 0, parts: 0 }
  const stop = (fault: KeptFault) => abort.abort(new BrokenOff(fault))
  const tell = () => {
    now.rows_sent = sending.rows()
    store.beat(ctx.db, id, now, ctx.now().toISOString()).then(
      (isWanted) => isWanted || stop('broken_off'),
      // A database that is away for a moment is not the end of it.
      () => {},
    )
  }
  const beats = setInterval(tell, beatMs)
  const limit = setTimeout(() => stop('too_long'), longestMs)
  try {
    await pipeline(sending.file, countBytes(now), createGzip({ level: 2 }), keepParts(ctx, id, now), {
      signal: abort.signal,
    })
  } finally {
    clearInterval(beats)
    clearTimeout(limit)
  }
  return { ...now, rows_sent: sending.rows() }
}
