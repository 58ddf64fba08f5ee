import type { Actor } from '@toneout/contract/model/fact.ts'
import type { OwnMessage } from '@toneout/contract/model/message.ts'
import { isRefusal, type Refusal } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { acknowledgeMessage } from './acknowledge-message.ts'
import { readOwnMessages } from './reads.ts'
import { ownMessageOf } from './rules-own.ts'
import { patientLine } from './rules-patient.ts'
import { readPatientsOnScreen } from './store-patients.ts'

/** Messages on a screen's list. */
const listed = 50

/** The last messages on somebody's screen; what a hospital is told of its patients is kept in none. */
export async function readOwnNotices(ctx: Pick<Context, 'db' | 'settings'>, personId: number) {
  const { pool } = ctx.db
  const { message_templates } = ctx.settings.current()
  const rows = await readOwnMessages(pool, personId, listed)
  const alerts = rows.filter(({ event }) => event === 'HOSPITAL_PREALERT').map(({ id }) => id)
  const found = alerts.length === 0 ? [] : await readPatientsOnScreen(pool, personId, alerts)
  const patients = Map.groupBy(found, ({ message_id }) => message_id)
  return rows.map(
    (row): OwnMessage => ownMessageOf(row, message_templates, patientLine(patients.get(row.id) ?? [])),
  )
}

/** Somebody says that they have seen one of their own; gives it in words. */
export async function seeOwnNotice(ctx: Context, actor: Actor, id: number): Promise<OwnMessage | Refusal> {
  const seen = await acknowledgeMessage(ctx, actor, { id, person_id: actor.id ?? -1 })
  return isRefusal(seen) ? seen : ownMessageOf(seen, ctx.settings.current().message_templates)
}
