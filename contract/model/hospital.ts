import { z } from 'zod'
import { closedList, nameText, numberWithin, place, plainText } from './field.ts'
import {
  instant,
  optionalFlag,
  optionalNumber,
  optionalText,
  optionalWord,
  requiredWord,
  rowId,
} from './text.ts'

/** How busy an emergency department is: LOW is good. */
export const emergencyLoads = ['LOW', 'MODERATE', 'HIGH', 'FULL'] as const
export type EmergencyLoad = (typeof emergencyLoads)[number]

export const diversions = ['OPEN', 'ADVISORY', 'CLOSED'] as const
export type Diversion = (typeof diversions)[number]

export const specialties = [
  'TRAUMA',
  'STROKE',
  'PCI',
  'BURN',
  'PAEDIATRIC',
  'OBSTETRIC',
  'PSYCHIATRIC',
] as const
export type Specialty = (typeof specialties)[number]

/** A hospital as the server shows it. */
export const hospital = z
  .object({
    id: rowId,
    name: z.string(),
    address: z.string(),
    phone: z.string(),
    latitude: z.number(),
    longitude: z.number(),
    total_beds: z.number().int(),
    available_beds: z.number().int(),
    emergency_capacity: z.enum(emergencyLoads),
    diversion: z.enum(diversions),
    /** Why, in the words of who set it; empty when not said. */
    diversion_reason: z.string(),
    specialties: z.array(z.enum(specialties)),
    retired_at: instant.nullable(),
    updated_at: instant,
  })
  .meta({ id: 'Hospital' })
export type Hospital = z.output<typeof hospital>

/** A hospital with how many units are on their way there or stand before it: its live assignments. */
export const shownHospital = hospital.extend({ inbound: z.number().int() }).meta({ id: 'ShownHospital' })
export type ShownHospital = z.output<typeof shownHospital>

const beds = numberWithin(0, 100_000, true)

/** What every keeper and every desk may change: how much the hospital can take now. */
const capacity = {
  total_beds: beds,
  available_beds: beds,
  emergency_capacity: requiredWord(emergencyLoads),
  diversion: requiredWord(diversions),
  diversion_reason: plainText(200),
}
export const capacityFields = [
  'total_beds',
  'available_beds',
  'emergency_capacity',
  'diversion',
  'diversion_reason',
] as const satisfies readonly (keyof typeof capacity)[]

const identity = {
  name: nameText(200),
  address: plainText(1_000),
  phone: plainText(100),
  ...place,
  specialties: closedList(specialties),
}

type Beds = { total_beds?: number; available_beds?: number }

const bedsAreThere = ({ total_beds, available_beds }: Beds) =>
  total_beds === undefined || available_beds === undefined || available_beds <= total_beds
const isNumbers = (value: unknown) => {
  const { total_beds, available_beds } = (value ?? {}) as Record<string, unknown>
  return typeof total_beds === 'number' && typeof available_beds === 'number'
}
/** Looked at also when other fields are wrong, so that all faults are told at once. */
const bedsRule = {
  path: ['available_beds'],
  error: 'Must be at most total_beds.',
  when: ({ value }: { value: unknown }) => isNumbers(value),
}

/** Body of POST /api/hospitals/. */
export const hospitalCreation = z
  .strictObject({
    ...identity,
    address: identity.address.default(''),
    phone: identity.phone.default(''),
    specialties: identity.specialties.default([]),
    total_beds: beds.default(0),
    available_beds: beds.default(0),
    emergency_capacity: optionalWord(emergencyLoads).transform((load) => load ?? 'LOW'),
    diversion: optionalWord(diversions).transform((diversion) => diversion ?? 'OPEN'),
    diversion_reason: capacity.diversion_reason.optional(),
  })
  .refine(bedsAreThere, bedsRule)
  .meta({ id: 'HospitalCreation' })
export type HospitalCreation = z.output<typeof hospitalCreation>

/** Body of PATCH /api/hospitals/{id}/; what is left out keeps its value. */
export const hospitalChange = z
  .strictObject({ ...identity, ...capacity })
  .partial()
  .refine(bedsAreThere, bedsRule)
  .meta({ id: 'HospitalChange' })
export type HospitalChange = z.output<typeof hospitalChange>

export const hospitalQuery = z.strictObject({
  diversion: optionalWord(diversions),
  specialty: optionalWord(specialties),
  retired: optionalFlag(),
  search: optionalText(200),
  page_size: optionalNumber(1, 500, true).transform((size) => size ?? 100),
  cursor: optionalText(500),
})
export type HospitalQuery = z.output<typeof hospitalQuery>
