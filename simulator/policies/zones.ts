import type { EmergencyType } from '@toneout/contract/model/call.ts'
import { speedAt } from '../calendar.ts'
import { type Atlas, portHalvard } from '../city/atlas.ts'
import { districtWeights } from '../city/choose-place.ts'
import { type Point, toMetres } from '../city/projection.ts'
import { openRoads } from '../city/roads.ts'
import { gap, mix, type Xy } from '../city/shape.ts'
import { planHospitals, planStations, planUnits } from '../fleet.ts'
import type { Vehicle } from './engine.ts'

/** Metres of the side of a zone. */
const side = 800
/** Seconds of any drive: pulling out and stopping. */
const fixed = 25
/** How much faster with a siren; the same as the streets of the demo. */
const sirenGain = 1.3

export type Zones = ReturnType<typeof openZones>

/** The city in squares with the drive times between their middles, worked out once over its streets. */
export function openZones(atlas: Atlas = portHalvard()) {
  const roads = openRoads(atlas)
  const middles = findMiddles(atlas)
  const size = middles.length
  const nodes = middles.map(({ point }) => roads.nearest(point))
  const seconds = new Float32Array(size * size)
  const usual = { siren: false, traffic: 1, closed: new Set<string>() }
  for (const [from, node] of nodes.entries()) {
    const all = roads.secondsFrom(node, usual)
    for (const [to, other] of nodes.entries()) seconds[from * size + to] = all[other]!
  }
  const places = middles.map(({ point }) => toMetres(point))
  const nearest = (place: Xy) =>
    places.reduce((best, one, at) => (gap(one, place) < gap(places[best]!, place) ? at : best), 0)
  const hospitals = planHospitals().map((one) => ({ ...one, zone: nearest(toMetres(one)) }))
  const base = (from: number, to: number) => seconds[from * size + to]! + fixed
  return {
    size,
    base,
    metres: (from: number, to: number) => gap(places[from]!, places[to]!),
    /** Share of all emergencies of a week in each zone. */
    demand: Float64Array.from(middles, ({ weight }) => weight),
    district: middles.map(({ district }) => district),
    /** Seconds of a drive at a moment of the week, in milliseconds after Monday 00:00. */
    drive(from: number, to: number, siren: boolean, weekTime: number): number {
      const traffic = speedAt(weekTime)
      const pace = siren ? sirenGain * ((1 + traffic) / 2) : traffic
      return seconds[from * size + to]! / pace + fixed
    },
    onTheWay: (from: number, to: number, share: number) => nearest(mix(places[from]!, places[to]!, share)),
    /** The nearest hospital that treats such patients. */
    hospital(zone: number, type: EmergencyType): number {
      const needed = ({ TRAUMA: 'TRAUMA', STROKE: 'STROKE', CARDIAC: 'PCI' } as const)[type as 'TRAUMA']
      const fit = hospitals.filter(({ specialties }) => !needed || specialties.includes(needed))
      return fit.reduce((a, b) => (base(zone, b.zone) < base(zone, a.zone) ? b : a)).zone
    },
    /** The ambulances of the city that are on duty, at their stations. */
    ambulances(): Vehicle[] {
      const homes = new Map(planStations().map(({ name, ...at }) => [name, nearest(toMetres(at))]))
      const isAmbulance = (type: string) => type === 'BASIC' || type === 'ADVANCED' || type === 'CRITICAL'
      return planUnits()
        .filter(({ unit_type, duty }) => isAmbulance(unit_type) && duty === 'AVAILABLE')
        .map(({ unit_number, unit_type, station }, at) => ({
          id: at + 1,
          unit_number,
          unit_type,
          home: homes.get(station)!,
        }))
    },
  }
}

type Middle = { point: Point; weight: number; district: string }

/** Squares in which people live or work, each by the place in the middle of its streets. */
function findMiddles(atlas: Atlas): Middle[] {
  const squares = new Map<string, { points: Point[]; weight: number; district: string }>()
  const hours = Array.from({ length: 24 }, (_, hour) => districtWeights(atlas, hour))
  for (const [at, { name }] of atlas.districts.entries()) {
    const doors = atlas.doors.get(name) ?? []
    const share = hours.reduce((sum, weights) => sum + weights[at]!, 0) / hours.length / doors.length
    for (const { line } of doors) {
      const [longitude, latitude] = line[line.length >> 1]!
      const [x, y] = toMetres({ latitude, longitude })
      const key = `${Math.floor(x / side)},${Math.floor(y / side)}`
      const square = squares.get(key) ?? { points: [], weight: 0, district: name }
      square.points.push({ latitude, longitude })
      square.weight += share
      squares.set(key, square)
    }
  }
  const whole = [...squares.values()].reduce((sum, { weight }) => sum + weight, 0)
  return [...squares.values()].map(({ points, weight, district }) => {
    const mean = (of: 'latitude' | 'longitude') =>
      points.reduce((sum, one) => sum + one[of], 0) / points.length
    return {
      point: { latitude: mean('latitude'), longitude: mean('longitude') },
      weight: weight / whole,
      district,
    }
  })
}
