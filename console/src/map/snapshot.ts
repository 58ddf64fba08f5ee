import type { Hospital } from '@toneout/contract/model/hospital.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import type { Station } from '@toneout/contract/model/station.ts'
import type { Unit, UnitStatus, UnitType } from '@toneout/contract/model/unit.ts'
import { type Centre, openIncidents, waitsForUnit } from '../live/centre.ts'
import { positionAge } from '../live/fleet.ts'

type Point = GeoJSON.Point
type LineString = GeoJSON.LineString
type Feature<G extends Point | LineString, P> = GeoJSON.Feature<G, P>
type FeatureCollection<
  G extends Point | LineString,
  P = GeoJSON.GeoJsonProperties,
> = GeoJSON.FeatureCollection<G, P>

/** Where a unit was last seen, as the feed told; positions come without facts. */
export type Seen = { readonly latitude: number; readonly longitude: number; readonly at: string }

/** Everything that a picture of the centre is made of, as it was at one moment. */
export type Moment = {
  readonly centre: Centre
  readonly where: (unitId: number) => Seen | undefined
  /** Grows with the positions that were heard. */
  readonly heard: number
  readonly hospitals: readonly Hospital[]
  readonly stations: readonly Station[]
  readonly incident: number | null
  /** Units that are recommended for it. */
  readonly recommended: ReadonlySet<number>
  readonly route: LineString | null
  /** By the server's clock. */
  readonly now: number
}

export type Mark = { readonly id: number; readonly icon: string; readonly sort: number }
export type Marks = FeatureCollection<Point, Mark>

export type Snapshot = {
  readonly units: Marks
  readonly incidents: Marks
  readonly hospitals: Marks
  readonly stations: Marks
  readonly route: FeatureCollection<LineString>
  /** Open incidents that have no position, and so no place on the map. */
  readonly unplaced: number
}

const out: readonly UnitStatus[] = ['OUT_OF_SERVICE', 'MAINTENANCE']

/** Shape says what drives: ambulances square, fire cut at the corners, police and supervisors round. */
const shapes: Record<UnitType, string> = {
  BASIC: 'box',
  ADVANCED: 'box',
  CRITICAL: 'box',
  FIRE: 'cut',
  POLICE: 'round',
  SUPERVISOR: 'round',
}

function lookOf({ status }: Unit): 'free' | 'sent' | 'out' {
  if (status === 'AVAILABLE') return 'free'
  return out.includes(status) ? 'out' : 'sent'
}

/** '' for a fresh position; minutes for one that is more than one old; `old` from five on. */
function ageWord(at: string, now: number): string {
  const age = positionAge(at, now)
  if (age === 'fresh') return ''
  return age === 'aged' ? `${Math.floor((now - Date.parse(at)) / 60_000)}m` : 'old'
}

type Placed = { latitude: number; longitude: number }

const feature = ({ latitude, longitude }: Placed, properties: Mark): Feature<Point, Mark> => ({
  type: 'Feature',
  id: properties.id,
  properties,
  geometry: { type: 'Point', coordinates: [longitude, latitude] },
})

const collect = <G extends Point | LineString, P>(features: Feature<G, P>[]): FeatureCollection<G, P> => ({
  type: 'FeatureCollection',
  features,
})

/** Where the unit is: the newest of what its row and the feed say. */
function placeOf(unit: Unit, where: Moment['where']): Seen | undefined {
  const { latitude, longitude, position_at: at } = unit
  const own = latitude === null || longitude === null || at === null ? undefined : { latitude, longitude, at }
  const heard = where(unit.id)
  return heard && (!own || heard.at > own.at) ? heard : own
}

/** Free units lie over those that are sent, and those over the ones that are out. */
const order = { out: 0, sent: 1, free: 2 } as const

