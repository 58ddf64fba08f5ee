/** What telephone networks send in place of a number that is withheld; it says nothing about the caller. */
const withheld = new Set([
  'anonymous',
  'blocked',
  'private',
  'restricted',
  'unavailable',
  'unknown',
  'withheld',
])

const dots = '•••'

/**
 * A caller's number as it is shown to those who need not know it: `+15555550142` -> `+1555•••0142`. A short
 * one keeps its last two digits, anything else that may name a person nothing.
 */
export function maskNumber(number: string): string {
  if (number === '' || withheld.has(number.trim().toLowerCase())) return number
  const sign = number.trim().startsWith('+') ? '+' : ''
  const digits = digitsOf(number)
  if (digits === undefined) return dots
  if (digits.length < 8) return `${dots}${digits.length > 4 ? digits.slice(-2) : ''}`
  // At least three digits stay hidden.
  const head = digits.slice(0, Math.min(4, digits.length - 7))
  return `${sign}${head}${dots}${digits.slice(-4)}`
}

/** The digits of what looks like a telephone number; undefined for anything else, such as a SIP address. */
function digitsOf(number: string): string | undefined {
  if (!/^[+\d\s().\-/]+$/.test(number)) return undefined
  const digits = number.replace(/\D/g, '')
  return digits === '' ? undefined : digits
}

/** Digits from which on a text in a search can be somebody's number; of shorter ones nearly all is hidden. */
const fewestDigits = 7

/**
 * What a text in a search may find by the caller's number: somebody's number, the calls that withhold theirs,
 * or nothing.
 */
export function looksUp(text: string): 'number' | 'withheld' | 'nothing' {
  if (withheld.has(text.trim().toLowerCase())) return 'withheld'
  const isAddress = /^\s*(sips?|tel):/i.test(text)
  return isAddress || (digitsOf(text)?.length ?? 0) >= fewestDigits ? 'number' : 'nothing'
}

/**
 * The form in which two writings of one number are equal: the digits alone, or the trimmed text in lower
 * case where it is no telephone number. A country code that only one of them has keeps them apart.
 */
export function comparableNumber(number: string): string {
  return digitsOf(number) ?? number.trim().toLowerCase()
}
