import { parseArgs } from 'node:util'
import { keyRoles } from '@toneout/contract/roles.ts'
import { insertKey } from '../access/store.ts'
import type { Config } from '../config.ts'
import { randomToken, sha256 } from '../lib/crypto.ts'
import { CommandFault, say } from './say.ts'
import { withDatabase } from './with-database.ts'

const help = `npm run createkey [-- options]

Makes an API key for a program and prints it once.

  --name NAME   what the key is for (AI dispatcher)
  --role ROLE   ${keyRoles.join(', ')} (ai_dispatcher)`

const options = {
  name: { type: 'string', default: 'AI dispatcher' },
  role: { type: 'string', default: 'ai_dispatcher' },
  help: { type: 'boolean', default: false },
} as const

/** `npm run createkey`: for a second program, or when the key of the first start was lost. */
export async function createKey(config: Config, argv: string[]): Promise<void> {
  const values = (() => {
    try {
      return parseArgs({ args: argv, options }).values
    } catch (error) {
      throw new CommandFault(`${(error as Error).message}\n\n${help}`)
    }
  })()
  if (values.help) return say(help)
  const role = keyRoles.find((one) => one === values.role)
  if (!role) throw new CommandFault(`--role must be one of ${keyRoles.join(', ')}.`)
  const name = values.name.trim()
  if (name === '' || name.length > 100) throw new CommandFault('--name must have 1 to 100 characters.')
  await withDatabase(config, async (db) => {
    const key = `tone_${randomToken()}`
    await insertKey(db, { name, key: sha256(key), role, created_at: new Date().toISOString() })
    say(`${key}\n\nThis is the key "${name}" (${role}); it is shown once.`)
  })
}
