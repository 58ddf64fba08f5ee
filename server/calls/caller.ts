import type { Call } from '@toneout/contract/model/call.ts'
import { comparableNumber, looksUp, maskNumber } from '@toneout/contract/model/caller-number.ts'
import type { Actor } from '@toneout/contract/model/fact.ts'
import { isRefusal, type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Role } from '@toneout/contract/roles.ts'
import type { Vault } from '../lib/vault.ts'
import type { SealedCall } from './store.ts'
import type { Show } from './who-wrote.ts'

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

/** Whether a text in a search is looked for among the numbers too. */
export const mayFindNumber = (text: string) => looksUp(text) !== 'nothing'

/** The call for those who need not know its number. */
export const maskedCall = <T extends Pick<Call, 'caller_number'>>(call: T): T => ({
  ...call,
  caller_number: maskNumber(call.caller_number),
})

type Answered = { status: number; body: Call; followed: boolean }
type Asking = { actor: Actor; role: Role }
/** What a command on a call answered, as its caller may see it. */
export type Answer = <A extends Answered>(done: A | Refusal, caller: Asking) => Promise<A | Refusal>

/** `follow` takes over into the call's incident what the call has told, before anybody is answered. */
export function createAnswer(
  follow: (actor: Actor, call: Call) => Promise<void>,
  show: Show,
  wereUnitsSent: (incidentId: number) => Promise<boolean>,
): Answer {
  return async (done, who) => {
    if (isRefusal(done)) return done
    if (done.followed) await follow(who.actor, done.body)
    const isNew = done.status === 201
    const shown = await show(done.body, who, isNew)
    const { incident_id, units_dispatched } = shown
    // A call is known from what was written to it, and units are sent elsewhere.
    const maySay = !isNew && !units_dispatched && incident_id !== null
    const sent = maySay ? await wereUnitsSent(incident_id) : units_dispatched
    return { ...done, body: { ...shown, units_dispatched: sent } }
  }
}

const told = {
  analyst: 'Would tell of numbers and words, which analysts do not see.',
  reader: 'Would tell of numbers, which readers do not see.',
} as const

/**
 * Why somebody of this role may not filter calls so; undefined when they may. Whoever may try words and
 * numbers one by one learns what is kept from them.
 */
export function refuseFilters(role: Role, query: { search?: string; caller_number?: string }) {
  if (role !== 'analyst' && role !== 'reader') return undefined
  const { search, caller_number } = query
  const words = role === 'analyst' ? search !== undefined : looksUp(search ?? '') === 'number'
  const asked = [...(words ? ['search'] : []), ...(caller_number === undefined ? [] : ['caller_number'])]
  if (asked.length === 0) return undefined
  return refuse('forbidden', { fields: Object.fromEntries(asked.map((name) => [name, [told[role]]])) })
}
