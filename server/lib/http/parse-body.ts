import { isUtf8 } from 'node:buffer'
import { type Refusal, refuse } from '@toneout/contract/refusals.ts'

/** Levels of arrays and objects a body may nest. */
export const depthLimit = 20

/** Thrown by the parsers, which have no other way to answer. */
export class BadBody extends Error {
  readonly refusal: Refusal
  constructor(refusal: Refusal) {
    super('the body was refused')
    this.refusal = refusal
  }
}

/** What PostgreSQL cannot store or JSON cannot carry, in words; undefined for good text. */
export function textFault(text: string): string | undefined {
  if (text.includes('\0')) return 'Must not contain the NUL character.'
  return text.isWellFormed() ? undefined : 'Must not contain half of a surrogate pair.'
}

/** The first fault of a parsed value, deep. */
export function valueFault(value: unknown, depth = 1): string | undefined {
  if (typeof value === 'string') return textFault(value)
  if (typeof value !== 'object' || value === null) return undefined
  if (depth > depthLimit) return `Must not nest deeper than ${depthLimit} levels.`
  for (const [key, inner] of Object.entries(value)) {
    const fault = textFault(key) ?? valueFault(inner, depth + 1)
    if (fault) return fault
  }
  return undefined
}

/** Refuses an object whose fields hold what cannot be stored, naming each field. */
export function refuseFaults(value: unknown): Refusal | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  // Without a prototype, so that a field named __proto__ is a field.
  const fields: Record<string, string[]> = Object.create(null)
  for (const [name, inner] of Object.entries(value)) {
    const fault = textFault(name) ? 'A field name is not valid text.' : valueFault(inner, 2)
    if (fault) fields[textFault(name) ? 'non_field_errors' : name] = [fault]
  }
  return Object.keys(fields).length > 0 ? refuse('invalid', { fields }) : undefined
}

/** Bytes of application/json -> value; throws BadBody. No bytes at all are undefined. */
export function parseJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined
  if (!isUtf8(bytes)) throw new BadBody(refuse('invalid', { detail: 'The body is not valid UTF-8.' }))
  let value: unknown
  try {
    value = JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, ''))
  } catch {
    throw new BadBody(refuse('invalid', { detail: 'The body is not valid JSON.' }))
  }
  const refusal = refuseFaults(value)
  if (refusal) throw new BadBody(refusal)
  return value
}

/** Bytes of application/x-www-form-urlencoded -> object; of a repeated name the last value counts. */
export function parseForm(bytes: Buffer): unknown {
  if (!isUtf8(bytes)) throw new BadBody(refuse('invalid', { detail: 'The body is not valid UTF-8.' }))
  const value = Object.fromEntries(new URLSearchParams(bytes.toString('utf8')))
  const refusal = refuseFaults(value)
  if (refusal) throw new BadBody(refusal)
  return value
}
