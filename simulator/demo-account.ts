import { randomBytes } from 'node:crypto'
import { runServerCommand } from './server-command.ts'

export type Account = { username: string; password: string }

const username = 'demo-dispatcher'

/**
 * The account of the demo's dispatcher on the database of the server that the demo started, made by the
 * program's own command; one of an earlier demo gets a new password. The password is random, known to this
 * process alone, and in no argument and no log.
 */
export async function makeAccount(env: Record<string, string> = {}): Promise<Account> {
  const password = randomBytes(24).toString('base64url')
  const secret = { ...env, ADMIN_PASSWORD: password }
  const given = ['createsuperuser', '--username', username, '--role', 'supervisor', '--no-input']
  const made = await runServerCommand(given, secret)
  if (made === '') return { username, password }
  const renewed = await runServerCommand([...given, '--reset'], secret)
  if (renewed === '') return { username, password }
  throw new Error(`No account for the demo's dispatcher could be made.\n${made}\n${renewed}`)
}
