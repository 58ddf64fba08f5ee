import type { Contact, ContactChange } from '@toneout/contract/model/contact.ts'
import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { openContact, sealContact } from './contact-seal.ts'
import { findContact, type SealedContact, writeContact } from './store-recipients.ts'

type Base = Pick<Context, 'db' | 'now' | 'vault'>

export function shownContact({ vault }: Pick<Base, 'vault'>, one: SealedContact): Contact {
  const { person_id, phone, email, language, duty } = one
  return {
    person_id,
    phone: openContact(vault, 'phone', person_id, phone),
    email: openContact(vault, 'email', person_id, email),
    language,
    duty,
  }
}

/**
 * Sets how a person is reached; undefined when there is no such person. The history says what was changed and
 * never to which number: it is for ever.
 */
export async function changeContact(
  ctx: Base,
  actor: Actor,
  id: number,
  change: ContactChange,
): Promise<Contact | undefined> {
  const at = ctx.now().toISOString()
  return transaction(ctx.db, async (connection) => {
    await connection.query('SELECT FROM people WHERE id = $1 FOR NO KEY UPDATE', [id])
    const found = await findContact(connection, id)
    if (!found) return undefined
    const before = shownContact(ctx, found)
    const after: Contact = { ...before, ...change }
    const names = (Object.keys(after) as (keyof Contact)[]).filter((name) => before[name] !== after[name])
    if (names.length === 0) return after
    await writeContact(
      connection,
      {
        ...after,
        phone: sealContact(ctx.vault, 'phone', id, after.phone),
        email: sealContact(ctx.vault, 'email', id, after.email),
      },
      at,
    )
    const data = { person_id: id, fields: names }
    await record(connection, [{ at, type: 'contact_changed', actor, data }])
    return after
  })
}
