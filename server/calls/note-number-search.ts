import { comparableNumber, looksUp } from '@toneout/contract/model/caller-number.ts'
import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Refusal } from '@toneout/contract/refusals.ts'
import type { Role } from '@toneout/contract/roles.ts'
import type { Context } from '../context.ts'
import { transaction } from '../lib/db.ts'
import { createOnceInAWhile } from '../lib/once-in-a-while.ts'
import { record } from '../timeline/record.ts'

type Asking = { actor: Actor; role: Role }
type Asked = { search?: string; caller_number?: string }
/** Notes a search for a number before it is answered; gives why it is refused. */
export type NoteNumberSearch = (who: Asking, asked: Asked) => Promise<Refusal | undefined>

/**
 * A list on a screen is read again when calls change, in several parts, and page by page: within this time
 * that is one search.
 */
const sameMs = 10 * 60_000
/** Searches remembered at once; beyond it the oldest is noted again. */
const mostKept = 10_000

/** The numbers that are looked for, and by which filter. */
const soughtIn = (asked: Asked) =>
  (['caller_number', 'search'] as const).flatMap((filter) => {
    const text = asked[filter]
    if (text === undefined || looksUp(text) === 'withheld') return []
    return filter === 'caller_number' || looksUp(text) === 'number' ? [{ filter, text }] : []
  })

async function noteNumberSearch(ctx: Context, actor: Actor, filter: string): Promise<void> {
  const fact = {
    at: ctx.now().toISOString(),
    type: 'caller_number_searched',
    actor,
    data: { filter },
  } as const
  await transaction(ctx.db, (connection) => record(connection, [fact]))
}

/**
 * Masked numbers hide few digits, which whoever may search could try one after the other: so each number that
 * is looked for is a fact, and there may be only so many. `limit` takes one from what is left.
 */
export function createNumberSearch(
  ctx: Context,
  limit: (who: Asking) => Refusal | undefined,
): NoteNumberSearch {
  const once = createOnceInAWhile({ ms: sameMs, most: mostKept })
  return async (who, asked) => {
    for (const { filter, text } of soughtIn(asked)) {
      const number = ctx.vault.index(comparableNumber(text)).toString('hex')
      const key = `${who.actor.kind} ${who.actor.id} ${number}`
      const refusal = await once(key, ctx.now().getTime(), async () => {
        const over = limit(who)
        if (!over) await noteNumberSearch(ctx, who.actor, filter)
        return over
      })
      if (refusal) return refusal
    }
    return undefined
  }
}
