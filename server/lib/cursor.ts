import { refuse } from '@toneout/contract/refusals.ts'

/** Opaque cursors of lists: a JSON array in base64url. */
export function encodeCursor(parts: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url')
}

/** The parts of a cursor, or undefined when it is not one of ours. */
export function decodeCursor(cursor: string): readonly unknown[] | undefined {
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString())
    return Array.isArray(parts) ? parts : undefined
  } catch {
    return undefined
  }
}

/** What is said of a cursor that does not belong to a list, or to its ordering. */
export function refuseCursor(list: 'this list' | 'this list and ordering' = 'this list') {
  return refuse('invalid', { fields: { cursor: [`Is not a cursor of ${list}.`] } })
}
