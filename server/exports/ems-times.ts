import { type EmsTime, emsTimeNames } from '@toneout/contract/model/ems-times.ts'
import type { ExportQuery } from '@toneout/contract/operations/exports.ts'
import { assignmentList } from '../dispatch/reads.ts'
import { correctedTime } from '../lib/db.ts'
import { type Source, wholeList } from './source.ts'

/** A milestone as it counts: what was corrected before what was stamped. */
const ring = `least(i.received_at,
  (SELECT min(c.created_at) FROM calls c WHERE c.incident_id = a.incident_id))`

/** Who sends a unit elsewhere has canceled it here. A unit in service again has completed the call. */
const told: Partial<Readonly<Record<EmsTime, string>>> = {
  'eTimes.01': ring,
  'eTimes.03': correctedTime('assigned_at'),
  'eTimes.04': correctedTime('acknowledged_at'),
  'eTimes.05': correctedTime('en_route_at'),
  'eTimes.06': correctedTime('on_scene_at'),
  'eTimes.07': correctedTime('at_patient_at'),
  'eTimes.09': correctedTime('transporting_at'),
  'eTimes.11': correctedTime('at_hospital_at'),
  'eTimes.12': correctedTime('handover_done_at'),
  'eTimes.13': correctedTime('cleared_at'),
  'eTimes.14': `coalesce(${correctedTime('cancelled_at')}, ${correctedTime('diverted_at')})`,
  'eTimes.16': correctedTime('cleared_at'),
}

/** NEMSIS wants an offset from UTC, and takes no Z (data type DateTimeType). */
const asText = (instant: string) =>
  `to_char(${instant} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS') || '+00:00'`

/** Assignments with their times by the numbers of NEMSIS. */
export function emsTimeSource(query: ExportQuery['ems_times']): Source {
  const list = assignmentList(query)
  const times = emsTimeNames.map((name) => `${told[name] ? asText(told[name]) : 'NULL'} AS "${name}"`)
  return wholeList({
    ...list,
    columns: ['i.incident_number, u.unit_number, a.status', ...times].join(', '),
    from: 'assignments a JOIN incidents i ON i.id = a.incident_id JOIN units u ON u.id = a.unit_id',
  })
}
