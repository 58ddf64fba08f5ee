import type { Socket } from 'node:net'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { FastifyReply } from 'fastify'
import type { Context } from '../context.ts'
import { createFollower, type Follower, type Reader } from './follow.ts'
import { newestFact, readFacts } from './store.ts'

export type Streams = {
  open: (reply: FastifyReply, after: number | undefined) => Promise<Refusal | undefined>
  wake: () => void
  count: () => number
  close: () => void
}

/** Streams a process serves at most; beyond it 503. */
const streamLimit = 2_000
/** Bytes a reader may leave unread before it is cut off. */
const bufferLimit = 1_048_576
/** Facts replayed at most; a reader further behind loads its lists again. */
const replayLimit = 10_000
const heartbeatMs = 5_000

type Open = { reader: Reader; socket: Socket; write: (text: string) => boolean; end: () => void }

/** Writes as one chunk a tick; false when the reader is too far behind. */
function writer(reply: FastifyReply) {
  const { raw } = reply
  return (text: string): boolean => {
    if (raw.destroyed) return false
    raw.write(text)
    return raw.writableLength <= bufferLimit
  }
}

/** The live streams of this process. */
export function createStreams(ctx: Context, onCut: () => void): Streams {
  const open = new Set<Open>()
  let opening = 0
  const follower: Follower = createFollower(
    (after, limit) => readFacts(ctx.db, after, limit),
    (error) => ctx.log.warn({ code: (error as { code?: string }).code }, 'the timeline could not be read'),
  )

  function begin(reply: FastifyReply, head: string, cursor: number): Open {
    reply.hijack()
    const { raw } = reply
    const headers = { ...reply.getHeaders(), 'content-type': 'text/event-stream; charset=utf-8' }
    raw.writeHead(200, { ...headers, 'cache-control': 'no-store', 'x-accel-buffering': 'no' } as never)
    raw.socket?.setNoDelay(true)
    const write = writer(reply)
    const end = () => {
      open.delete(stream)
      follower.leave(stream.reader)
    }
    const reader: Reader = {
      cursor,
      send: (facts) => write(facts.map((one) => one.text).join('')),
      gone: () => {
        onCut()
        end()
        raw.destroy()
      },
    }
    const stream: Open = { reader, socket: raw.socket as Socket, write, end }
    open.add(stream)
    raw.on('close', end)
    raw.on('error', end)
    write(`retry: 1000\n${head}`)
    return stream
  }

  /** A heartbeat says that the feed is live, so it is sent only when the timeline could be read just now. */
  async function beat(): Promise<void> {
    if (open.size === 0 || !(await follower.drained())) return
    const text = `event: heartbeat\ndata: {"at":"${ctx.now().toISOString()}"}\n\n`
    for (const stream of open) if (!stream.write(text)) stream.reader.gone()
  }
  const timer = setInterval(() => void beat(), heartbeatMs)

  return {
    async open(reply, after) {
      if (open.size + opening >= streamLimit) return refuse('unavailable', { retryAfterSeconds: 5 })
      opening += 1
      try {
        const newest = await newestFact(ctx.db)
        const tooFar = after !== undefined && (newest - after > replayLimit || after > newest)
        const cursor = after === undefined || tooFar ? newest : after
        const hello = `id: ${cursor}\nevent: hello\ndata: {"cursor":${cursor}}\n\n`
        const reset = tooFar ? `id: ${cursor}\nevent: reset\ndata: {"cursor":${cursor}}\n\n` : ''
        const stream = begin(reply, hello + reset, cursor)
        await follower.join(stream.reader).catch(stream.reader.gone)
        if (reply.raw.destroyed) stream.end()
        return undefined
      } finally {
        opening -= 1
      }
    },
    wake: follower.wake,
    count: () => open.size,
    close: () => {
      clearInterval(timer)
      for (const stream of open) {
        stream.end()
        stream.socket.destroy()
      }
    },
  }
}
