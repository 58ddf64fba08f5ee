import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { FastifyReply } from 'fastify'
import type { Context } from '../context.ts'
import { createFollower, type Follower } from './follow.ts'
import { type OpenStream, openStream } from './outlet.ts'
import { sendPositions } from './positions.ts'
import { readLiveFacts } from './read-live-facts.ts'
import { newestFact } from './store.ts'

export type Streams = {
  /** `mayStay` is asked again whenever a credential changes; the stream ends when it says no. */
  open: (
    reply: FastifyReply,
    after: number | undefined,
    caller: { who: string; mayStay: () => Promise<boolean> },
  ) => Promise<Refusal | undefined>
  /** A credential changed somewhere: streams whose own is not good any more end. */
  review: () => void
  wake: () => void
  count: () => number
  close: () => void
}

/** Streams a process serves at most; beyond it 503. */
const streamLimit = 2_000
/** Of these, one key or person at most: nobody takes them all. */
const callerLimit = 1_000
/** Facts replayed at most; a reader further behind loads its lists again. */
const replayLimit = 10_000
const heartbeatMs = 5_000

type Stream = OpenStream & { mayStay: () => Promise<boolean>; seen: number }

/** The first events: where the stream begins, and whether the reader must load its lists again. */
function greeting(after: number | undefined, newest: number): { cursor: number; head: string } {
  const lost = after !== undefined && (newest - after > replayLimit || after > newest)
  const cursor = after === undefined || lost ? newest : after
  const event = (name: string) => `id: ${cursor}\nevent: ${name}\ndata: {"cursor":${cursor}}\n\n`
  return { cursor, head: event('hello') + (lost ? event('reset') : '') }
}

/** Counts the streams of each caller until their replies are closed. */
function countByCaller() {
  const counts = new Map<string, number>()
  const add = (who: string, change: 1 | -1) => {
    const count = (counts.get(who) ?? 0) + change
    if (count > 0) counts.set(who, count)
    else counts.delete(who)
  }
  return {
    isFull: (who: string) => (counts.get(who) ?? 0) >= callerLimit,
    begin(who: string, reply: FastifyReply): void {
      add(who, 1)
      reply.raw.once('close', () => add(who, -1))
    },
  }
}

/** The live streams of this process. */
export function createStreams(ctx: Context, onCut: () => void): Streams {
  const open = new Set<Stream>()
  const callers = countByCaller()
  let opening = 0
  const follower: Follower = createFollower(
    (after, limit) => readLiveFacts(ctx, after, limit),
    (error) => ctx.log.warn({ code: (error as { code?: string }).code }, 'the timeline could not be read'),
  )

  const positions = sendPositions(ctx, open, () => opening > 0)

  async function begin(reply: FastifyReply, after: number | undefined, mayStay: Stream['mayStay']) {
    const seen = await positions.begin()
    const { cursor, head } = greeting(after, await newestFact(ctx.db))
    const stream = { ...openStream(reply, head, cursor, onCut), mayStay, seen }
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
    async open(reply, after, { who, mayStay }) {
      if (callers.isFull(who)) return refuse('rate_limited', { retryAfterSeconds: 5 })
      if (open.size + opening >= streamLimit) return refuse('unavailable', { retryAfterSeconds: 5 })
      opening += 1
      callers.begin(who, reply)
      await begin(reply, after, mayStay).finally(() => {
        opening -= 1
      })
      return undefined
    },
    wake: () => void follower.wake(),
    review: () => {
      for (const stream of open) {
        stream.mayStay().then((may) => may || stream.destroy(), stream.destroy)
      }
    },
    count: () => open.size,
    close: () => {
      clearInterval(timer)
      positions.stop()
      for (const stream of open) stream.destroy()
    },
  }
}
