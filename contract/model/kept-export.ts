import { z } from 'zod'
import { exported, exportFormats } from './export.ts'
import { plainText } from './field.ts'
import { instant, rowId } from './text.ts'

/** Files that one person has, being made or ready, and all have. */
export const mostKept = { person: 3, all: 20 }
/** Bytes of one file as it is kept, packed. */
export const mostPackedBytes = 256 * 1024 * 1024
export const keptForMs = 24 * 3_600_000

/** Why there is no file. */
export const keptFaults = ['broken_off', 'too_large', 'too_long', 'shut_out', 'server_stopped'] as const
export type KeptFault = (typeof keptFaults)[number]

/** Body of POST /api/kept-exports/: a list, and the query that GET /api/exports/… of it takes. */
export const keeping = z
  .strictObject({
    what: z.enum(exported, { error: `Must be one of ${exported.join(', ')}.` }),
    query: plainText(10_000),
  })
  .meta({ id: 'ExportKeeping' })
export type Keeping = z.output<typeof keeping>

/** An export that is made while nobody waits, and kept for a day. */
export const keptExport = z
  .object({
    id: rowId,
    what: z.enum(exported),
    format: z.enum(exportFormats),
    file_name: z.string(),
    state: z.enum(['RUNNING', 'READY', 'FAILED']),
    fault: z.enum(keptFaults).nullable(),
    /** When it began: exact to 10,000, an estimate above. */
    rows_expected: rowId,
    rows_sent: rowId,
    /** Of the file. */
    bytes: rowId,
    requested_at: instant,
    ended_at: instant.nullable(),
    /** When it is deleted; null while it is being made. */
    expires_at: instant.nullable(),
  })
  .meta({ id: 'KeptExport' })
export type KeptExport = z.output<typeof keptExport>
