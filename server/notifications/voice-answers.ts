import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { record } from '../timeline/record.ts'
import { keepAcknowledgement } from './acknowledging.ts'
import { factOf } from './outcome.ts'
import { holdMessage } from './reads.ts'
import { judge, patience } from './rules-retry.ts'
import * as store from './store.ts'

type Base = Pick<Context, 'db' | 'now'>

/** What is said of a voice call of ours: which message it is, and when it was. */
export type OfMessage = { message_id: number; round: number; at: string }

/** What comes back from voice calls. Each of it may come again, and changes nothing then. */
export type VoiceAnswers = {
  /** The person pressed the key that acknowledges. */
  acknowledged: (told: OfMessage) => Promise<void>
  /** Nobody took the call: it is tried again, or has failed. `fault` is such as "no answer". */
  unanswered: (told: OfMessage & { attempt: number; fault: string }) => Promise<void>
}

/** `chance` gives 0 to 1, for the random half of a pause. */
export function createVoiceAnswers(ctx: Base, chance: () => number): VoiceAnswers {
  return {
    acknowledged: ({ message_id, round, at }) =>
      transaction(ctx.db, async (connection) => {
        const found = await holdMessage(connection, message_id)
        const { channel, person_id, username } = found ?? {}
        if (!found || channel !== 'VOICE' || found.round !== round || person_id == null) return
        const actor = { kind: 'person', id: person_id, name: username ?? '' } as const
        await keepAcknowledgement(connection, actor, found, at)
      }),
    unanswered: ({ message_id, round, attempt, at, fault }) =>
      transaction(ctx.db, async (connection) => {
        const one = await store.findDue(connection, message_id)
        if (!one) return
        const times = { now: ctx.now().getTime(), expires: Date.parse(one.expires_at) }
        const verdict = judge(patience.VOICE, attempt, { done: false, fault }, times, chance())
        const due_at = verdict.state === 'WAITING' ? new Date(verdict.dueMs).toISOString() : at
        const told = { id: message_id, round, attempts: attempt, state: verdict.state, fault, due_at }
        const isSo = await store.takeBack(connection, told)
        if (isSo && verdict.state === 'FAILED') {
          await record(connection, [factOf(one, 'message_failed', at, { fault })])
        }
      }),
  }
}
