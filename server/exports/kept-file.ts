import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import type { Context } from '../context.ts'
import { readPart } from './store-kept.ts'

/** The packed parts of a file in order, each read when the one before it has gone. */
async function* readParts({ db }: Context, id: number, parts: number) {
  for (let part = 0; part < parts; part += 1) {
    const packed = await readPart(db, id, part)
    if (!packed) throw new Error('The file was removed while it was read.')
    yield packed
  }
}

/** A kept file as it was before it was packed; `close` lets go of what is not read any more. */
export function unpackFile(ctx: Context, id: number, parts: number): { file: Readable; close: () => void } {
  const packed = Readable.from(readParts(ctx, id, parts), { highWaterMark: 1 })
  const file = createGunzip()
  packed.once('error', (error) => file.destroy(error))
  packed.pipe(file)
  return { file, close: () => void packed.destroy() }
}