function unitMarks({ centre, where, recommended, now }: Moment): Marks {
  const marks: Feature<Point, Mark>[] = []
  for (const { row } of centre.units.values()) {
    if (row.retired_at !== null || row.status === 'OFF_DUTY') continue
    const place = placeOf(row, where)
    if (!place) continue
    const look = lookOf(row)
    const picked = recommended.has(row.id)
    const ring = row.duress_at === null ? (picked ? 'picked' : '') : 'duress'
    const parts = [shapes[row.unit_type], look, ageWord(place.at, now), ring]
    const icon = `unit/${parts.join('/')}/${row.unit_number}`
    marks.push(feature(place, { id: row.id, icon, sort: order[look] + (ring === '' ? 0 : 3) }))
  }
  return collect(marks)
}

const isPlaced = (row: Incident): row is Incident & Placed => row.latitude !== null && row.longitude !== null

function incidentMarks(open: readonly Incident[], { incident }: Moment): Marks {
  return collect(
    open.filter(isPlaced).map((row) => {
      const [waits, chosen] = [waitsForUnit(row), row.id === incident]
      const icon = `incident/${row.priority}/${waits ? 'waits' : ''}/${chosen ? 'chosen' : ''}`
      const sort = (chosen ? 20 : 0) + (waits ? 10 : 0) - row.priority
      return feature(row, { id: row.id, icon, sort })
    }),
  )
}

const hospitalMarks = (rows: Moment['hospitals']) =>
  collect(rows.map((row) => feature(row, { id: row.id, icon: `hospital/${row.diversion}`, sort: 0 })))

const stationMarks = (rows: Moment['stations']) =>
  collect(rows.map((row) => feature(row, { id: row.id, icon: 'station', sort: 0 })))

const routeLine = (route: LineString | null) =>
  collect(route ? [{ type: 'Feature' as const, properties: null, geometry: route }] : [])

/** Ages are shown in minutes; a few seconds more or less do not show. */
const ageStepMs = 5_000
const ageStep = ({ now }: Moment) => Math.floor(now / ageStepMs)

export type Taken = { readonly moment: Moment; readonly snapshot: Snapshot }

/**
 * The centre as the map draws it. What has not changed since `last` is the same object as there, so that only
 * the rest is drawn again.
 */
export function takeSnapshot(moment: Moment, last?: Taken): Snapshot {
  const { centre, incident, hospitals, stations, route } = moment
  const [was, before] = [last?.moment, last?.snapshot]
  const sameIncidents = was?.centre.incidents === centre.incidents && was.incident === incident
  const sameUnits =
    was?.centre.units === centre.units &&
    was.heard === moment.heard &&
    was.recommended === moment.recommended &&
    ageStep(was) === ageStep(moment)
  const open = sameIncidents ? [] : openIncidents(centre.incidents)
  return {
    units: before && sameUnits ? before.units : unitMarks(moment),
    incidents: before && sameIncidents ? before.incidents : incidentMarks(open, moment),
    hospitals: before && was?.hospitals === hospitals ? before.hospitals : hospitalMarks(hospitals),
    stations: before && was?.stations === stations ? before.stations : stationMarks(stations),
    route: before && was?.route === route ? before.route : routeLine(route),
    unplaced: before && sameIncidents ? before.unplaced : open.filter((row) => !isPlaced(row)).length,
  }
}

export type Box = [west: number, south: number, east: number, north: number]

/** What holds all marks, null when there are none. */
export function boundsOf(snapshot: Snapshot): Box | null {
  const { units, incidents, hospitals, stations } = snapshot
  const points = [units, incidents, hospitals, stations].flatMap((marks) =>
    marks.features.map(({ geometry }) => geometry.coordinates as [number, number]),
  )
  if (points.length === 0) return null
  const [x, y] = [points.map((point) => point[0]), points.map((point) => point[1])]
  const least = (values: number[]) => values.reduce((a, b) => Math.min(a, b))
  const most = (values: number[]) => values.reduce((a, b) => Math.max(a, b))
  return [least(x), least(y), most(x), most(y)]
}
