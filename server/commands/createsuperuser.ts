import { isPlainUsername, usernameFault, usernameForm } from '@toneout/contract/model/people.ts'
import { type PersonRole, personRoles } from '@toneout/contract/roles.ts'
import { findByUsername, insertPerson, setPassword } from '../access/store.ts'
import type { Config } from '../config.ts'
import { hashPassword } from '../lib/crypto.ts'
import { judgePassword } from '../sign-in/strength.ts'
import { ask } from './ask.ts'
import { readFlags } from './read-flags.ts'
import { CommandFault, say } from './say.ts'
import { withDatabase } from './with-database.ts'

const help = `npm run createsuperuser [-- options]

Makes an account; asks for what is not given. For scripts give all of it.

  --username NAME     or ADMIN_USERNAME
  --password WORD     or ADMIN_PASSWORD (12 to 128 characters; the variable keeps it out of the process list)
  --role ROLE         ${personRoles.join(', ')} (admin)
  --reset             give an account that exists this password, and the role if one is given, end its
                      sessions, and take its authenticator app away
  --no-input          never ask; fail when something is missing`

const options = {
  username: { type: 'string' },
  password: { type: 'string' },
  role: { type: 'string' },
  reset: { type: 'boolean', default: false },
  'no-input': { type: 'boolean', default: false },
} as const

type Asked = { username: string; password: string; role?: PersonRole; reset: boolean }

async function readAnswers(config: Config, argv: string[]): Promise<Asked | undefined> {
  const values = readFlags(argv, options, help)
  if (!values) return undefined
  const mayAsk = !values['no-input'] && process.stdin.isTTY === true
  const need = async (name: string, given: string | undefined, hidden: boolean) => {
    if (given !== undefined) return given
    if (!mayAsk) throw new CommandFault(`Give --${name} (there is no terminal to ask at).\n\n${help}`)
    return ask(`${name[0]?.toUpperCase()}${name.slice(1)}: `, hidden)
  }
  const role = personRoles.find((one) => one === values.role)
  if (values.role !== undefined && !role)
    throw new CommandFault(`--role must be one of ${personRoles.join(', ')}.`)
  const asked = (await need('username', values.username ?? config.adminUsername, false)).trim()
  const username = values.reset ? asked : usernameForm(asked)
  // An account that exists keeps the name it has.
  if (!values.reset && !isPlainUsername(username))
    throw new CommandFault(`The username "${username}" cannot be used. ${usernameFault}`)
  const given = values.password ?? config.adminPassword
  const password = await need('password', given, true)
  const fault = await judgePassword(password, username)
  if (fault) throw new CommandFault(`The password cannot be used. ${fault}`)
  if (given === undefined && (await ask('Password again: ', true)) !== password) {
    throw new CommandFault('The two passwords differ; nothing was changed.')
  }
  return { username, password, role, reset: values.reset }
}

/** `npm run createsuperuser`: makes an account, also beside a running server. */
export async function createSuperuser(config: Config, argv: string[]): Promise<void> {
  const asked = await readAnswers(config, argv)
  if (!asked) return
  const { username, password, role, reset } = asked
  await withDatabase(config, async (db) => {
    const password_hash = await hashPassword(password)
    const found = await findByUsername(db, username)
    if (reset) {
      if (!found) throw new CommandFault(`There is no account "${username}"; nothing was changed.`)
      await setPassword(db, found.id, password_hash, role ?? found.role)
      return say(`"${username}" (${role ?? found.role}) has the new password; its sessions have ended.`)
    }
    const person = { username, password_hash, role: role ?? 'admin', created_at: new Date().toISOString() }
    if (!found && (await insertPerson(db, person)) !== undefined) {
      return say(`Made ${person.role} "${username}" in ${config.databaseName}.`)
    }
    throw new CommandFault(`There is already an account "${username}". --reset gives it a new password.`)
  })
}
