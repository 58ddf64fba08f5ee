import type { PersonChannel } from '@toneout/contract/model/message.ts'
import type { Context } from '../context.ts'
import { readyChannels } from './channel.ts'
import { type Delivering, deliverMessage } from './delivery.ts'
import { followTimeline } from './following.ts'
import { patience } from './rules-retry.ts'
import { startContactTest } from './start-contact-test.ts'
import * as store from './store.ts'
import { type Watching, watchAlarms } from './watching.ts'

export type Notifier = {
  /** Facts were written, by whichever process. */
  wake: () => void
  /** Ends at the next step, and waits for tries that are under way. */
  close: () => Promise<void>
}

export type Running = Delivering & {
  /** Alarms are watched for when it is given. */
  watching?: Watching
  /** Milliseconds a claim lasts; longer than any try takes. */
  leaseMs?: number
  /** Milliseconds between two looks for what is due. */
  everyMs?: number
}

/** Wakes that come together are one: facts of a rush are read together. */
const gatherMs = 25
const watchMs = 2_000
const expireMs = 60_000
const testMs = 60_000
const toPeople = ['SMS', 'VOICE', 'PUSH', 'EMAIL'] as const

/** A channel to people by its name, or a webhook by its row. */
type Lane = store.Due['channel'] | number
type Warn = (what: string) => (error: { code?: string }) => void

/**
 * Claims what is due, as much as each channel may try at once, and tries it. `onFree` when there is room
 * again where there was none: more may wait there.
 */
function createWorkers(ctx: Context, running: Running, warn: Warn, onFree: () => void) {
  const { leaseMs = 30_000, onStep } = running
  /** Tries under way. */
  const busy = new Map<Lane, number>()
  const tries = new Set<Promise<void>>()
  /** Those that could take no more when was last claimed. */
  const full = new Set<Lane>()

  function count(lane: Lane, by: 1 | -1): void {
    const now = (busy.get(lane) ?? 0) + by
    if (now === 0) busy.delete(lane)
    else busy.set(lane, now)
  }

  function start(one: store.Due): void {
    const lane = one.webhook_id ?? one.channel
    count(lane, 1)
    const trying = deliverMessage(ctx, running, one)
      .catch(warn('what came of a message could not be kept'))
      .finally(() => {
        count(lane, -1)
        tries.delete(trying)
        if (full.delete(lane)) onFree()
      })
    tries.add(trying)
  }

  return {
    async claim(): Promise<void> {
      const channels = toPeople.map((channel) => ({
        channel,
        count: patience[channel].atOnce - (busy.get(channel) ?? 0),
      }))
      const webhooks = [...busy].flatMap(([lane, count]) =>
        typeof lane === 'number' ? [{ webhook_id: lane, count }] : [],
      )
      const free = { channels, each: patience.WEBHOOK.atOnce, busy: webhooks }
      const now = ctx.now()
      const until = new Date(now.getTime() + leaseMs).toISOString()
      const due = await store.claimDue(ctx.db.pool, free, { now: now.toISOString(), until })
      onStep?.('claimed')
      for (const one of due) start(one)
      for (const [lane, count] of busy) {
        const most = typeof lane === 'number' ? patience.WEBHOOK.atOnce : patience[lane].atOnce
        if (count >= most) full.add(lane)
      }
    },
    idle: async () => void (await Promise.all(tries)),
  }
}

/** Runs work every so often, never twice at once. */
function repeat(everyMs: number, run: () => Promise<void>) {
  let turn: Promise<void> | undefined
  const timer = setInterval(() => {
    turn ??= run().finally(() => {
      turn = undefined
    })
  }, everyMs)
  return {
    stop: () => clearInterval(timer),
    idle: async () => void (await turn),
  }
}

/** Follows the timeline and sends what is due, all the while, beside everything else. */
export function runNotifications(ctx: Context, running: Running): Notifier {
  const { everyMs = 1_000, onStep, watching } = running
  const ready: ReadonlySet<PersonChannel> = new Set(['SCREEN', ...readyChannels(running.outlets)])
  const warn: Warn = (what) => (error) => ctx.log.warn({ code: error.code }, what)
  const workers = createWorkers(ctx, running, warn, () => workNow(false))
  let closed = false
  let turn: Promise<void> | undefined
  let again = false
  /** Whether facts may have been written since the timeline was last followed. */
  let isNews = true
  let gathering: NodeJS.Timeout | undefined

  async function work(): Promise<void> {
    do {
      again = false
      if (isNews) {
        isNews = false
        if (await followTimeline(ctx, { ready, onStep })) [isNews, again] = [true, true]
      }
      if (!closed) await workers.claim()
    } while (again && !closed)
  }

  function workNow(mayBeNews: boolean): void {
    again = true
    isNews ||= mayBeNews
    if (closed || turn) return
    turn = work()
      .catch(warn('messages could not be sent'))
      .finally(() => {
        turn = undefined
      })
  }

  const repeated = [
    repeat(everyMs, async () => workNow(true)),
    repeat(expireMs, () =>
      store.failExpired(ctx.db.pool, ctx.now().toISOString(), 1_000).catch(warn('old messages stayed')),
    ),
    repeat(testMs, async () => {
      await startContactTest(ctx).catch(warn('contacts could not be tested'))
    }),
    ...(watching
      ? [repeat(watchMs, () => watchAlarms(ctx, watching).catch(warn('alarms could not be looked for')))]
      : []),
  ]
  return {
    wake() {
      gathering ??= setTimeout(() => {
        gathering = undefined
        workNow(true)
      }, gatherMs)
    },
    async close() {
      closed = true
      clearTimeout(gathering)
      for (const one of repeated) one.stop()
      await Promise.all([turn, ...repeated.map((one) => one.idle())])
      await workers.idle()
    },
  }
}
