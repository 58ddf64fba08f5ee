import type { Readable } from 'node:stream'
import { isRefusal, type Refusal } from '@toneout/contract/refusals.ts'
import type { FastifyReply } from 'fastify'
import type { Context } from '../context.ts'
import type { Wanted } from './note-export.ts'
import { createPlaces, type Place } from './places.ts'
import { beginSending, codeOf, type Sending } from './sending.ts'

const longestMs = 15 * 60_000

/** Whether whoever asked for an export may still have it; asked again whenever a credential changes. */
export type MayStay = () => Promise<boolean>

/** What goes on: `stop` breaks it off, and `done` is when it has ended and is noted. */
export type Running = {
  stop: (why: 'shut_out' | 'server_stopped') => void
  done: Promise<unknown>
  mayStay: MayStay
}

/** A place, and what is sent while it is held. */
export type Begun = { sending: Sending; place: Place }

/** However the reply ends, the rows are let go and the export is noted. */
function follow(ctx: Context, reply: FastifyReply, { sending, place }: Begun): Promise<void> {
  const timer = setTimeout(() => reply.raw.destroy(), longestMs)
  return new Promise((done) => {
    const close = () => {
      clearTimeout(timer)
      // Who has read the last of one may ask for the next at once.
      place.leave()
      sending
        .end(reply.raw.writableFinished)
        .catch((error) => ctx.log.warn(codeOf(error), 'the end of an export could not be noted'))
        .finally(() => {
          place.end()
          done()
        })
    }
    if (reply.raw.destroyed) close()
    else reply.raw.once('close', close)
  })
}

/** The exports of this process. */
export function createExports(ctx: Context) {
  const places = createPlaces()
  const running = new Set<Running>()

  /** Is broken off when its credential is not good any more, and when the server stops. */
  function watch(one: Running): void {
    running.add(one)
    void one.done.finally(() => running.delete(one))
  }

  /** Takes a place for it and begins to read; refused where too many run. */
  async function begin(wanted: Wanted): Promise<Begun | Refusal> {
    const place = places.take(wanted.actor)
    if ('refused' in place) return place
    const free = () => {
      place.leave()
      place.end()
    }
    const sending = await beginSending(ctx, wanted).catch((error) => {
      free()
      throw error
    })
    if (!('refused' in sending)) return { sending, place }
    free()
    return sending
  }

  return {
    begin,
    watch,
    /** A file that is made while it is read; its rows are as they are now. */
    async open(wanted: Wanted, reply: FastifyReply, mayStay: MayStay): Promise<Readable | Refusal> {
      const begun = await begin(wanted)
      if (isRefusal(begun)) return begun
      watch({ stop: () => reply.raw.destroy(), done: follow(ctx, reply, begun), mayStay })
      return begun.sending.file
    },
    /** A credential changed somewhere: what is sent on one that is not good any more is broken off. */
    review(): void {
      for (const { stop, mayStay } of running) {
        const end = () => stop('shut_out')
        mayStay().then((may) => may || end(), end)
      }
    },
    /** Breaks off what runs and waits until it is noted. */
    async close(): Promise<void> {
      for (const { stop } of running) stop('server_stopped')
      await Promise.all([...running].map(({ done }) => done))
    },
  }
}

export type Exports = ReturnType<typeof createExports>
