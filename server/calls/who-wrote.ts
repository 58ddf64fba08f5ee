import type { Call } from '@toneout/contract/model/call.ts'
import type { Actor } from '@toneout/contract/model/fact.ts'
import type { Role } from '@toneout/contract/roles.ts'
import type { Context } from '../context.ts'
import { maskedCall } from './caller.ts'
import { hasWritten } from './reads.ts'

type Asking = { actor: Actor; role: Role }
/** The call as its caller may see it; `isNew`: the caller has just opened it. */
export type Show = (call: Call, who: Asking, isNew?: boolean) => Promise<Call>

/** Who wrote to which call, remembered at once: a call of an hour needs one look. */
const mostKept = 20_000

/**
 * An AI dispatcher gets the number it sent: of calls that its own credential opened or wrote to. Everybody
 * else sees enough of it to tell calls apart, and reveals it where they must.
 */
export function createShow({ db }: Pick<Context, 'db'>): Show {
  const known = new Set<string>()
  return async (call, { actor, role }, isNew = false) => {
    if (role !== 'ai_dispatcher') return maskedCall(call)
    const key = `${actor.kind} ${actor.id} ${call.id}`
    if (!known.has(key)) {
      if (!isNew && !(await hasWritten(db, call.id, actor))) return maskedCall(call)
      if (known.size >= mostKept) known.delete(known.values().next().value as string)
      known.add(key)
    }
    return call
  }
}
