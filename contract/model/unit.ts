import { z } from 'zod'
import type { AssignmentStatus } from './assignment.ts'
import { nameText, numberWithin, plainText, rowNumber, wordList } from './field.ts'
import {
  instant,
  optionalFlag,
  optionalNumber,
  optionalText,
  optionalWord,
  requiredWord,
  rowId,
} from './text.ts'

export const unitTypes = ['BASIC', 'ADVANCED', 'CRITICAL', 'FIRE', 'POLICE', 'SUPERVISOR'] as const
export type UnitType = (typeof unitTypes)[number]

/** What a person sets while the unit is free. While an assignment is live, its status is derived from it. */
export const dutyStatuses = ['AVAILABLE', 'MAINTENANCE', 'OUT_OF_SERVICE', 'OFF_DUTY'] as const
export type DutyStatus = (typeof dutyStatuses)[number]

/** What is shown: the duty of a free unit, otherwise where its assignment has got to. */
export const unitStatuses = [
  'AVAILABLE',
  'EN_ROUTE',
  'ON_SCENE',
  'TRANSPORTING',
  'AT_HOSPITAL',
  'MAINTENANCE',
  'OUT_OF_SERVICE',
  'OFF_DUTY',
] as const
export type UnitStatus = (typeof unitStatuses)[number]

/** What a unit shows while an assignment binds it; what has ended shows nothing. */
export const shownWhile: Partial<Readonly<Record<AssignmentStatus, UnitStatus>>> = {
  ASSIGNED: 'EN_ROUTE',
  ACKNOWLEDGED: 'EN_ROUTE',
  EN_ROUTE: 'EN_ROUTE',
  ON_SCENE: 'ON_SCENE',
  AT_PATIENT: 'ON_SCENE',
  TRANSPORTING: 'TRANSPORTING',
  AT_HOSPITAL: 'AT_HOSPITAL',
  HANDOVER_DONE: 'AT_HOSPITAL',
}

/** Ambulances by what their crews may do: each may also do the work of those before it. */
export const careLevels = ['BASIC', 'ADVANCED', 'CRITICAL'] as const satisfies readonly UnitType[]
export type CareLevel = (typeof careLevels)[number]

/** A vehicle with its crew, as the server shows it. */
export const unit = z
  .object({
    id: rowId,
    unit_number: z.string(),
    unit_type: z.enum(unitTypes),
    status: z.enum(unitStatuses),
    capabilities: z.array(z.string()),
    equipment: z.array(z.string()),
    station_id: rowId.nullable(),
    /** The station it covers for now instead of its own; null while it is at its own. */
    moved_to_station_id: rowId.nullable(),
    max_patients: z.number().int(),
    latitude: z.number().nullable(),
    longitude: z.number().nullable(),
    /** When it was last where latitude and longitude say. */
    position_at: instant.nullable(),
    /** The live assignment and its incident; null while free. */
    assignment_id: rowId.nullable(),
    incident_id: rowId.nullable(),
    /** Since when its crew calls for help for itself; null while it does not. */
    duress_at: instant.nullable(),
    retired_at: instant.nullable(),
  })
  .meta({ id: 'Unit' })
export type Unit = z.output<typeof unit>

const derived = z
  .never({ error: 'Cannot be set: it follows from the assignment, and while free from the duty (…/duty/).' })
  .optional()

const fields = {
  unit_number: nameText(10),
  unit_type: requiredWord(unitTypes),
  capabilities: wordList(),
  equipment: wordList(),
  station_id: rowNumber().nullable(),
  max_patients: numberWithin(0, 100, true),
}

/** Body of POST /api/units/. A new unit has no position until one is reported. */
export const unitCreation = z
  .strictObject({
    ...fields,
    duty: optionalWord(dutyStatuses).transform((duty) => duty ?? 'AVAILABLE'),
    capabilities: fields.capabilities.default([]),
    equipment: fields.equipment.default([]),
    station_id: fields.station_id.default(null),
    max_patients: fields.max_patients.default(1),
    status: derived,
  })
  .meta({ id: 'UnitCreation' })
export type UnitCreation = z.output<typeof unitCreation>

/** Body of PATCH /api/units/{id}/; what is left out keeps its value. */
export const unitChange = z
  .strictObject({ ...fields, status: derived })
  .partial()
  .meta({ id: 'UnitChange' })
export type UnitChange = z.output<typeof unitChange>

/** Body of POST /api/units/{id}/duty/. */
export const unitDuty = z
  .strictObject({ duty: requiredWord(dutyStatuses), reason: plainText(500).optional() })
  .meta({ id: 'UnitDuty' })
export type UnitDuty = z.output<typeof unitDuty>

export const moves = ['STATION', 'OWN_STATION', 'POST', 'STAGING'] as const

/** Body of POST /api/units/{id}/move/: to cover a station, back, at its post, or waiting near the scene. */
export const unitMove = z
  .strictObject({ to: requiredWord(moves), station_id: rowNumber().optional() })
  .refine(({ to, station_id }) => (to === 'STATION') === (station_id !== undefined), {
    error: 'Belongs to STATION, which needs it.',
    path: ['station_id'],
  })
  .meta({ id: 'UnitMove' })
export type UnitMove = z.output<typeof unitMove>

export const unitQuery = z.strictObject({
  unit_type: optionalWord(unitTypes),
  status: optionalWord(unitStatuses),
  station_id: optionalNumber(1, Number.MAX_SAFE_INTEGER, true),
  retired: optionalFlag(),
  search: optionalText(100),
  page_size: optionalNumber(1, 500, true).transform((size) => size ?? 100),
  cursor: optionalText(500),
})
export type UnitQuery = z.output<typeof unitQuery>
