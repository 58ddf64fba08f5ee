import type { HospitalCreation } from '@toneout/contract/model/hospital.ts'
import type { StationCreation } from '@toneout/contract/model/station.ts'
import type { UnitCreation, UnitType } from '@toneout/contract/model/unit.ts'
import { cityName, corner } from './city.ts'

/** What the invented city has: where units wait, where patients go, and what drives. */
export type PlannedUnit = Pick<
  UnitCreation,
  'unit_number' | 'unit_type' | 'duty' | 'capabilities' | 'equipment' | 'max_patients'
> & { station: string }

type Corner = readonly [district: string, row: number, column: number]

const houses: readonly (readonly [name: string, at: Corner, units: string])[] = [
  ['Harbor Station', ['Old Harbor', 2, 1], 'M01 M02 A01 A02 E1 L1 P1'],
  ['Saltmarsh Station', ['Saltmarsh', 1, 2], 'M03 M04 A03 E2'],
  ['Northfield Station', ['Northfield', 1, 1], 'M05 A04 A05 E3 P2'],
  ['Millrace Station', ['Millrace', 1, 2], 'M06 M07 A06 C1 S1'],
  ['Eastbank Station', ['Eastbank', 2, 1], 'M08 M09 A07 E4'],
  ['Collier Park Station', ['Collier Park', 1, 1], 'M10 A08 A09 E5 P3'],
]

type Kind = Pick<PlannedUnit, 'unit_type' | 'capabilities' | 'equipment' | 'max_patients'>

function kind(unit_type: UnitType, capabilities: string, equipment: string, max_patients: number): Kind {
  return { unit_type, capabilities: words(capabilities), equipment: words(equipment), max_patients }
}
const words = (list: string) => list.split(', ').filter(Boolean)

/** By the letters before the number, as crews say them: medic, ambulance, critical care, engine, … */
const kinds: Readonly<Record<string, Kind>> = {
  M: kind('ADVANCED', 'ALS, 12-lead ECG', 'monitor-defibrillator, stretcher', 1),
  A: kind('BASIC', 'BLS', 'AED, stretcher', 2),
  C: kind('CRITICAL', 'ALS, ventilation, blood', 'ventilator, monitor-defibrillator, stretcher', 1),
  E: kind('FIRE', 'pump, first aid', 'hose, AED', 0),
  L: kind('FIRE', 'ladder, rescue', 'ladder, cutter', 0),
  P: kind('POLICE', 'patrol', 'AED', 0),
  S: kind('SUPERVISOR', 'field command', 'radio', 0),
}

const resting: Partial<Record<string, UnitCreation['duty']>> = { A09: 'OFF_DUTY', L1: 'MAINTENANCE' }

type Beds = readonly [total: number, available: number]
const clinics: readonly (readonly [string, Corner, Beds, string, HospitalCreation['specialties']])[] = [
  ['Halvard General Hospital', ['Millrace', 2, 0], [62, 17], '0160', ['TRAUMA', 'STROKE', 'PCI', 'BURN']],
  ['Harbor Mercy Hospital', ['Old Harbor', 1, 3], [38, 12], '0161', ['PCI', 'OBSTETRIC', 'PSYCHIATRIC']],
  ['Northfield Community Hospital', ['Northfield', 3, 2], [24, 9], '0162', ['STROKE', 'OBSTETRIC']],
  ["University Children's Hospital", ['University Hill', 0, 1], [30, 11], '0163', ['TRAUMA', 'PAEDIATRIC']],
]

export function planStations(): StationCreation[] {
  return houses.map(([name, at]) => {
    const { written: address, ...place } = corner(...at)
    return { name: `${cityName} ${name}`, address, ...place }
  })
}

export function planHospitals(): HospitalCreation[] {
  return clinics.map(([name, at, [total_beds, available_beds], phone, specialties]) => {
    const { written: address, ...place } = corner(...at)
    const capacity = { total_beds, available_beds, emergency_capacity: 'LOW', diversion: 'OPEN' } as const
    return { name, address, phone: `+1555555${phone}`, specialties, ...capacity, ...place }
  })
}

/** In the order of their stations. */
export function planUnits(): PlannedUnit[] {
  return houses.flatMap(([name, , numbers]) =>
    numbers.split(' ').map((unit_number) => {
      const kind = kinds[unit_number.charAt(0)]
      if (!kind) throw new Error(`no kind of unit begins like ${unit_number}`)
      const duty = resting[unit_number] ?? 'AVAILABLE'
      return { unit_number, duty, station: `${cityName} ${name}`, ...kind }
    }),
  )
}
