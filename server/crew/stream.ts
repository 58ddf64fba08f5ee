import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { FastifyReply } from 'fastify'
import type { Context } from '../context.ts'
import { type OpenStream, openStream } from '../timeline/outlet.ts'
import { newestFact } from '../timeline/store.ts'
import { findPosts, readHappenings } from './reads-posts.ts'
import { concerns, type Post } from './rules.ts'

/** Streams a process serves at most, and of these one person; beyond it 503 and 429. */
const limits = { all: 2_000, person: 10 }
const pageSize = 500
const heartbeatMs = 5_000
/** Two looks at the timeline are apart at least so far: a burst of facts is one word to a crew. */
const restMs = 50

type Stream = { out: OpenStream; post: Post; mayStay: () => Promise<boolean> }

export type CrewStreams = {
  /** `mayStay` is asked again whenever a credential changes; the stream ends when it says no. */
  open: (reply: FastifyReply, person: number, mayStay: Stream['mayStay']) => Promise<Refusal | undefined>
  /** Something was written on the timeline. */
  wake: () => void
  review: () => void
  close: () => void
}

function say({ out }: Stream, event: string, data: object): void {
  if (!out.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)) out.destroy()
}

/** Tells the streams whom new facts concern; where people are may have changed by the same facts. */
function createLook(ctx: Context, open: ReadonlySet<Stream>) {
  let cursor = 0
  return {
    /** Alone, a new stream brings its own cursor. */
    moveTo: (to: number) => {
      cursor = to
    },
    async look(): Promise<void> {
      for (;;) {
        if (open.size === 0) return
        const news = await readHappenings(ctx.db, cursor, pageSize)
        cursor = Math.max(cursor, news.at(-1)?.id ?? 0)
        const touched = [...open].filter(({ post }) => news.some((one) => concerns(one, post)))
        const people = touched.map(({ post }) => post.person_id)
        const posts = people.length === 0 ? [] : await findPosts(ctx.db, people)
        const byPerson = new Map(posts.map((post) => [post.person_id, post]))
        for (const stream of touched) {
          stream.post = byPerson.get(stream.post.person_id) ?? stream.post
          say(stream, 'changed', { cursor })
        }
        if (news.length < pageSize) return
      }
    },
  }
}

/** One look at a time, whatever wakes it; resolves false when it failed. */
function oneByOne(look: () => Promise<void>, onFault: (error: unknown) => void) {
  let again = false
  let running: Promise<boolean> | undefined
  const run = async () => {
    try {
      do {
        again = false
        await look()
        await new Promise((rest) => setTimeout(rest, restMs).unref())
      } while (again)
      return true
    } catch (error) {
      onFault(error)
      return false
    }
  }
  return (): Promise<boolean> => {
    again = true
    running ??= run().finally(() => {
      running = undefined
    })
    return running
  }
}

/** Tells people of crews when what they see has changed. They read it anew, so nothing is replayed. */
export function createCrewStreams(ctx: Context): CrewStreams {
  const open = new Set<Stream>()
  let opening = 0
  const { look, moveTo } = createLook(ctx, open)
  const wake = oneByOne(look, (error) =>
    ctx.log.warn({ code: (error as { code?: string }).code }, 'crews could not be told'),
  )

  /** A heartbeat says that the feed is live, so it is sent only when the timeline could be read. */
  async function beat(): Promise<void> {
    if (open.size === 0 || !(await wake())) return
    for (const stream of open) say(stream, 'heartbeat', { at: ctx.now().toISOString() })
  }
  const timer = setInterval(() => void beat(), heartbeatMs)

  async function begin(reply: FastifyReply, person: number, mayStay: Stream['mayStay']): Promise<void> {
    const newest = await newestFact(ctx.db)
    const [post = { person_id: person, unit_id: null, incident_id: null }] = await findPosts(ctx.db, [person])
    if (open.size === 0) moveTo(newest)
    const stream = { out: openStream(reply, '', newest, () => {}), post, mayStay }
    const end = () => void open.delete(stream)
    open.add(stream)
    reply.raw.on('close', end).on('error', end)
    say(stream, 'hello', { at: ctx.now().toISOString() })
    void wake()
  }

  return {
    async open(reply, person, mayStay) {
      const own = [...open].filter(({ post }) => post.person_id === person)
      if (own.length >= limits.person) return refuse('rate_limited', { retryAfterSeconds: 5 })
      if (open.size + opening >= limits.all) return refuse('unavailable', { retryAfterSeconds: 5 })
      opening += 1
      await begin(reply, person, mayStay).finally(() => {
        opening -= 1
      })
      return undefined
    },
    wake: () => void wake(),
    review: () => {
      for (const { out, mayStay } of open) mayStay().then((may) => may || out.destroy(), out.destroy)
    },
    close: () => {
      clearInterval(timer)
      for (const { out } of open) out.destroy()
    },
  }
}
