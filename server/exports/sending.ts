import type { Readable } from 'node:stream'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { formats } from './formats.ts'
import { noteBegin, noteEnd, type Wanted } from './note-export.ts'
import { openCursor, type Row, type RowCursor } from './row-cursor.ts'
import { mostSheetRows } from './rules.ts'
import { fitsSheet, statementOf } from './statement.ts'

const tooLong = `Has more rows than a sheet holds, ${mostSheetRows}: choose another format or fewer rows.`

/** What is being sent, until `end` has noted it. */
export type Sending = { file: Readable; rows: () => number; end: (whole: boolean) => Promise<void> }

type Sent = { rows: number; ended: boolean }

/** What a log may hold of an error. */
export const codeOf = (error: unknown) => ({
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

/** Begins to read what is wanted; the file is made as fast as it is read. */
export async function beginSending(ctx: Context, wanted: Wanted): Promise<Sending | Refusal> {
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
  return { file, rows: () => sent.rows, end }
}
