import type { FoundAddress } from '@toneout/contract/operations/addresses.ts'
import { remember } from '../lib/remember.ts'
import type { Geocoder } from './geocoder.ts'
import { type GeocoderKind, readReply, reversePath, searchPath } from './rules-outside.ts'

export type Outside = { url: string; kind: GeocoderKind }

const timeoutMs = 1_500
/** Replies of these services are a few kilobytes. */
const mostBytes = 1_000_000
const kept = { limit: 1_000, ttlMs: 600_000 }

/** Reads no more of a body than is wanted. */
async function readBody(reply: Response): Promise<unknown> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of reply.body ?? []) {
    bytes += chunk.length
    if (bytes > mostBytes) throw new Error('the geocoder said too much')
    chunks.push(chunk)
  }
  return JSON.parse(Buffer.concat(chunks).toString('utf8'))
}

/** Photon, Nominatim or Pelias over HTTP; rejects after 1.5 s, and when the reply is none of theirs. */
export function createOutside({ url, kind }: Outside, now: () => number): Geocoder {
  const base = url.replace(/\/+$/, '')
  const ask = async (path: string): Promise<unknown> => {
    const reply = await fetch(base + path, {
      headers: { accept: 'application/json', 'user-agent': 'Toneout' },
      signal: AbortSignal.timeout(timeoutMs),
      redirect: 'error',
    })
    if (!reply.ok) {
      await reply.body?.cancel()
      throw new Error(`the geocoder answered ${reply.status}`)
    }
    return readBody(reply)
  }
  // By the path, which holds all that was asked; what failed is not remembered.
  const memory = remember(ask, { ...kept, now })
  return {
    search: async (text, { near, limit }) => {
      const body = await memory.get(searchPath(kind, { text, near, limit }))
      return readReply(kind, body, text, limit)
    },
    reverse: async (place) => {
      const body = await memory.get(reversePath(kind, place))
      const [found]: (FoundAddress | undefined)[] = readReply(kind, body, undefined, 1)
      return found
    },
  }
}
