import { z } from 'zod'
import { emergencyTypes, priorityLevels } from './call.ts'
import { optionalId } from './dispatch.ts'
import { optionalNumber, optionalText, optionalWord, requiredWord } from './text.ts'

const place = {
  location: optionalText(1_000),
  latitude: optionalNumber(-90, 90),
  longitude: optionalNumber(-180, 180),
}
const wholePlace = (given: { latitude?: number; longitude?: number }) =>
  (given.latitude === undefined) === (given.longitude === undefined)
const bothOrNone = { error: 'latitude and longitude belong together.', path: ['latitude'] }

export const incidentOpening = z
  .strictObject({
    emergency_type: requiredWord(emergencyTypes),
    priority: optionalNumber(1, 4, true),
    priority_level: optionalWord(priorityLevels),
    ...place,
    notes: optionalText(5_000),
    /** The call it is about, which must not be about another incident yet. */
    call_id: optionalId(),
  })
  .refine(wholePlace, bothOrNone)
  .meta({ id: 'IncidentOpening' })
export type IncidentOpening = z.output<typeof incidentOpening>

export const incidentChange = z
  .strictObject({
    emergency_type: optionalWord(emergencyTypes),
    priority: optionalNumber(1, 4, true),
    ...place,
    notes: optionalText(5_000),
  })
  .refine(wholePlace, bothOrNone)
  .meta({ id: 'IncidentChange' })
export type IncidentChange = z.output<typeof incidentChange>
