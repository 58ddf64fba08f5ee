import type { Config } from '../config.ts'
import { hasOthers, seedCalls } from '../seeding/seed-calls.ts'
import { readFlags } from './read-flags.ts'
import { CommandFault, say } from './say.ts'
import { withVault } from './with-vault.ts'

const help = `npm run seed -- --calls N [--interactions N] [--force]

Fills the database with invented calls of the last year, each with what was said in it, an incident and a
unit's run, to try lists, searches and exports at their size. Not beside a running server: the indexes are
away while rows are written. Either all of it is there in the end or nothing.

  --calls N          how many, up to 10,000,000
  --interactions N   utterances of each call (12)
  --force            also where there are calls or incidents that were not made so`

const most = 10_000_000

function whole(name: string, given: string | undefined, highest: number): number {
  const value = /^\d+$/.test(given ?? '') ? Number(given) : 0
  if (value < 1 || value > highest)
    throw new CommandFault(`--${name} must be from 1 to ${highest}.\n\n${help}`)
  return value
}

/** Milliseconds between two lines of progress. */
const every = 2_000

/** `npm run seed`: a database as large as after years. */
export async function seed(config: Config, argv: string[]): Promise<void> {
  const options = {
    calls: { type: 'string' },
    interactions: { type: 'string', default: '12' },
    force: { type: 'boolean', default: false },
  } as const
  const flags = readFlags(argv, options, help)
  if (!flags) return
  const [calls, interactions] = [
    whole('calls', flags.calls, most),
    whole('interactions', flags.interactions, 100),
  ]
  await withVault(config, async ({ db, vault, now }) => {
    if (!flags.force && (await hasOthers(db.connection))) {
      throw new CommandFault('There are real calls or incidents in this database. --force adds to them.')
    }
    const began = performance.now()
    let told = began
    const onProgress = (words: string) => {
      if (performance.now() - told < every) return
      told = performance.now()
      say(words)
    }
    const { statement_timeout: _, query_timeout: __, ...connection } = db.connection
    await seedCalls(connection, vault, { calls, interactions, now: now(), onProgress })
    const seconds = (performance.now() - began) / 1_000
    say(`${calls} calls, incidents and runs, ${calls * interactions} utterances in ${seconds.toFixed(1)} s`)
  })
}
