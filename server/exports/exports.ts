import type { Readable } from 'node:stream'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { FastifyReply } from 'fastify'
import type { Context } from '../context.ts'
import { formats } from './formats.ts'
import { noteBegin, noteEnd, type Wanted } from './note-export.ts'
import { createPlaces, type Place } from './places.ts'
import { openCursor, type Row, type RowCursor } from './row-cursor.ts'
import { mostSheetRows } from './rules.ts'
import { fitsSheet, statementOf } from './statement.ts'

const longestMs = 15 * 60_000

const tooLong = `Has more rows than a sheet holds, ${mostSheetRows}: choose another format or fewer rows.`

/** What is being sent, until `end` has noted it. */
type Sending = { file: Readable; end: (whole: boolean) => Promise<void> }

const codeOf = (error: unknown) => ({
  code: (error as { code?: string }).code,
  fault: (error as Error).name,
})

/** The rows that the cursor gives, as they are shown; counts them before they leave. */
async function* readParts(
  ctx: Context,
  cursor: RowCursor,
  first: Row[],
  show: (row: Row) => Row,
  sent: Sent,
) {
  try {
    for (let rows = first; rows.length > 0; ) {
      // The database reads on while these are written; the next are not asked for before these were taken.
      const ahead = cursor.next()
      ahead.catch(() => {})
      sent.rows += rows.length
      yield rows.map(show)
      rows = await ahead
    }
  } catch (error) {
    // Of a client that is gone this is the usual end. What it is told otherwise is that the file breaks off.
    if (!sent.ended) ctx.log.warn(codeOf(error), 'an export was broken off')
    throw new Error('The rows could not be read to their end.')
  }
}

/** Whether whoever asked for an export may still have it; asked again whenever a credential changes. */
type MayStay = () => Promise<boolean>

type Sent = { rows: number; ended: boolean }

async function begin(ctx: Context, wanted: Wanted): Promise<Sending | Refusal> {
  const { source, format, columns } = wanted
  if (format === 'xlsx' && !(await fitsSheet(ctx, source))) {
    return refuse('invalid', { fields: { format: [tooLong] } })
  }
  await noteBegin(ctx, wanted)
  const cursor = await openCursor(ctx.db, statementOf(ctx, source))
  const sent: Sent = { rows: 0, ended: false }
  // What is wrong with the statement is told in words, before the file begins.
  const first = await cursor.next().catch(async (error) => {
    await cursor.close()
    throw error
  })
  const parts = readParts(ctx, cursor, first, source.show, sent)
  const file = formats[format].write({ parts, columns, at: ctx.now() })
  const end = async (whole: boolean) => {
    sent.ended = true
    file.destroy()
    await cursor.close()
    await noteEnd(ctx, wanted, { rows: sent.rows, whole })
  }
  return { file, end }
}

/** The exports of this process. */
export function createExports(ctx: Context) {
  const places = createPlaces()
  const running = new Map<FastifyReply, { noted: Promise<void>; mayStay: MayStay }>()

  /** However the reply ends, the rows are let go and the export is noted. */
  function follow(reply: FastifyReply, { end }: Sending, place: Place): Promise<void> {
    const timer = setTimeout(() => reply.raw.destroy(), longestMs)
    return new Promise((done) => {
      const close = () => {
        clearTimeout(timer)
        // Who has read the last of one may ask for the next at once.
        place.leave()
        end(reply.raw.writableFinished)
          .catch((error) => ctx.log.warn(codeOf(error), 'the end of an export could not be noted'))
          .finally(() => {
            running.delete(reply)
            place.end()
            done()
          })
      }
      if (reply.raw.destroyed) close()
      else reply.raw.once('close', close)
    })
  }

  return {
    /** A file that is made while it is read; its rows are as they are now. */
    async open(wanted: Wanted, reply: FastifyReply, mayStay: MayStay): Promise<Readable | Refusal> {
      const place = places.take(wanted.actor)
      if ('refused' in place) return place
      const free = () => {
        place.leave()
        place.end()
      }
      const sending = await begin(ctx, wanted).catch((error) => {
        free()
        throw error
      })
      if ('refused' in sending) {
        free()
        return sending
      }
      running.set(reply, { noted: follow(reply, sending, place), mayStay })
      return sending.file
    },
    /** A credential changed somewhere: what is sent on one that is not good any more is broken off. */
    review(): void {
      for (const [reply, { mayStay }] of running) {
        const end = () => reply.raw.destroy()
        mayStay().then((may) => may || end(), end)
      }
    },
    /** Breaks off what runs and waits until it is noted. */
    async close(): Promise<void> {
      for (const reply of running.keys()) reply.raw.destroy()
      await Promise.all([...running.values()].map(({ noted }) => noted))
    },
  }
}

export type Exports = ReturnType<typeof createExports>
