import { z } from 'zod'
import { type EmergencyType, emergencyTypes } from './call.ts'
import { type UnitType, unitTypes } from './unit.ts'

/** Unit types to send, one unit for each, by type of emergency and priority. */
export type PlannedNeeds = Readonly<
  Record<EmergencyType, Readonly<Record<1 | 2 | 3 | 4, readonly UnitType[]>>>
>

const needsShown = z.array(z.enum(unitTypes))
const shownPlan = z.object({ 1: needsShown, 2: needsShown, 3: needsShown, 4: needsShown })

export const responsePlans = z.object(
  Object.fromEntries(emergencyTypes.map((type) => [type, shownPlan])) as Record<
    EmergencyType,
    typeof shownPlan
  >,
)

const readWord = (value: unknown) => (typeof value === 'string' ? value.trim().toUpperCase() : value)
const oneNeed = z.preprocess(
  readWord,
  z.enum(unitTypes, { error: `Must be one of ${unitTypes.join(', ')}.` }),
)
const needs = z
  .array(oneNeed, { error: 'Must be a list of unit types.' })
  .min(1, 'Must name at least 1 unit.')
  .max(6, 'Must name at most 6 units.')

const planChange = z.strictObject({ 1: needs, 2: needs, 3: needs, 4: needs }, 'Must be priorities.').partial()

/** Types and priorities that are left out keep what they have. */
export const responsePlansChange = z
  .strictObject(
    Object.fromEntries(emergencyTypes.map((type) => [type, planChange])) as Record<
      EmergencyType,
      typeof planChange
    >,
    'Must be types of emergency.',
  )
  .partial()
