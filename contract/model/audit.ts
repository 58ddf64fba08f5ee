import { z } from 'zod'
import { actorKinds, fact, factTypes } from './fact.ts'
import { isBlank, optionalInstant, optionalNumber, optionalText, rowId } from './text.ts'

/**
 * A fact as the history shows it: with the request that did it, null when the server did it by itself, and
 * what its call, incident and unit are called now; null for what it is not about.
 */
export const auditEntry = fact
  .extend({
    request_id: z.string().nullable(),
    call_sid: z.string().nullable(),
    incident_number: z.string().nullable(),
    unit_number: z.string().nullable(),
  })
  .meta({ id: 'AuditEntry' })
export type AuditEntry = z.output<typeof auditEntry>

/** Optional word of a closed list that is stored in lower case, in any letter case. */
function optionalName<const T extends readonly [string, ...string[]]>(words: T) {
  const read = (value: unknown) => {
    if (isBlank(value)) return undefined
    return typeof value === 'string' ? value.trim().toLowerCase() : value
  }
  return z.preprocess(read, z.enum(words, { error: 'Is not one of the known words.' }).optional())
}

const anId = () => optionalNumber(1, Number.MAX_SAFE_INTEGER, true)

export const auditQuery = z.strictObject({
  actor_kind: optionalName(actorKinds),
  actor: optionalText(150),
  type: optionalName(factTypes),
  call_id: anId(),
  incident_id: anId(),
  unit_id: anId(),
  request_id: optionalText(64),
  after: optionalInstant(),
  before: optionalInstant(),
  page_size: optionalNumber(1, 200, true).transform((size) => size ?? 50),
  cursor: optionalText(500),
})
export type AuditQuery = z.output<typeof auditQuery>

/**
 * What can be wrong with the chain. `block`: a seal is missing or was changed. `head`: the chain is not the
 * one whose signed head was kept outside the database. `cut`: where retention cut it is not as recorded.
 */
export const faultKinds = ['edited', 'deleted', 'inserted', 'reordered', 'block', 'head', 'cut'] as const

export const chainFault = z
  .object({
    kind: z.enum(faultKinds),
    fact_id: rowId.nullable(),
    /** Number of the block. */
    seq: rowId,
    words: z.string(),
  })
  .meta({ id: 'ChainFault' })
export type ChainFault = z.output<typeof chainFault>

/** What a check of the chain found, from the block it began with on. */
export const verification = z
  .object({
    /** Whether nothing was wrong with what was checked. */
    ok: z.boolean(),
    facts_checked: z.number().int(),
    blocks: z.number().int(),
    /** Kept heads that were compared with the chain. */
    heads: z.number().int(),
    /** The last fact that is known to be as it was sealed; null when there is none. */
    sealed_to: rowId.nullable(),
    /** The last fact that retention took away; null when all since the first are there. */
    cut_to: rowId.nullable(),
    /** Facts after the last block, counted to 10,000 at most; null unless the end was reached. */
    unsealed: z.number().int().nullable(),
    /** The block to go on with; null at the end, or after a fault. */
    next: rowId.nullable(),
    first_bad: chainFault.nullable(),
  })
  .meta({ id: 'Verification' })
export type Verification = z.output<typeof verification>
