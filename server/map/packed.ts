import { gunzipSync } from 'node:zlib'

const isGzipped = (bytes: Uint8Array) => bytes[0] === 0x1f && bytes[1] === 0x8b

/** Bytes that may be gzipped, for somebody who takes gzip or does not. */
export function unpack(bytes: Uint8Array, takesGzip: boolean): { bytes: Buffer; gzipped: boolean } {
  if (!isGzipped(bytes)) return { bytes: Buffer.from(bytes), gzipped: false }
  return takesGzip
    ? { bytes: Buffer.from(bytes), gzipped: true }
    : { bytes: gunzipSync(bytes), gzipped: false }
}
