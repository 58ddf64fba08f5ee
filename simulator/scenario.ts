import { readdirSync, readFileSync } from 'node:fs'
import { momentOf, type Weekday, weekdays } from './calendar.ts'

/** What happens besides the usual. `at` and `minutes` are simulated minutes after the beginning. */
export type ScenarioEvent = { at: number } & (
  | { kind: 'mass_casualty'; landmark: string; callers: number; patients: number }
  | { kind: 'ai_outage'; minutes: number }
  | { kind: 'road_closure'; bridge: string; minutes: number }
  | { kind: 'diversion'; hospital: string; minutes: number }
)
/** A file of scenarios/: a stretch of time in the city. */
export type Scenario = {
  name: string
  title: string
  /** Milliseconds after Monday 00:00. */
  startsAt: number
  /** How long it plays when nothing else is asked for. */
  minutes: number
  /** On the mean of a week; the hour and the day make it more or less. */
  callsPerHour: number
  /** Times the usual speed of the traffic. */
  traffic: number
  /** Dialogues that are told more often, and how many times. */
  more: Readonly<Record<string, number>>
  events: readonly ScenarioEvent[]
}

export class ScenarioFault extends Error {}

type Fields = Readonly<Record<string, unknown>>

/** Reads a scenario; throws ScenarioFault with all that is wrong with it. */
export function parseScenario(name: string, text: string): Scenario {
  const faults: string[] = []
  const read = readerOf(faults)
  let given: unknown
  try {
    given = JSON.parse(text)
  } catch (error) {
    throw new ScenarioFault(`scenario ${name}: ${(error as Error).message}`)
  }
  const fields = read.fields(given, 'the file', [
    'title',
    'starts',
    'minutes',
    'calls_per_hour',
    'traffic',
    'more',
    'events',
  ])
  const scenario: Scenario = {
    name,
    title: read.text(fields, 'title'),
    startsAt: read.moment(fields, 'starts'),
    minutes: read.number(fields, 'minutes', 1, 1_440),
    callsPerHour: read.number(fields, 'calls_per_hour', 1, 20_000),
    traffic: read.number(fields, 'traffic', 0.1, 2),
    more: Object.fromEntries(
      Object.keys(read.fields(fields.more ?? {}, 'more')).map((key) => [
        key,
        read.number(fields.more as Fields, key, 0, 100),
      ]),
    ),
    events: read.list(fields, 'events').map((one) => readEvent(read, one)),
  }
  if (faults.length > 0) throw new ScenarioFault(`scenario ${name}: ${faults.join('; ')}`)
  return scenario
}

const eventFields = {
  mass_casualty: ['landmark', 'callers', 'patients'],
  ai_outage: ['minutes'],
  road_closure: ['bridge', 'minutes'],
  diversion: ['hospital', 'minutes'],
} as const

function readEvent(read: Reader, given: unknown): ScenarioEvent {
  const kind = (given as Fields | null)?.kind as keyof typeof eventFields
  const own = eventFields[kind]
  if (!own) {
    read.fault(
      `an event has the kind ${JSON.stringify(kind)}, not one of ${Object.keys(eventFields).join(', ')}`,
    )
    return { at: 0, kind: 'ai_outage', minutes: 0 }
  }
  const fields = read.fields(given, kind, ['at', 'kind', ...own])
  const at = read.number(fields, 'at', 0, 1_440)
  if (kind === 'mass_casualty') {
    const callers = read.number(fields, 'callers', 1, 50)
    return {
      at,
      kind,
      landmark: read.text(fields, 'landmark'),
      callers,
      patients: read.number(fields, 'patients', 1, 30),
    }
  }
  const minutes = read.number(fields, 'minutes', 1, 1_440)
  if (kind === 'ai_outage') return { at, kind, minutes }
  if (kind === 'road_closure') return { at, kind, minutes, bridge: read.text(fields, 'bridge') }
  return { at, kind, minutes, hospital: read.text(fields, 'hospital') }
}

type Reader = ReturnType<typeof readerOf>

function readerOf(faults: string[]) {
  return {
    fault: (what: string) => void faults.push(what),
    fields(given: unknown, where: string, known?: readonly string[]): Fields {
      const isFields = typeof given === 'object' && given !== null && !Array.isArray(given)
      if (!isFields) faults.push(`${where} must be an object`)
      const fields = isFields ? (given as Fields) : {}
      const strange = Object.keys(fields).filter((key) => known && !known.includes(key))
      if (strange.length > 0) faults.push(`${where} does not know ${strange.join(', ')}`)
      return fields
    },
    text(fields: Fields, name: string): string {
      const value = fields[name]
      if (typeof value === 'string' && value !== '' && value.length <= 200) return value
      faults.push(`${name} must be a text of 1 to 200 letters`)
      return ''
    },
    number(fields: Fields, name: string, least: number, most: number): number {
      const value = fields[name]
      if (typeof value === 'number' && value >= least && value <= most) return value
      faults.push(`${name} must be a number from ${least} to ${most}`)
      return least
    },
    list(fields: Fields, name: string): readonly unknown[] {
      const value = fields[name] ?? []
      if (Array.isArray(value) && value.length <= 100) return value
      faults.push(`${name} must be a list of at most 100`)
      return []
    },
    moment(fields: Fields, name: string): number {
      const [, day, hour, minute] = /^(\w+) ([01]\d|2[0-3]):([0-5]\d)$/.exec(String(fields[name])) ?? []
      if (weekdays.includes(day as Weekday)) return momentOf(day as Weekday, Number(hour), Number(minute))
      faults.push(`${name} must be such as "Tuesday 07:40"`)
      return 0
    },
  }
}

const folder = new URL('scenarios/', import.meta.url)

/** Names of the scenarios there are. */
export function listScenarios(): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => file.slice(0, -5))
}

export function loadScenario(name: string): Scenario {
  if (!listScenarios().includes(name))
    throw new ScenarioFault(`there is no scenario "${name}"; there are ${listScenarios().join(', ')}`)
  return parseScenario(name, readFileSync(new URL(`${name}.json`, folder), 'utf8'))
}
