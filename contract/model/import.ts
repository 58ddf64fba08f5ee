import { z } from 'zod'
import type { EmergencyType } from './call.ts'
import type { Mapping } from './import-mapping.ts'
import type { Disposition } from './incident.ts'
import { instant, optionalNumber, optionalText, rowId } from './text.ts'
import type { UnitType } from './unit.ts'

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

/** Milliseconds since 1970; null where the source has none. */
export type Times = Record<keyof Mapping['times'], number | null>

/** One unit's run as the source tells it. */
export type Run = {
  row_key: string
  incident: {
    key: string
    received_at: number
    emergency_type: EmergencyType
    priority: number
    location: string
    latitude: number | null
    longitude: number | null
    disposition: Disposition
  }
  unit: { number: string; type: UnitType }
  times: Times & { assigned_at: number }
}

export type Reason = (typeof quarantineReasons)[number]
/** What is wrong with a row, in words that repeat nothing of it but times. */
export type Finding = { reason: Reason; detail: string }

/** An incident from its first to its last run, of those that are known. */
export type HistoricIncident = Run['incident'] & { closed_at: number }
