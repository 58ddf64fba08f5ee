import type { EmergencyType } from '@toneout/contract/model/call.ts'
import type { Hospital, Specialty } from '@toneout/contract/model/hospital.ts'
import type { Estimates } from '../lib/geo.ts'
import { clock, sentence } from './rules.ts'

/** What is worth passing a nearer hospital for: a trauma centre, a stroke unit, a catheter laboratory. */
const specialtyFor: Partial<Record<EmergencyType, Specialty>> = {
  TRAUMA: 'TRAUMA',
  STROKE: 'STROKE',
  CARDIAC: 'PCI',
}
/** Seconds of drive that each is worth: our own choice, until waits at hospitals are measured. */
export const hospitalCosts = { MODERATE: 120, HIGH: 480, ADVISORY: 600, inbound: 180 } as const
const costOf = (word: string) => (hospitalCosts as Partial<Record<string, number>>)[word] ?? 0

/**
 * All hospitals, best first: those that take patients, then FULL, then CLOSED; within these, those with the
 * specialty first, then by drive time and what load, advisory and units inbound (by hospital id) add to it.
 */
export function rankHospitals(
  { emergency_type }: { emergency_type: EmergencyType },
  hospitals: readonly Pick<Hospital, 'id' | 'name' | 'emergency_capacity' | 'diversion' | 'specialties'>[],
  estimates: Estimates,
  inbound: ReadonlyMap<number, number>,
) {
  const needed = specialtyFor[emergency_type]
  const ranked = hospitals.map(({ id, name, emergency_capacity: load, diversion, specialties }, i) => {
    const { seconds, source } = estimates[i] ?? { seconds: Number.POSITIVE_INFINITY }
    const units = inbound.get(id) ?? 0
    const refuses = diversion === 'CLOSED' ? 2 : load === 'FULL' ? 1 : 0
    const lacks = needed !== undefined && !specialties.includes(needed)
    const cost = seconds + costOf(load) + costOf(diversion) + units * hospitalCosts.inbound
    const words = [
      ['', 'full', 'closed to ambulances'][refuses],
      needed && `${lacks ? 'no ' : ''}${needed}`,
      source ? `${clock(seconds)} ${source === 'crow' ? 'estimated' : 'by road'}` : 'no drive time',
      diversion === 'ADVISORY' && 'on advisory',
      costOf(load) > 0 && `load ${load}`,
      units > 0 && `${units} inbound`,
    ]
    const choice = { hospital_id: id, seconds: source ? seconds : null, offered_last: refuses > 0 }
    const tier = refuses * 2 + Number(lacks)
    return { tier, cost, name, choice: { ...choice, reason: sentence(words.filter(Boolean).join(', ')) } }
  })
  ranked.sort((a, b) => a.tier - b.tier || a.cost - b.cost || (a.name < b.name ? -1 : 1))
  return ranked.map(({ choice }) => choice)
}
