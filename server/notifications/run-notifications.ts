import type { PersonChannel } from '@toneout/contract/model/message.ts'
import type { Context } from '../context.ts'
import { readyChannels } from './channel.ts'
import { type Delivering, deliverMessage } from './deliver-message.ts'
import { followTimeline } from './follow-timeline.ts'
import { patience } from './rules-retry.ts'
import * as store from './store.ts'
import { type Watching, watchAlarms } from './watch-alarms.ts'

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
const channels = ['SMS', 'VOICE', 'EMAIL', 'PUSH', 'WEBHOOK'] as const

/** Follows the timeline and sends what is due, all the while, beside everything else. */
export function runNotifications(ctx: Context, running: Running): Notifier {
  const { leaseMs = 30_000, everyMs = 1_000, onStep } = running
  const ready = new Set<PersonChannel>(['SCREEN', ...readyChannels(running.outlets)])
  if (running.push) ready.add('PUSH')
  const busy = new Map<string, number>(channels.map((name) => [name, 0]))
  const tries = new Set<Promise<void>>()
  let closed = false
  let turn: Promise<void> | undefined
  let again = false
  let gathering: NodeJS.Timeout | undefined
  const warn = (what: string) => (error: { code?: string }) => ctx.log.warn({ code: error.code }, what)

  function start(one: store.Due): void {
    busy.set(one.channel, (busy.get(one.channel) ?? 0) + 1)
    const trying = deliverMessage(ctx, running, one)
      .catch(warn('what came of a message could not be kept'))
      .finally(() => {
        busy.set(one.channel, (busy.get(one.channel) ?? 1) - 1)
        tries.delete(trying)
        wakeNow()
      })
    tries.add(trying)
  }

  async function claim(): Promise<void> {
    const free = channels.map((channel) => ({
      channel,
      count: patience[channel].atOnce - (busy.get(channel) ?? 0),
    }))
    const now = ctx.now()
    const until = new Date(now.getTime() + leaseMs).toISOString()
    const due = await store.claimDue(ctx.db.pool, free, { now: now.toISOString(), until })
    onStep?.('claimed')
    for (const one of due) start(one)
  }

  async function work(): Promise<void> {
    do {
      again = false
      if (await followTimeline(ctx, { ready, onStep })) again = true
      if (!closed) await claim()
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

  const wake = () => {
    gathering ??= setTimeout(() => {
      gathering = undefined
      wakeNow()
    }, gatherMs)
  }
  const timer = setInterval(wakeNow, everyMs)
  const expiring = setInterval(() => {
    store.failExpired(ctx.db.pool, ctx.now().toISOString(), 1_000).catch(warn('old messages stayed'))
  }, 60_000)
  let watch: Promise<void> | undefined
  const watcher = setInterval(() => {
    if (!running.watching || watch) return
    watch = watchAlarms(ctx, running.watching)
      .catch(warn('alarms could not be looked for'))
      .finally(() => {
        watch = undefined
      })
  }, watchMs)
  return {
    wake,
    async close() {
      closed = true
      clearInterval(timer)
      clearInterval(expiring)
      clearInterval(watcher)
      clearTimeout(gathering)
      await Promise.all([turn, watch])
      await Promise.all(tries)
    },
  }
}
