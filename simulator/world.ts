import { speedAt } from './calendar.ts'
import { portHalvard } from './city/atlas.ts'
import type { Point } from './city/projection.ts'
import { openRoads } from './city/roads.ts'
import { type Scenario, ScenarioFault } from './scenario.ts'
import { type Drive, metresBetween, openDrive } from './travel.ts'

/** What the scenario makes of the city as time goes by. Moments are milliseconds of the timetable. */
export type World = {
  /** Milliseconds after Monday 00:00 at a moment. */
  weekTime: (now: number) => number
  drive: Drive
  isAiAway: (now: number) => boolean
  crowdAt: (place: Point) => number | undefined
  /** Where many are hurt, and from when on. */
  crowds: readonly { at: number; place: Point; patients: number; callers: number }[]
  /** Bridges that are closed for a time, with the segments that they are. */
  closures: readonly { at: number; until: number; bridge: string; ids: readonly string[] }[]
  /** Hospitals that are closed for a time. */
  diversions: readonly { at: number; until: number; hospital: string }[]
}

const minute = 60_000
/** Metres around a place where many are hurt that are the same place. */
const samePlace = 160

/** Throws ScenarioFault when the scenario names a place that the city does not have. */
export function openWorld(scenario: Scenario): World {
  const atlas = portHalvard()
  const { events } = scenario
  const spans = <K extends 'ai_outage' | 'road_closure' | 'diversion'>(kind: K) =>
    events.flatMap((event) =>
      event.kind === kind
        ? [
            {
              ...(event as Extract<typeof event, { kind: K }>),
              from: event.at * minute,
              until: (event.at + (event as { minutes: number }).minutes) * minute,
            },
          ]
        : [],
    )
  const closures = spans('road_closure').map(({ bridge, from, until }) => {
    const ids = atlas.bridges.get(bridge)
    if (!ids)
      throw new ScenarioFault(
        `there is no bridge "${bridge}"; there are ${[...atlas.bridges.keys()].join(', ')}`,
      )
    return { ids, bridge, from, until }
  })
  const crowds = events.flatMap((event) => {
    if (event.kind !== 'mass_casualty') return []
    const found = atlas.places.find(({ name }) => name === event.landmark)
    if (!found) throw new ScenarioFault(`there is no place "${event.landmark}"`)
    const [longitude, latitude] = found.at
    const { patients, callers } = event
    return [{ at: event.at * minute, place: { latitude, longitude }, patients, callers }]
  })
  const outages = spans('ai_outage')
  const weekTime = (now: number) => scenario.startsAt + now
  const open: ReadonlySet<string> = new Set()
  const conditionsAt = (now: number) => {
    const shut = closures.filter(({ from, until }) => from <= now && now < until)
    const closed = shut.length === 0 ? open : new Set(shut.flatMap(({ ids }) => ids))
    return { traffic: scenario.traffic * speedAt(weekTime(now)), closed }
  }
  return {
    weekTime,
    drive: openDrive(openRoads(atlas), conditionsAt),
    isAiAway: (now) => outages.some(({ from, until }) => from <= now && now < until),
    crowdAt: (place) => crowds.find((one) => metresBetween(one.place, place) < samePlace)?.patients,
    crowds,
    closures: closures.map(({ from, ...one }) => ({ ...one, at: from })),
    diversions: spans('diversion').map(({ from, until, hospital }) => ({ at: from, until, hospital })),
  }
}
