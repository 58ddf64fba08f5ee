import { setTimeout as delay } from 'node:timers/promises'
import type { Context } from '../context.ts'
import { classify } from '../lib/faults.ts'
import { QueueFull } from '../lib/groups.ts'
import type { Phone } from './phone.ts'
import type { PhoneEvent } from './rules.ts'
import { openSpool, type Spool, spoolFolder } from './spool.ts'
import { takeEvent } from './take-event.ts'

/** Twilio is answered within 2 s; what intake has not done by then goes on beside a copy on disk. */
const patienceMs = 1_000
const tryAgainMs = 1_000
/** Tokens of requests that are done; a repetition comes within seconds. */
const mostTokens = 10_000

/** Neither the database nor the disk has the event; Twilio may send it again. */
export class NotKept extends Error {}
const notKept = (): never => {
  throw new NotKept()
}

export type Telephony = {
  /** Resolves once the event is in the database or on disk. Rejects when neither can be had. */
  accept: (event: PhoneEvent, token?: string) => Promise<void>
  /** Events on disk. */
  waiting: () => number
  /** Ends the replaying; what is on disk stays there for the next start. */
  stop: () => Promise<void>
}

/** Whether it may be done later: anything that is not a fault of ours. */
function mayComeBack(error: unknown): boolean {
  if (error instanceof QueueFull) return true
  const { cause } = error as Error
  return classify(error) !== 'bug' || (cause !== undefined && classify(cause) === 'away')
}

function rememberTokens() {
  const known = new Set<string>()
  return {
    has: (token: string | undefined) => token !== undefined && known.has(token),
    add(token: string | undefined) {
      if (token === undefined) return
      if (known.size >= mostTokens) known.delete(known.values().next().value as string)
      known.add(token)
    },
  }
}

type Take = (event: PhoneEvent) => Promise<void>

/** Replays what is on disk, the oldest first, whenever the database is there. */
function createReplay(log: Context['log'], spool: Spool, take: Take) {
  let running: Promise<void> | undefined
  let stopped = false

  /** Whether the next one may be tried. */
  async function replayOne(name: string, text: string | undefined): Promise<boolean> {
    try {
      if (text === undefined) throw new Error('it does not open')
      await take(JSON.parse(text) as PhoneEvent)
    } catch (error) {
      if (mayComeBack(error)) return false
      const { code } = error as { code?: string }
      log.error({ name, code }, 'an event of Twilio that was kept on disk could not be done; it is set aside')
      await spool.setAside(name)
      return true
    }
    await spool.remove(name)
    return true
  }

  async function replay(): Promise<void> {
    let count = 0
    while (!stopped) {
      const kept = await spool.oldest()
      if (!kept || !(await replayOne(kept.name, kept.text))) break
      count += 1
    }
    if (count > 0) log.info({ count, left: spool.count() }, 'events of Twilio were replayed from disk')
  }

  const begin = () => {
    if (running || spool.count() === 0) return
    running = replay()
      .catch((error: { code?: string }) =>
        log.error({ code: error.code }, 'the events of Twilio on disk could not be read'),
      )
      .finally(() => {
        running = undefined
      })
  }
  begin()
  const timer = setInterval(begin, tryAgainMs)
  return async () => {
    stopped = true
    clearInterval(timer)
    await running
  }
}

/**
 * One for a process. `folder` is where events wait while the database is away; without one they are refused.
 */
export async function createTelephony(
  ctx: Context,
  phone: Omit<Phone, 'ctx'>,
  folder?: string,
): Promise<Telephony> {
  const spool = folder === undefined ? undefined : await openSpool(spoolFolder(folder), ctx)
  const take: Take = (event) => takeEvent({ ...phone, ctx }, event)
  const tokens = rememberTokens()
  const stop = spool && createReplay(ctx.log, spool, take)

  /** false: not yet, or not now. */
  async function takeSoon(event: PhoneEvent): Promise<boolean> {
    const ending = new AbortController()
    const late = delay(patienceMs, false, { signal: ending.signal }).catch(() => false)
    const taken = take(event).then(
      () => true,
      (error) => {
        if (!spool || !mayComeBack(error)) throw error
        return false
      },
    )
    // What fails after its time is on disk by then.
    taken.catch(() => {})
    return Promise.race([taken, late]).finally(() => ending.abort())
  }

  /** Whether it is on disk. */
  async function keep(to: Spool, event: PhoneEvent): Promise<boolean> {
    if (to.count() === 0) ctx.log.warn('the database does not answer; events of Twilio go to the disk')
    try {
      await to.add(JSON.stringify(event))
      return true
    } catch (error) {
      const { code } = error as { code?: string }
      ctx.log.error({ code, kept: to.count() }, 'an event of Twilio could not be kept on disk')
      return false
    }
  }

  return {
    waiting: () => spool?.count() ?? 0,
    async accept(event, token) {
      if (tokens.has(token)) return
      if (!spool) await take(event)
      // Behind others that wait, to keep the order; without room there, the order is the smaller loss.
      else if (spool.count() > 0) (await keep(spool, event)) || (await takeSoon(event)) || notKept()
      else (await takeSoon(event)) || (await keep(spool, event)) || notKept()
      tokens.add(token)
    },
    stop: async () => void (await stop?.()),
  }
}
