import { z } from 'zod'
import { instant, optionalNumber, optionalText, rowId } from './text.ts'

const count = z.number().int().min(0)

/** A file of history that was imported, is being, or was stopped half-way. */
export const historyImport = z
  .object({
    id: rowId,
    /** Name of the mapping, such as sf-fire. */
    source: z.string(),
    file_name: z.string(),
    bytes_total: count,
    bytes_read: count,
    rows_read: count,
    /** Rows that became assignments. */
    rows_added: count,
    /** Rows that an earlier import had brought. */
    rows_known: count,
    /** Findings in rows that were taken as they are. */
    rows_flagged: count,
    /** Rows that were left out. */
    rows_held: count,
    incidents_added: count,
    units_added: count,
    started_at: instant,
    /** null while it is not through. */
    ended_at: instant.nullable(),
  })
  .meta({ id: 'HistoryImport' })
export type HistoryImport = z.output<typeof historyImport>

export const quarantineReasons = ['unreadable', 'position', 'no_end', 'out_of_order', 'overlapping'] as const

/** What is wrong with a row of an import. */
export const quarantined = z
  .object({
    id: rowId,
    /** What the source calls the row. */
    row_key: z.string(),
    /** Line of the file; 0 where it shows only among all rows. */
    line: count,
    reason: z.enum(quarantineReasons),
    detail: z.string(),
    /** Whether the row was left out. Otherwise spans of it that cannot be are no figures. */
    is_held: z.boolean(),
  })
  .meta({ id: 'QuarantinedRow' })
export type Quarantined = z.output<typeof quarantined>

export const pageQuery = z.strictObject({
  page_size: optionalNumber(1, 200, true).transform((size) => size ?? 50),
  cursor: optionalText(500),
})
export type PageQuery = z.output<typeof pageQuery>
