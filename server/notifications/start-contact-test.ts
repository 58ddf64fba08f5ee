import { type Actor, systemActor } from '@toneout/contract/model/fact.ts'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { isTestDue, testPauseMs } from './rules-contact-test.ts'
import * as store from './store-contact-tests.ts'

type Base = Pick<Context, 'db' | 'now' | 'settings'>

/**
 * Begins a test of all contacts; its messages are made by whoever follows the timeline. Gives its row.
 * Without an actor it begins only when it is due, and gives undefined when it is not.
 */
export async function startContactTest(ctx: Base, actor?: Actor): Promise<number | Refusal | undefined> {
  const now = ctx.now()
  const at = now.toISOString()
  const times = ctx.settings.current().contact_test
  if (!actor && !isTestDue(now.getTime(), undefined, times)) return undefined
  return transaction(ctx.db, async (connection) => {
    await store.lockContactTests(connection)
    const started = await store.findLastStart(connection)
    const last = started === undefined ? undefined : Date.parse(started)
    if (!actor && !isTestDue(now.getTime(), last, times)) return undefined
    if (last !== undefined && now.getTime() - last < testPauseMs) return refuse('too_early')
    const by = actor?.kind === 'person' ? actor.id : null
    const id = await store.insertContactTest(connection, at, by)
    const data = { contact_test_id: id }
    await record(connection, [{ at, type: 'contact_test_started', actor: actor ?? systemActor(), data }])
    return id
  })
}
