import { systemActor } from '@toneout/contract/model/fact.ts'
import { type KeyCreation, keyCreation } from '@toneout/contract/model/key.ts'
import { isRefusal } from '@toneout/contract/refusals.ts'
import { keyRoles } from '@toneout/contract/roles.ts'
import type { Config } from '../config.ts'
import { addKey } from '../keys/add-key.ts'
import type { Database } from '../lib/db.ts'
import { readFlags } from './read-flags.ts'
import { CommandFault, say } from './say.ts'
import { withDatabase } from './with-database.ts'

const help = `npm run createkey [-- options]

Makes an API key for a program and prints it once.

  --name NAME        what the key is for; no other key in use may have it (AI dispatcher, or with a number)
  --role ROLE        ${keyRoles.join(', ')} (ai_dispatcher)
  --expires-at TIME  when it ends, such as 2027-01-31T12:00:00Z (never)
  --per-second N     requests a second it may make, and
  --per-minute N     requests a minute (those of its role)`

const options = {
  name: { type: 'string' },
  role: { type: 'string', default: 'ai_dispatcher' },
  'expires-at': { type: 'string' },
  'per-second': { type: 'string' },
  'per-minute': { type: 'string' },
} as const

const usualName = 'AI dispatcher'
/** Names tried when none was given: keys that were lost may still be in use. */
const mostNames = 100

const flagOf: Readonly<Record<string, string>> = {
  ...{ name: '--name', role: '--role', expires_at: '--expires-at' },
  ...{ rate_limit_per_second: '--per-second', rate_limit_per_minute: '--per-minute' },
}

/** Arguments -> what the API would take, by the same rules. */
function readKey(values: Record<string, string | boolean | undefined>): KeyCreation {
  const number = (given: string | boolean | undefined) => (given === undefined ? null : Number(given))
  const parsed = keyCreation.safeParse({
    name: values.name ?? usualName,
    role: values.role,
    expires_at: values['expires-at'] ?? null,
    rate_limit_per_second: number(values['per-second']),
    rate_limit_per_minute: number(values['per-minute']),
  })
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map(({ path, message }) => `${flagOf[String(path[0])]}: ${message}`)
  throw new CommandFault(faults.join('\n'))
}

/** Makes the key; without a name of the caller's choice, the first of the usual ones that is free. */
async function make(db: Database, body: KeyCreation, isNamed: boolean) {
  const ctx = { db, now: () => new Date() }
  const actor = systemActor('createkey')
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? body.name : `${body.name} ${number}`
    const made = await addKey(ctx, actor, { ...body, name })
    if (!isRefusal(made)) return made
    const goesOn = made.refused === 'name_taken' && !isNamed && number < mostNames
    if (!goesOn)
      throw new CommandFault(
        made.detail ??
          Object.values(made.fields ?? {})
            .flat()
            .join(' '),
      )
  }
}

/** `npm run createkey`: for a second program, or when the key of the first start was lost. */
export async function createKey(config: Config, argv: string[]): Promise<void> {
  const values = readFlags(argv, options, help)
  if (!values) return
  const body = readKey(values)
  await withDatabase(config, async (db) => {
    const { key, name, role } = await make(db, body, values.name !== undefined)
    say(`${key}\n\nThis is the key "${name}" (${role}); it is shown once.`)
  })
}
