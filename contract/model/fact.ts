import { z } from 'zod'
import { call } from './call.ts'
import { interaction } from './interaction.ts'
import { instant, rowId } from './text.ts'

/** Types of facts written so far; each slice adds its own. */
export const factTypes = [
  'call_opened',
  'interaction_added',
  'interaction_revised',
  'call_updated',
  'call_completed',
  'call_lost_contact',
  'incident_raised',
  'call_linked',
  'incident_updated',
  'unit_assigned',
  'assignment_acknowledged',
  'unit_en_route',
  'unit_on_scene',
  'unit_at_patient',
  'unit_transporting',
  'unit_at_hospital',
  'unit_handed_over',
  'unit_cleared',
  'unit_cancelled',
  'unit_diverted',
  'unit_changed',
  'unit_duty_changed',
  'hospital_changed',
  'station_changed',
  'incident_closed',
  'incident_cancelled',
  'incident_reopened',
  'calls_merged',
  'calls_split',
  'rule_overridden',
  'caller_data_revealed',
  'caller_data_erased',
  'call_held',
  'call_released',
  'person_signed_in',
] as const
export type FactType = (typeof factTypes)[number]

export const actorKinds = ['person', 'key', 'system'] as const

/** Who did it. `name` is a username or a key's name, `system` for the server itself. */
export const actor = z.object({ kind: z.enum(actorKinds), id: rowId.nullable(), name: z.string() })
export type Actor = z.output<typeof actor>

/**
 * One line of the timeline. `id` is the stream's cursor. `data` never holds a caller's number or words: facts
 * are for ever and hash-chained, caller data must be erasable.
 */
export const fact = z
  .object({
    id: rowId,
    at: instant,
    type: z.enum(factTypes),
    actor,
    call_id: rowId.nullable(),
    incident_id: rowId.nullable(),
    unit_id: rowId.nullable(),
    data: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Fact' })
export type Fact = z.output<typeof fact>

/** A fact as the live stream sends it, with the rows it is about as they are now. */
export const liveFact = fact
  .extend({ call: call.nullable(), interaction: interaction.nullable() })
  .meta({ id: 'LiveFact' })
export type LiveFact = z.output<typeof liveFact>
