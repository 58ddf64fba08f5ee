import { resolve } from 'node:path'
import { parseArgs } from 'node:util'

export const workloadNames = [
  ...['lifecycle', 'interactions', 'interactions8', 'dispatch', 'dispatch_same', 'dispatch_50'],
  ...[
    'stream',
    'list',
    'lists',
    'export',
    'recommend',
    'route',
    'addresses',
    'analytics',
    'import',
    'flood',
    'boot',
    'notify',
  ],
  'desk',
] as const
export type WorkloadName = (typeof workloadNames)[number]

export type Options = {
  workloads: readonly string[]
  /** Length of each measured phase. */
  seconds: number
  rounds: number
  /** Calls in the table that `list`, `lists` and `export` read. */
  calls: number
  json: boolean
  /** A missed target is a failure. */
  strict: boolean
  /** Cores that other programs may take in a round that counts; undefined: every round counts. */
  quiet?: number
  /** Folder for CPU profiles of the server. */
  profile?: string
  /** Folder in which databases are kept for the next run. */
  data?: string
}

export class WrongOption extends Error {}

export const usage = `npm run bench -- [${workloadNames.join('|')} …]
  --seconds N   length of each measured phase (3)
  --rounds N    repetitions, interleaved (3)
  --quiet N     leave out rounds in which other programs took more than N cores, such as 0.2
  --calls N     calls that "list" pages through, incidents of "analytics", rows of "import" (100000)
  --json        figures for a program
  --strict      exit code 1 when a target is missed
  --profile DIR write CPU profiles of the server into DIR and show where its time goes
  --data DIR    keep the databases in DIR: lists, export and analytics are filled only the first time`

const flags = {
  seconds: { type: 'string', default: '3' },
  rounds: { type: 'string', default: '3' },
  calls: { type: 'string', default: '100000' },
  quiet: { type: 'string' },
  json: { type: 'boolean', default: false },
  strict: { type: 'boolean', default: false },
  profile: { type: 'string' },
  data: { type: 'string' },
  help: { type: 'boolean', default: false },
} as const

function whole(name: string, given: string, most: number): number {
  const value = /^\d+$/.test(given) ? Number(given) : 0
  if (value < 1 || value > most) throw new WrongOption(`--${name} must be a whole number from 1 to ${most}`)
  return value
}

function cores(given: string | undefined): number | undefined {
  if (given === undefined) return undefined
  const value = Number(given)
  if (!(value > 0)) throw new WrongOption('--quiet must be a number of cores above 0')
  return value
}

/** Arguments -> options; throws WrongOption, whose message is all that a person needs. */
export function readOptions(argv: string[]): Options {
  const parsed = (() => {
    try {
      return parseArgs({ args: argv, options: flags, allowPositionals: true })
    } catch (error) {
      throw new WrongOption((error as Error).message)
    }
  })()
  const { values, positionals } = parsed
  if (values.help) throw new WrongOption(usage)
  const unknown = positionals.filter((name) => !workloadNames.includes(name as WorkloadName))
  if (unknown.length > 0) throw new WrongOption(`There is no workload "${unknown.join('", "')}".\n${usage}`)
  return {
    workloads: positionals.length > 0 ? positionals : workloadNames,
    seconds: whole('seconds', values.seconds, 3_600),
    rounds: whole('rounds', values.rounds, 100),
    calls: whole('calls', values.calls, 100_000_000),
    quiet: cores(values.quiet),
    json: values.json,
    strict: values.strict,
    profile: values.profile ? resolve(values.profile) : undefined,
    data: values.data ? resolve(values.data) : undefined,
  }
}
