import type { Client } from '@toneout/contract/client.ts'
import type { Fleet } from './build-fleet.ts'
import type { Point } from './city/projection.ts'
import type { Patients } from './crew-times.ts'
import type { Crew } from './crews.ts'
import type { Ordinals } from './ordinals.ts'
import type { Random } from './random.ts'
import type { Timetable } from './timetable.ts'
import type { Drive } from './travel.ts'

export type Driving = {
  send: Client
  timetable: Timetable
  random: Random
  fleet: Fleet
  drive: Drive
  ordinal: Ordinals
  /** How many patients there are at a place where more than one is known to be. */
  crowdAt: (place: Point) => number | undefined
}

export type Drivers = Driving & {
  clock: () => number
  crews: readonly Crew[]
  /** By incident; two crews see the same patients. */
  patients: Map<number, Patients>
  reported: Map<number, Point & { at: number }>
}
