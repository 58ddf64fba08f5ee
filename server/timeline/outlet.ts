import { once } from 'node:events'
import type { OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { FastifyReply } from 'fastify'
import type { Reader, SerializedFact } from './follow.ts'

/** Bytes a reader may leave unread: some for a while, more not at all. */
const backlog = { patient: 1_048_576, patienceMs: 5_000, most: 8_388_608 }

export type OpenStream = {
  reader: Reader
  write: (text: string) => boolean
  /** Writes what can wait, only while nothing is unread: nobody is cut off for it. */
  offer: (bytes: Buffer) => boolean
  destroy: () => void
}

/** The bytes of a page, made once: readers share them, and a slow reader holds no copy. */
const pages = new WeakMap<readonly SerializedFact[], Buffer>()

function bytesOf(facts: readonly SerializedFact[]): Buffer {
  const bytes = pages.get(facts) ?? Buffer.from(facts.map((one) => one.text).join(''))
  pages.set(facts, bytes)
  return bytes
}

/** Writes until the reader is too far behind: too much unread at once, or something for too long. */
function writer(raw: ServerResponse): (chunk: string | Buffer) => boolean {
  let behindSince: number | undefined
  raw.on('drain', () => {
    behindSince = undefined
  })
  return (chunk) => {
    if (raw.destroyed) return false
    // Judged by what is unread of earlier chunks: nobody is cut off for the size of this one.
    const unread = raw.writableLength
    raw.write(chunk)
    if (unread <= backlog.patient) return true
    behindSince ??= performance.now()
    return unread <= backlog.most && performance.now() - behindSince < backlog.patienceMs
  }
}

/**
 * Takes the reply over as a stream of events that begins after `cursor`. `onCut` hears of a reader cut off.
 */
export function openStream(reply: FastifyReply, head: string, cursor: number, onCut: () => void): OpenStream {
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, {
    ...(reply.getHeaders() as OutgoingHttpHeaders),
    'content-type': 'text/event-stream; charset=utf-8',
    'x-accel-buffering': 'no',
  })
  raw.socket?.setNoDelay(true)
  const write = writer(raw)
  const reader: Reader = {
    cursor,
    send: (facts) => write(bytesOf(facts)),
    // Nobody is cut off for the size of a replay: the next page waits until the last one was read.
    ready: async () => {
      const signal = AbortSignal.timeout(backlog.patienceMs)
      if (raw.writableNeedDrain && !raw.destroyed) await once(raw, 'drain', { signal })
    },
    gone: () => {
      if (!raw.destroyed) onCut()
      raw.destroy()
    },
  }
  write(`retry: 1000\n${head}`)
  const offer = (bytes: Buffer) => {
    if (raw.destroyed || raw.writableLength > 0) return false
    raw.write(bytes)
    return true
  }
  return { reader, write, offer, destroy: () => raw.destroy() }
}
