import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export type Account = { username: string; password: string }

const username = 'demo-dispatcher'

/**
 * The account of the demo's dispatcher on the database of the server that the demo started, made by the
 * program's own command; one of an earlier demo gets a new password. The password is random, known to this
 * process alone, and in no argument and no log.
 */
export async function makeAccount(env: Record<string, string> = {}): Promise<Account> {
  const password = randomBytes(24).toString('base64url')
  const given = ['--username', username, '--role', 'supervisor', '--no-input']
  const made = await createSuperuser(given, password, env)
  if (made === '') return { username, password }
  const renewed = await createSuperuser([...given, '--reset'], password, env)
  if (renewed === '') return { username, password }
  throw new Error(`No account for the demo's dispatcher could be made.\n${made}\n${renewed}`)
}

/** What the command complained of; empty when it worked. */
async function createSuperuser(
  argv: string[],
  password: string,
  env: Record<string, string>,
): Promise<string> {
  const child = spawn(process.execPath, ['server/main.ts', 'createsuperuser', ...argv], {
    cwd: fileURLToPath(new URL('..', import.meta.url)),
    env: { USE_TEST_DB: 'true', ...process.env, ...env, ADMIN_PASSWORD: password },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: process.platform !== 'win32',
  })
  let complaint = ''
  child.stderr.on('data', (part) => {
    complaint = `${complaint}${part}`.slice(0, 4_000)
  })
  const [code] = (await once(child, 'close')) as [number | null]
  return code === 0 ? '' : complaint.trim() || `createsuperuser ended with ${code}`
}
