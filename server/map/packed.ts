import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'

const inflate = promisify(gunzip)

/** Bytes of anything on a map at most. */
const mostBytes = 200_000_000

const isGzipped = (bytes: Uint8Array) => bytes[0] === 0x1f && bytes[1] === 0x8b

/** Bytes that may be gzipped, for somebody who takes gzip or does not. Beside the event loop. */
export async function unpack(
  bytes: Uint8Array,
  takesGzip: boolean,
): Promise<{ bytes: Buffer; gzipped: boolean }> {
  if (!isGzipped(bytes)) return { bytes: Buffer.from(bytes), gzipped: false }
  if (takesGzip) return { bytes: Buffer.from(bytes), gzipped: true }
  return { bytes: await inflate(bytes, { maxOutputLength: mostBytes }), gzipped: false }
}
