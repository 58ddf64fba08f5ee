import { z } from 'zod'
import { requiredId } from '../model/dispatch.ts'
import { instant, rowId } from '../model/text.ts'
import { unitTypes } from '../model/unit.ts'
import { operation } from '../operation.ts'
import { dispatchers } from '../roles.ts'

const unitShown = { unit_id: rowId, unit_number: z.string(), unit_type: z.enum(unitTypes) }

/** What to send to an incident and where to take the patient, each with its reason in words. */
export const recommendation = z
  .object({
    incident_id: rowId,
    needs: z.array(z.enum(unitTypes)),
    why: z.string(),
    picks: z.array(
      z.object({
        ...unitShown,
        need: z.enum(unitTypes),
        seconds: z.number().nullable(),
        metres: z.number().nullable(),
        source: z.enum(['graph', 'router', 'crow']).nullable(),
        position_old: z.boolean(),
        reason: z.string(),
      }),
    ),
    near_misses: z.array(z.object({ ...unitShown, seconds: z.number().nullable(), reason: z.string() })),
    /** Who could be taken from a less grave incident; at most three. */
    diverts: z.array(
      z.object({
        ...unitShown,
        assignment_id: rowId,
        from_incident_id: rowId,
        from_incident_number: z.string(),
        from_priority: z.number().int(),
        seconds: z.number(),
        reason: z.string(),
      }),
    ),
    already_sent: z.array(rowId),
    unmet: z.array(z.enum(unitTypes)),
    hospitals: z.array(
      z.object({
        hospital_id: rowId,
        name: z.string(),
        seconds: z.number().nullable(),
        offered_last: z.boolean(),
        reason: z.string(),
      }),
    ),
    /** The instant that drive times and positions were looked at for. */
    as_of: instant,
    version: z.string(),
  })
  .meta({ id: 'Recommendation' })
export type Recommendation = z.output<typeof recommendation>

export const readRecommendation = operation({
  method: 'GET',
  path: '/api/incidents/{id}/recommendation/',
  group: 'Dispatch',
  summary: 'What to send to an incident, and why',
  description:
    'Picks, the nearest units that were not picked with the reason, and hospitals best first. `source` ' +
    'tells how drive times are known: `graph` and `router` by road, `crow` estimated from the straight ' +
    'line; they are null while the incident has no coordinates: units are then picked in the order of ' +
    'their numbers. `diverts` are units bound to a less grave incident, for priority 1 and 2, when one ' +
    'saves a minute or nobody free meets a need. `version` changes when the plan does, not with `diverts`.',
  who: dispatchers,
  params: z.object({ id: requiredId() }),
  replies: { 200: recommendation },
  refusals: ['invalid', 'not_authenticated', 'forbidden', 'not_found'],
})
