import { parseArgs } from 'node:util'
import { listScenarios } from './scenario.ts'

export type DemoArguments = {
  url: string
  key?: string
  /** A supervisor's, to run the centre; without it calls are played only. */
  account?: { username: string; password: string }
  speed: number
  minutes: number
  /** Undefined leaves it to the scenario. */
  callsPerHour?: number
  scenario: string
  /** Whether the centre is in the middle of its work when the demo opens. */
  warm: boolean
  /** Whether all sending is left to people. */
  byHand: boolean
  seed: string
  once: boolean
}
export type ReadArguments = { help: true } | { faults: string[] } | { demo: DemoArguments }

/** The pace of a real centre: what the page measures of it is what a centre would see. */
const defaultSpeed = 1

export const usage = `Plays a centre at work against a Toneout server: invented calls, as the AI phone agent
posts them, and a dispatcher, crews and hospitals for the incidents they raise. Dispatch by hand whenever you
like: the demo leaves what a person has begun to the person.

  npm run demo [-- options]

  --speed 1..1000        how many times faster than real time (${defaultSpeed})
  --scenario NAME        ${listScenarios().join(', ')} (weekday)
  --calls-per-hour N     emergencies an hour on the mean of a week, 1..20000; the scenario says otherwise
  --cold                 begin with an idle centre; otherwise 45 minutes before are played quickly
  --seed TEXT            the same seed plays the same calls (1)
  --by-hand              people at the page send the units, nobody else
  --once                 stop after --minutes; otherwise it goes on
  --minutes 1..1440      minutes to play with --once (60)
  --url URL              the server (http://127.0.0.1:8080, or the port in PORT)
  --key KEY              an API key of the role ai_dispatcher; AI_DISPATCHER_KEY does the same
  --username NAME        a supervisor's account on a server that runs already, for the demo's dispatcher
  --password WORD        its password; DEMO_USERNAME and DEMO_PASSWORD keep it out of the process list
  --help                 this text

When no server answers at the URL, one is started and stopped again with the demo. Its database and streets
are in data/demo (in DATA_DIR, when that is set), so that no invented call stands among real ones.
Its dispatcher is then the account demo-dispatcher, a supervisor with a new random password each time.
`

const options = {
  speed: { type: 'string' },
  minutes: { type: 'string' },
  'calls-per-hour': { type: 'string' },
  seed: { type: 'string' },
  scenario: { type: 'string' },
  cold: { type: 'boolean' },
  'by-hand': { type: 'boolean' },
  url: { type: 'string' },
  key: { type: 'string' },
  username: { type: 'string' },
  password: { type: 'string' },
  once: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const
type Name = keyof typeof options

/** Arguments and environment -> what to play, or everything that is wrong with them at once. */
export function readArguments(
  argv: string[],
  env: Readonly<Record<string, string | undefined>>,
): ReadArguments {
  const { values, tokens } = parseArgs({
    args: argv,
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  })
  if (values.help === true) return { help: true }
  const faults: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') faults.push(`"${token.value}" is not an option`)
    if (token.kind !== 'option') continue
    if (!(token.name in options)) faults.push(`${token.rawName} is not known`)
    else if (options[token.name as Name].type === 'boolean' && token.value !== undefined) {
      faults.push(`${token.rawName} takes no value`)
    }
  }
  const text = (name: Name): string | undefined => {
    const value = values[name]
    if (value === true || value === '') faults.push(`--${name} needs a value`)
    return typeof value === 'string' && value !== '' ? value : undefined
  }
  const number = (name: Name, fallback: number, min: number, max: number, whole: boolean) => {
    const given = text(name)
    const value = given === undefined ? fallback : Number(given)
    const fits = value >= min && value <= max && (!whole || Number.isInteger(value))
    if (!fits)
      faults.push(`--${name} must be a ${whole ? 'whole ' : ''}number from ${min} to ${max}, not "${given}"`)
    return value
  }
  const demo: DemoArguments = {
    url: readUrl(text('url') ?? `http://127.0.0.1:${readPort(env.PORT, faults)}`, faults),
    key: text('key') ?? (env.AI_DISPATCHER_KEY?.trim() || undefined),
    account: pair(
      text('username') ?? (env.DEMO_USERNAME?.trim() || undefined),
      text('password') ?? (env.DEMO_PASSWORD || undefined),
      faults,
    ),
    speed: number('speed', defaultSpeed, 1, 1_000, false),
    minutes: number('minutes', 60, 1, 1_440, true),
    callsPerHour:
      values['calls-per-hour'] === undefined ? undefined : number('calls-per-hour', 1, 1, 20_000, false),
    scenario: readScenario(text('scenario') ?? 'weekday', faults),
    warm: values.cold !== true,
    byHand: values['by-hand'] === true,
    seed: text('seed') ?? '1',
    once: values.once === true,
  }
  return faults.length > 0 ? { faults } : { demo }
}

function pair(username: string | undefined, password: string | undefined, faults: string[]) {
  if (username !== undefined && password !== undefined) return { username, password }
  if (username !== password) faults.push('--username and --password belong together')
  return undefined
}

function readScenario(name: string, faults: string[]): string {
  if (!listScenarios().includes(name)) faults.push(`--scenario must be one of ${listScenarios().join(', ')}`)
  return name
}

function readPort(given: string | undefined, faults: string[]): number {
  const port = Number(given?.trim() || 8080)
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port
  faults.push(`PORT must be a whole number from 1 to 65535, not "${given}"`)
  return 8080
}

function readUrl(text: string, faults: string[]): string {
  const url = URL.parse(text)
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
    faults.push(`--url must begin with http:// or https://, not "${text}"`)
    return ''
  }
  if (url.pathname !== '/' || url.search || url.hash || url.username) {
    faults.push(`--url must be an origin such as http://127.0.0.1:8080, not "${text}"`)
  }
  return url.origin
}
