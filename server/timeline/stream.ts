import type { OutgoingHttpHeaders } from 'node:http'
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

type Stream = { reader: Reader; write: (text: string) => boolean; destroy: () => void }

/** Takes the reply over as a stream of events. */
function openStream(reply: FastifyReply, head: string, cursor: number, onCut: () => void): Stream {
  reply.hijack()
  const { raw } = reply
  raw.writeHead(200, {
    ...(reply.getHeaders() as OutgoingHttpHeaders),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
  })
  raw.socket?.setNoDelay(true)
  const write = (text: string): boolean => {
    if (raw.destroyed) return false
    raw.write(text)
    return raw.writableLength <= bufferLimit
  }
  const reader: Reader = {
    cursor,
    send: (facts) => write(facts.map((one) => one.text).join('')),
    gone: () => {
      if (!raw.destroyed) onCut()
      raw.destroy()
    },
  }
  write(`retry: 1000\n${head}`)
  return { reader, write, destroy: () => raw.destroy() }
}

/** The first events: where the stream begins, and whether the reader must load its lists again. */
function greeting(after: number | undefined, newest: number): { cursor: number; head: string } {
  const lost = after !== undefined && (newest - after > replayLimit || after > newest)
  const cursor = after === undefined || lost ? newest : after
  const event = (name: string) => `id: ${cursor}\nevent: ${name}\ndata: {"cursor":${cursor}}\n\n`
  return { cursor, head: event('hello') + (lost ? event('reset') : '') }
}

/** The live streams of this process. */
export function createStreams(ctx: Context, onCut: () => void): Streams {
  const open = new Set<Stream>()
  let opening = 0
  const follower: Follower = createFollower(
    (after, limit) => readFacts(ctx.db, after, limit),
    (error) => ctx.log.warn({ code: (error as { code?: string }).code }, 'the timeline could not be read'),
  )

  async function begin(reply: FastifyReply, after: number | undefined): Promise<void> {
    const { cursor, head } = greeting(after, await newestFact(ctx.db))
    const stream = openStream(reply, head, cursor, onCut)
    open.add(stream)
    const end = () => {
      open.delete(stream)
      follower.leave(stream.reader)
    }
    reply.raw.on('close', end).on('error', end)
    await follower.join(stream.reader).catch(stream.destroy)
    if (reply.raw.destroyed) end()
  }

  /** A heartbeat says that the feed is live, so it is sent only when the timeline could be read just now. */
  async function beat(): Promise<void> {
    if (open.size === 0 || !(await follower.wake())) return
    const text = `event: heartbeat\ndata: {"at":"${ctx.now().toISOString()}"}\n\n`
    for (const stream of open) if (!stream.write(text)) stream.reader.gone()
  }
  const timer = setInterval(() => void beat(), heartbeatMs)

  return {
    async open(reply, after) {
      if (open.size + opening >= streamLimit) return refuse('unavailable', { retryAfterSeconds: 5 })
      opening += 1
      await begin(reply, after).finally(() => {
        opening -= 1
      })
      return undefined
    },
    wake: () => void follower.wake(),
    count: () => open.size,
    close: () => {
      clearInterval(timer)
      for (const stream of open) stream.destroy()
    },
  }
}
