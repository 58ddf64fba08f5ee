import { parseArgs } from 'node:util'
import { isPolicy, type PolicyName, policyNames } from './policies/policy.ts'
import { listScenarios } from './scenario.ts'

export type PlayArguments = {
  scenario: string
  /** Undefined leaves it to the scenario. */
  minutes?: number
  speed: number
  seed: string
  url?: string
  key?: string
  account?: { username: string; password: string }
  /** Where the history is kept; undefined forgets it. */
  history?: string
}
export type CompareArguments = {
  policies: PolicyName[]
  days: number
  seed: string
  callsPerHour: number
  svg?: string
}
export type SimulateArguments =
  | { help: true }
  | { faults: string[] }
  | { play: PlayArguments }
  | { compare: CompareArguments }

export const usage = `Plays a scenario of the invented city against a server and checks what is left, or
compares policies of sending without a server.

  npm run simulate -- --scenario ${listScenarios().join('|')}
  --minutes 1..1440      simulated minutes (the scenario's)
  --speed 1..1000        times faster than real time (100); a machine that cannot do it takes longer
  --seed TEXT            the same seed gives the same commands in the same order (1)
  --history FILE         keep what was asked and answered, a line for each
  --url URL              a server that runs; with --key (ai_dispatcher), --username and --password
                         (supervisor). Otherwise one is started on a fresh database

  npm run simulate -- --policy ${policyNames.join(',')}
  --days 2..3650         days to play with each policy (30)
  --calls-per-hour N     1..200 on the mean of a week (18)
  --seed TEXT            the same calls for each policy (1)
  --svg FILE             draw the picture to a file too

Exit codes: 0 all is well, 1 a check has found something, 2 something must be given or mended first.
`

const text = { type: 'string' } as const
const options = {
  ...{ scenario: text, minutes: text, speed: text, seed: text, history: text, url: text, key: text },
  ...{ username: text, password: text, policy: text, days: text, svg: text, 'calls-per-hour': text },
  ...{ help: { type: 'boolean', short: 'h' } as const },
}

type Values = { [K in keyof typeof options]?: string | boolean }

/** Arguments -> what to do, or everything that is wrong with them at once. */
export function readSimulateArguments(argv: string[]): SimulateArguments {
  const faults: string[] = []
  let values: Values = {}
  try {
    values = parseArgs({ args: argv, options, strict: true }).values
  } catch (error) {
    return { faults: [(error as Error).message.split('. ')[0]!] }
  }
  if (values.help) return { help: true }
  const given = (name: keyof typeof options) => (values[name] ? String(values[name]) : undefined)
  const number = <F>(name: keyof typeof options, fallback: F, least: number, most: number): number | F => {
    const word = given(name)
    if (word === undefined) return fallback
    const value = Number(word)
    if (!(value >= least && value <= most))
      faults.push(`--${name} must be a number from ${least} to ${most}, not "${word}"`)
    return value
  }
  const seed = given('seed') ?? '1'
  if (values.policy !== undefined) {
    const named = String(values.policy).split(',')
    const policies = named.filter(isPolicy)
    if (policies.length !== named.length) faults.push(`--policy must name some of ${policyNames.join(', ')}`)
    const days = Math.round(number('days', 30, 2, 3_650))
    const compare = {
      policies,
      days,
      seed,
      callsPerHour: number('calls-per-hour', 18, 1, 200),
      svg: given('svg'),
    }
    return faults.length > 0 ? { faults } : { compare }
  }
  const scenario = given('scenario') ?? 'weekday'
  if (!listScenarios().includes(scenario))
    faults.push(`--scenario must be one of ${listScenarios().join(', ')}`)
  const [url, key, username, password] = ['url', 'key', 'username', 'password'].map((name) =>
    given(name as keyof typeof options),
  )
  if ([url, key, username, password].some(Boolean) && !(url && key && username && password)) {
    faults.push('--url, --key, --username and --password belong together')
  }
  const play = {
    ...{
      scenario,
      seed,
      minutes: number('minutes', undefined, 1, 1_440),
      speed: number('speed', 100, 1, 1_000),
    },
    ...{ url, key, history: given('history') },
    account: username && password ? { username, password } : undefined,
  }
  return faults.length > 0 ? { faults } : { play }
}
