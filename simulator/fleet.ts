import type { HospitalCreation } from '@toneout/contract/model/hospital.ts'
import type { StationCreation } from '@toneout/contract/model/station.ts'
import type { UnitCreation, UnitType } from '@toneout/contract/model/unit.ts'
import { crossOf, nodePoint, portHalvard } from './city/atlas.ts'
import { cityName, type Point } from './city/projection.ts'

/** What the invented city has: where units wait, where patients go, and what drives. */
export type PlannedUnit = Pick<
  UnitCreation,
  'unit_number' | 'unit_type' | 'duty' | 'capabilities' | 'equipment' | 'max_patients'
> & { station: string }

const houses: readonly (readonly [name: string, district: string, units: string])[] = [
  ['Harbor Station', 'Old Harbor', 'M01 A01 E1 L1 P1'],
  ['Millrace Station', 'Millrace', 'M02 C1 S1'],
  ['Customs Hill Station', 'Customs Hill', 'A02 M03'],
  ['Ropewalk Station', 'Ropewalk', 'M04 A03 E2'],
  ['Fulmar Bay Station', 'Fulmar Bay', 'A04 E3'],
  ['University Hill Station', 'University Hill', 'M05 A05'],
  ['Collier Vale Station', 'Collier Vale', 'M06 E4 P2'],
  ['Eastbank Station', 'Eastbank', 'M07 A06'],
  ['Saltmarsh Station', 'Saltmarsh', 'M08 E5 P3'],
  ['Northfield Station', 'Northfield', 'M09 A07'],
  ['Skua Bluff Station', 'Skua Bluff', 'M10 A08'],
  ['Meadowgate Station', 'Meadowgate', 'A09'],
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
type Clinic = readonly [string, string, Beds, string, HospitalCreation['specialties']]
const clinics: readonly Clinic[] = [
  ['Halvard General Hospital', 'Millrace', [62, 17], '0160', ['TRAUMA', 'STROKE', 'PCI', 'BURN']],
  ['Harbor Mercy Hospital', 'Cannery Point', [38, 12], '0161', ['PCI', 'OBSTETRIC', 'PSYCHIATRIC']],
  ['Northfield Community Hospital', 'Northfield', [24, 9], '0162', ['STROKE', 'OBSTETRIC']],
  ["University Children's Hospital", 'University Hill', [30, 11], '0163', ['TRAUMA', 'PAEDIATRIC']],
  ['Eastbank Medical Center', 'Eastbank', [34, 11], '0164', ['STROKE', 'PCI', 'OBSTETRIC']],
]

/** A corner of a district where a road for all traffic meets another: fire engines have to get out. */
export function cornerIn(district: string, nth: number): Point & { written: string } {
  const atlas = portHalvard()
  const doors = atlas.doors.get(district) ?? []
  const busy = doors.filter((one) => one.class === 'tertiary' && crossOf(atlas, one))
  const list = busy.length > 0 ? busy : doors.filter((one) => crossOf(atlas, one))
  const segment = list[Math.floor((list.length * (nth + 0.5)) / 4) % list.length]
  if (!segment) throw new Error(`no streets in ${district}`)
  const cross = crossOf(atlas, segment)!
  const meets = (node: string) => atlas.junctions.get(node)!.some(({ name }) => name === cross)
  const node = meets(segment.from_node) ? segment.from_node : segment.to_node
  return { written: `${segment.name} & ${cross}, ${district}`, ...nodePoint(segment, node) }
}

export function planStations(): StationCreation[] {
  return houses.map(([name, district]) => {
    const { written: address, ...place } = cornerIn(district, 1)
    return { name: `${cityName} ${name}`, address, ...place }
  })
}

export function planHospitals(): HospitalCreation[] {
  return clinics.map(([name, district, [total_beds, available_beds], phone, specialties]) => {
    const { written: address, ...place } = cornerIn(district, 2)
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
