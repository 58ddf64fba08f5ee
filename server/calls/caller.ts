import type { Call } from '@toneout/contract/model/call.ts'
import { comparableNumber, maskNumber } from '@toneout/contract/model/caller-number.ts'
import type { Actor } from '@toneout/contract/model/fact.ts'
import { isRefusal, type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Role } from '@toneout/contract/roles.ts'
import type { Vault } from '../lib/vault.ts'
import type { SealedCall } from './store.ts'

const placeOf = (row: number) => ({ table: 'calls', column: 'caller_number', row })

type NumberRow = Pick<SealedCall, 'id' | 'caller_number' | 'caller_sealed'>

/** The number of a call's row; empty when it was erased. */
export function openNumber(vault: Vault, row: NumberRow): string {
  if (row.caller_sealed) return vault.open(placeOf(row.id), row.caller_sealed)
  return row.caller_number ?? ''
}

/** The same as JSON made by PostgreSQL carries it: bytes as hexadecimal digits. */
export type NumberJson = { id: number; caller_number: string | null; caller_sealed: string | null }

export function openNumberJson(vault: Vault, { caller_sealed, ...row }: NumberJson): string {
  const bytes = caller_sealed === null ? null : Buffer.from(caller_sealed, 'hex')
  return openNumber(vault, { ...row, caller_sealed: bytes })
}

/** The row as a call. */
export function openCall<T extends SealedCall>(vault: Vault, row: T): Omit<T, 'caller_sealed'> & Call {
  const { caller_sealed: _, ...call } = row
  return { ...call, caller_number: openNumber(vault, row) }
}

/** What the table keeps of a number. */
export function sealNumber(vault: Vault, id: number, number: string) {
  return { caller_sealed: vault.seal(placeOf(id), number), caller_index: indexOf(vault, number) }
}

/** What a number is looked up by, however it is written. */
export const indexOf = (vault: Vault, number: string) => vault.index(comparableNumber(number))

/**
 * The call as it is shown. The AI dispatcher gets the number it sent; people see enough of it to tell calls
 * apart, and reveal it where they must.
 */
export function shownCall(call: Call, role: Role): Call {
  return role === 'ai_dispatcher' ? call : maskedCall(call)
}

export const maskedCall = <T extends Pick<Call, 'caller_number'>>(call: T): T => ({
  ...call,
  caller_number: maskNumber(call.caller_number),
})

type Answered = { status: number; body: Call; followed: boolean }
type Asking = { actor: Actor; role: Role }
/** What a command on a call answered, as its caller may see it. */
export type Answer = <A extends Answered>(done: A | Refusal, caller: Asking) => Promise<A | Refusal>

/** `follow` takes over into the call's incident what the call has told, before anybody is answered. */
export function createAnswer(follow: (actor: Actor, call: Call) => Promise<void>): Answer {
  return async (done, { actor, role }) => {
    if (isRefusal(done)) return done
    if (done.followed) await follow(actor, done.body)
    return { ...done, body: shownCall(done.body, role) }
  }
}

/**
 * Why somebody of this role may not filter calls so; undefined when they may. Whoever may try words and
 * numbers one by one learns what is kept from them.
 */
export function refuseFilters(role: Role, query: { search?: string; caller_number?: string }) {
  const asked = (['search', 'caller_number'] as const).filter((name) => query[name] !== undefined)
  if (role !== 'analyst' || asked.length === 0) return undefined
  const told = ['Would tell of numbers and words, which analysts do not see.']
  return refuse('forbidden', { fields: Object.fromEntries(asked.map((name) => [name, told])) })
}
