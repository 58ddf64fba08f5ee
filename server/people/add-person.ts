import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Person, PersonCreation } from '@toneout/contract/model/people.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { hashPassword } from '../lib/crypto.ts'
import { transaction } from '../lib/db.ts'
import { judgePassword } from '../sign-in/strength.ts'
import { record } from '../timeline/record.ts'
import { hospitalFault, refuseHospital } from './rules.ts'
import { holdHospital, insertPerson, isUsernameTaken } from './store.ts'

export async function addPerson(ctx: Context, actor: Actor, body: PersonCreation): Promise<Person | Refusal> {
  const { password, ...account } = body
  const weak = await judgePassword(password, account.username)
  if (weak) return refuse('invalid', { fields: { password: [weak] } })
  const unfit = refuseHospital(account)
  if (unfit) return unfit
  const at = ctx.now().toISOString()
  const password_hash = await hashPassword(password)
  const work = transaction(ctx.db, async (connection) => {
    const { hospital_id } = account
    const fault =
      hospital_id === null ? undefined : hospitalFault(await holdHospital(connection, hospital_id))
    if (fault) return refuse('invalid', { fields: { hospital_id: [fault] } })
    const person = await insertPerson(connection, { ...account, password_hash, created_at: at })
    const data = { person_id: person.id, username: person.username, role: person.role, hospital_id }
    await record(connection, [{ at, type: 'person_added', actor, data }])
    return person
  })
  return work.catch((error: unknown) => {
    if (isUsernameTaken(error)) return refuse('username_taken')
    throw error
  })
}
