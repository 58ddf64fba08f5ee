import { z } from 'zod'
import { assignmentStatuses } from './assignment.ts'
import { emergencyTypes } from './call.ts'
import { shownHospital } from './hospital.ts'
import { unitTypes } from './unit.ts'

/** A unit bound for a hospital or standing before it, as the hospital sees it: nothing of the caller. */
export const inboundUnit = z
  .object({
    unit_number: z.string(),
    unit_type: z.enum(unitTypes),
    emergency_type: z.enum(emergencyTypes),
    /** 1 threat to life to 4 routine. */
    priority: z.number().int(),
    status: z.enum(assignmentStatuses),
    /** Estimated from the straight line while it is on its way with a patient; null when not known. */
    eta_seconds: z.number().nullable(),
  })
  .meta({ id: 'InboundUnit' })
export type InboundUnit = z.output<typeof inboundUnit>

/** A hospital as its own people see it; units with a patient on board first, at most 200 of them. */
export const ownHospital = shownHospital
  .extend({ inbound_units: z.array(inboundUnit) })
  .meta({ id: 'OwnHospital' })
export type OwnHospital = z.output<typeof ownHospital>
