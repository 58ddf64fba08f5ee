import type { PersonChannel } from '@toneout/contract/model/message.ts'
import type { Context } from '../context.ts'
import { readyChannels } from './channel.ts'
import { type Delivering, deliverMessage } from './delivery.ts'
import { followTimeline } from './following.ts'
import { patience } from './rules-retry.ts'
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
const channels = ['SMS', 'EMAIL', 'WEBHOOK'] as const

type Warn = (what: string) => (error: { code?: string }) => void

/** Claims what is due, as much as each channel may try at once, and tries it; `onFree` when one has ended. */
function createWorkers(ctx: Context, running: Running, warn: Warn, onFree: () => void) {
  const { leaseMs = 30_000, onStep } = running
  const busy = new Map<string, number>(channels.map((name) => [name, 0]))
  const tries = new Set<Promise<void>>()

  function start(one: store.Due): void {
    busy.set(one.channel, (busy.get(one.channel) ?? 0) + 1)
    const trying = deliverMessage(ctx, running, one)
      .catch(warn('what came of a message could not be kept'))
      .finally(() => {
        busy.set(one.channel, (busy.get(one.channel) ?? 1) - 1)
        tries.delete(trying)
        onFree()
      })
    tries.add(trying)
  }

  return {
    async claim(): Promise<void> {
      const free = channels.map((channel) => ({
        channel,
        count: patience[channel].atOnce - (busy.get(channel) ?? 0),
      }))
      const now = ctx.now()
      const until = new Date(now.getTime() + leaseMs).toISOString()
      const due = await store.claimDue(ctx.db.pool, free, { now: now.toISOString(), until })
      onStep?.('claimed')
      for (const one of due) start(one)
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
  const workers = createWorkers(ctx, running, warn, wakeNow)
  let closed = false
  let turn: Promise<void> | undefined
  let again = false
  let gathering: NodeJS.Timeout | undefined

  async function work(): Promise<void> {
    do {
      again = false
      if (await followTimeline(ctx, { ready, onStep })) again = true
      if (!closed) await workers.claim()
    } while (again && !closed)
  }

  function wakeNow(): void {
    again = true
    if (closed || turn) return
    turn = work()
      .catch(warn('messages could not be sent'))
      .finally(() => {
        turn = undefined
      })
  }

  const repeated = [
    repeat(everyMs, async () => wakeNow()),
    repeat(expireMs, () =>
      store.failExpired(ctx.db.pool, ctx.now().toISOString(), 1_000).catch(warn('old messages stayed')),
    ),
    ...(watching
      ? [repeat(watchMs, () => watchAlarms(ctx, watching).catch(warn('alarms could not be looked for')))]
      : []),
  ]
  return {
    wake() {
      gathering ??= setTimeout(() => {
        gathering = undefined
        wakeNow()
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
