import { z } from 'zod'
import { nameText, place, plainText } from './field.ts'
import { instant, optionalFlag, optionalNumber, optionalText, rowId } from './text.ts'

/** Where units wait, as the server shows it. */
export const station = z
  .object({
    id: rowId,
    name: z.string(),
    address: z.string(),
    latitude: z.number(),
    longitude: z.number(),
    /** Units in use that wait there. */
    units: z.number().int(),
    retired_at: instant.nullable(),
    updated_at: instant,
  })
  .meta({ id: 'Station' })
export type Station = z.output<typeof station>

/** Body of POST /api/stations/. */
export const stationCreation = z
  .strictObject({ name: nameText(200), address: plainText(1_000).default(''), ...place })
  .meta({ id: 'StationCreation' })
export type StationCreation = z.output<typeof stationCreation>

/** Body of PATCH /api/stations/{id}/; what is left out keeps its value. */
export const stationChange = z
  .strictObject({ name: nameText(200), address: plainText(1_000), ...place })
  .partial()
  .meta({ id: 'StationChange' })
export type StationChange = z.output<typeof stationChange>

export const stationQuery = z.strictObject({
  retired: optionalFlag(),
  search: optionalText(200),
  page_size: optionalNumber(1, 500, true).transform((size) => size ?? 100),
  cursor: optionalText(500),
})
export type StationQuery = z.output<typeof stationQuery>
