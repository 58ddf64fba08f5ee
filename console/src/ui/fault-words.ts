import { Refused, reason } from '../access/ask.ts'

const inSentence = (words: string) => words.charAt(0).toLowerCase() + words.slice(1)

/**
 * The server's word about a field as a sentence about it: `Is wrong.` of "Current password" becomes "The
 * current password is wrong." Sentences that stand alone stay as they are.
 */
export function fieldSentence(label: string, fault: string): string {
  const verb = /^(Is|Must|Cannot|Has)\b/.exec(fault)
  if (!verb) return fault
  return `The ${inSentence(label)} ${inSentence(fault)}`
}

/** What is wrong with each of these fields (name -> label), as sentences. */
export function fieldFaults<Name extends string>(
  error: unknown,
  labels: Readonly<Record<Name, string>>,
): Partial<Record<Name, string>> {
  if (!(error instanceof Refused)) return {}
  const found: Partial<Record<Name, string>> = {}
  for (const name of Object.keys(labels) as Name[]) {
    const fault = name === 'code' ? codeFault(error) : error.fields[name]
    if (fault !== undefined) found[name] = fieldSentence(labels[name], fault)
  }
  return found
}

/**
 * What is wrong with a field named `code`: the body of an error has a code of its own there, so the server
 * says it in the sentence, and blames no field.
 */
function codeFault(error: Refused): string | undefined {
  return error.code === 'invalid' && Object.keys(error.fields).length === 0 ? error.message : undefined
}

/** Why nothing came of it, where no field of the form is to blame; null when one is. */
export function generalFault(error: unknown, names: readonly string[]): string | null {
  if (error === null || error === undefined) return null
  if (!(error instanceof Refused)) return reason(error)
  const given = Object.keys(error.fields)
  if (given.some((name) => names.includes(name))) return null
  if (names.includes('code') && codeFault(error) !== undefined) return null
  const other = given.map((name) => `${name}: ${error.fields[name]}`)
  if (error.status >= 500) return reason(error)
  return [error.message.replace(/\.?$/, '.'), ...other].join(' ')
}
