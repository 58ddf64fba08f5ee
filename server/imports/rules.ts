import type { Finding, HistoricIncident, Run, Times } from '@toneout/contract/model/import.ts'
import { type Mapping, timeNames } from '@toneout/contract/model/import-mapping.ts'
import { readTime } from './rules-times.ts'

/** `run` is missing when the row cannot be taken. */
export type ReadRow = { row_key: string; run?: Run; findings: Finding[] }

/** A unit for runs of a source that names none. */
export const notNamed = { number: 'NOT NAMED', type: 'ADVANCED' } as const
const longest = { key: 100, unit: 10, location: 500 }

type Fields = Readonly<Record<string, string>>
type Valued<T> = { column: string; values: Record<string, T>; otherwise?: T } | { always: T }

class Unreadable extends Error {}

const textOf = (fields: Fields, column: string) => (fields[column] ?? '').trim()

function ourValue<T>(fields: Fields, map: Valued<T>): T {
  if ('always' in map) return map.always
  const found = Object.hasOwn(map.values, textOf(fields, map.column))
    ? map.values[textOf(fields, map.column)]
    : map.otherwise
  if (found === undefined) throw new Unreadable(`${map.column} has a value that the mapping does not know`)
  return found
}

function nameOf(fields: Fields, column: string, limit: number): string {
  const text = textOf(fields, column)
  if (text === '') throw new Unreadable(`${column} is empty`)
  if (text.length > limit) throw new Unreadable(`${column} has more than ${limit} characters`)
  return text
}

const pairs = [
  [/^\(\s*(-?[\d.]+)\s*,\s*(-?[\d.]+)\s*\)$/, 1, 2],
  [/^POINT\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*\)$/i, 2, 1],
] as const

type Position = { latitude: number | null; longitude: number | null }
const nowhere: Position = { latitude: null, longitude: null }

/** undefined when something is there that is no position. */
function readPosition(fields: Fields, from: Mapping['incident']['position']): Position | undefined {
  if (!from) return nowhere
  const texts =
    'point' in from
      ? [textOf(fields, from.point)]
      : [from.latitude, from.longitude].map((one) => textOf(fields, one))
  if (texts.every((one) => one === '')) return nowhere
  const [latitude, longitude] = (() => {
    if (texts.length === 2) return texts.map((one) => (one === '' ? Number.NaN : Number(one)))
    for (const [form, lat, lon] of pairs) {
      const found = form.exec(texts[0] ?? '')
      if (found) return [Number(found[lat]), Number(found[lon])]
    }
    return []
  })() as [number?, number?]
  const fits = Math.abs(latitude ?? Number.NaN) <= 90 && Math.abs(longitude ?? Number.NaN) <= 180
  return fits ? { latitude: latitude as number, longitude: longitude as number } : undefined
}

function timeIn(fields: Fields, column: string, of: Mapping): number | null {
  const text = textOf(fields, column)
  if (text === '') return null
  const at = readTime(text, of.time_format, of.zone)
  if (at === undefined) throw new Unreadable(`${column} is no time`)
  return at
}

function needTime(fields: Fields, column: string, of: Mapping): number {
  const at = timeIn(fields, column, of)
  if (at === null) throw new Unreadable(`${column} is empty`)
  return at
}

function readTimes(fields: Fields, of: Mapping): Run['times'] {
  const at = (name: keyof Mapping['times']) => {
    const column = of.times[name]
    return column === undefined ? null : timeIn(fields, column, of)
  }
  const times = Object.fromEntries(timeNames.map((name) => [name, at(name)])) as Times
  return { ...times, assigned_at: needTime(fields, of.times.assigned_at, of) }
}

/** Each milestone that is before the one it follows. */
function findDisorder(received: number, times: Times): Finding[] {
  const known = timeNames.flatMap((name) => (times[name] === null ? [] : [{ name, at: times[name] }]))
  const all = [{ name: 'received_at', at: received }, ...known]
  const wrong = all.flatMap((one, index) => {
    const before = all[index - 1]
    return before && one.at < before.at ? [`${one.name} is before ${before.name}`] : []
  })
  return wrong.length > 0 ? [{ reason: 'out_of_order', detail: wrong.join('; ') }] : []
}

function readUnit(fields: Fields, { unit }: Mapping): Run['unit'] {
  if (!unit) return notNamed
  return { number: nameOf(fields, unit.number, longest.unit), type: ourValue(fields, unit.type) }
}

function readRun(fields: Fields, of: Mapping, row_key: string): ReadRow {
  const { incident } = of
  const position = readPosition(fields, incident.position)
  const words = incident.location.map((one) => textOf(fields, one)).filter((one) => one !== '')
  const times = readTimes(fields, of)
  const received_at = needTime(fields, incident.received_at, of)
  const run: Run = {
    row_key,
    incident: {
      key: nameOf(fields, incident.key, longest.key),
      received_at,
      emergency_type: ourValue(fields, incident.emergency_type),
      priority: ourValue(fields, incident.priority),
      location: words.join(', ').slice(0, longest.location),
      ...(position ?? nowhere),
      disposition: ourValue(fields, incident.disposition),
    },
    unit: readUnit(fields, of),
    times,
  }
  const findings: Finding[] = findDisorder(received_at, times)
  if (!position) findings.push({ reason: 'position', detail: 'The position cannot be read' })
  if (times.cleared_at === null) findings.push({ reason: 'no_end', detail: 'There is no time of clearing' })
  return { row_key, run, findings }
}

/**
 * One row of a table -> a run, with what is wrong about it. A row whose times contradict each other is taken
 * as it is: its impossible spans are no figures, and the others are. One that cannot be read is left out.
 */
export function readRow(fields: Fields, of: Mapping, line: number): ReadRow {
  const row_key = textOf(fields, of.row_id).slice(0, longest.key) || `line ${line}`
  try {
    nameOf(fields, of.row_id, longest.key)
    return readRun(fields, of, row_key)
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return { row_key, findings: [{ reason: 'unreadable', detail: error.message }] }
  }
}

/** The incidents of a batch, each from its first to its last run. */
export function gatherIncidents(runs: readonly Run[]): HistoricIncident[] {
  const found = new Map<string, HistoricIncident>()
  for (const { incident, times } of runs) {
    const known = Object.values(times).filter((at) => at !== null)
    const before = found.get(incident.key)
    const received_at = Math.min(incident.received_at, before?.received_at ?? Number.POSITIVE_INFINITY)
    const closed_at = Math.max(incident.received_at, before?.closed_at ?? 0, ...known)
    found.set(incident.key, { ...(before ?? incident), received_at, closed_at })
  }
  return [...found.values()]
}

/** Each unit of a batch once. */
export const gatherUnits = (runs: readonly Run[]) => [
  ...new Map(runs.map(({ unit }) => [unit.number, unit] as const)).values(),
]
