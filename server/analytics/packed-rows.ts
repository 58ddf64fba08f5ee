import { answerers, encodePart, flags, keep, kindOf, none, type PartName } from './day-layout.ts'
import type { CallRow, IncidentRow, RunRow } from './store-day-rows.ts'

export const dayMs = 86_400_000

export type Rows = { incidents: readonly IncidentRow[]; runs: readonly RunRow[]; calls: readonly CallRow[] }
/** Index of a call, field, and whether a person changed it. */
export type Finding = [call: number, field: string, changed: boolean]
export type Packed = Record<PartName, Buffer> & { findings: Finding[] }

const relative = (since: number, wide: number[]) => (at: number | null) =>
  keep(at === null ? null : at - since, wide)
const degrees = (value: number | null) => value ?? Number.NaN

/** Incidents with what their total response begins with: the ring, or the raising where that came first. */
function packIncidents(rows: Rows, since: number) {
  const wide: number[] = []
  const time = relative(since, wide)
  const first = new Map<number, number>()
  const count = new Map<number, number>()
  for (const [incident, , , assigned] of rows.runs) {
    first.set(incident, Math.min(first.get(incident) ?? assigned, assigned))
    count.set(incident, (count.get(incident) ?? 0) + 1)
  }
  let end = 0
  const packed = rows.incidents.map(([id, received, priority, type, isMerged, closed, ring, answered]) => {
    const byCall = ring !== null && ring <= received
    end += count.get(id) ?? 0
    return {
      received: received - since,
      known: time(byCall ? ring : received),
      answered: time(answered),
      assigned: time(first.get(id) ?? null),
      closed: time(closed),
      runs_end: end,
      kind: kindOf(priority, type),
      flags: (isMerged ? flags.merged : 0) | (byCall ? flags.beganByCall : 0),
    }
  })
  return encodePart('incidents', { ...columnsOf(packed), wide })
}

function packRuns({ runs }: Rows, since: number) {
  const wide: number[] = []
  const time = relative(since, wide)
  const packed = runs.map(([, unit, hospital, ...times]) => {
    const [assigned, en_route, there, left, arrived, cleared, ended, isImported, isTransport] = times
    return {
      ...{ unit, hospital: hospital ?? none, assigned: time(assigned), en_route: time(en_route) },
      ...{ there: time(there), left: time(left), arrived: time(arrived), cleared: time(cleared) },
      ended: time(ended),
      flags: (isImported ? flags.imported : 0) | (isTransport ? flags.transported : 0),
    }
  })
  return encodePart('runs', { ...columnsOf(packed), wide })
}

function packCalls({ calls }: Rows, since: number) {
  const wide: number[] = []
  const time = relative(since, wide)
  const units: number[] = []
  const packed = calls.map(
    ([created, answered, by, isHandedOver, isLost, priority, type, , , located, sent]) => {
      units.push(...(sent ?? []))
      return {
        ...{ created: created - since, answered: time(answered), located: time(located) },
        units_end: units.length,
        kind: priority === null || type === null ? 0 : kindOf(priority, type),
        by:
          (answerers.indexOf(by as 'AI') + 1) |
          (isHandedOver ? flags.handedOver : 0) |
          (isLost ? flags.lost : 0),
      }
    },
  )
  return encodePart('calls', { ...columnsOf(packed), units, wide })
}

function columnsOf(rows: readonly Readonly<Record<string, number>>[]): Record<string, number[]> {
  const names = Object.keys(rows[0] ?? {})
  return Object.fromEntries(names.map((name) => [name, rows.map((row) => row[name] as number)]))
}

/** The rows of one day in UTC, in the order of day-layout.ts; `since` is its beginning in ms. */
export function packRows(rows: Rows, since: number): Packed {
  return {
    incidents: packIncidents(rows, since),
    runs: packRuns(rows, since),
    calls: packCalls(rows, since),
    points: encodePart('points', {
      incident_latitude: rows.incidents.map((row) => degrees(row[8])),
      incident_longitude: rows.incidents.map((row) => degrees(row[9])),
      call_latitude: rows.calls.map((row) => degrees(row[7])),
      call_longitude: rows.calls.map((row) => degrees(row[8])),
    }),
    findings: rows.calls.flatMap((row, call) =>
      (row[11] ?? []).map(([field, changed]): Finding => [call, field, changed]),
    ),
  }
}
