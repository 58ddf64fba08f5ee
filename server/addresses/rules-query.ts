import { partNumber, readNumber } from './rules-numbers.ts'
import { ordinal, plainWords, type StreetName, toStreetName } from './rules-words.ts'

/** One way to read what was asked for; `weight` is how likely it is that it was meant so. */
export type Reading = { weight: number } & (
  | { kind: 'position'; latitude: number; longitude: number }
  | { kind: 'crossing'; streets: readonly [StreetName, StreetName] }
  | { kind: 'block' | 'address'; number: number; street: StreetName }
  | { kind: 'name'; name: StreetName }
)

export type Query = {
  readings: readonly Reading[]
  /** Words after a comma, such as a town or a district. */
  area: readonly string[]
}

const degrees = /^\s*([+-]?\d{1,2}(?:\.\d+)?)\s*[,; ]\s*([+-]?\d{1,3}(?:\.\d+)?)\s*$/

function readPosition(text: string): Reading | undefined {
  const [latitude, longitude] = (degrees.exec(text) ?? []).slice(1).map(Number)
  // Two bare numbers are a house number as it was heard; a position has decimals.
  if (latitude === undefined || longitude === undefined || !text.includes('.')) return undefined
  if (Math.abs(latitude) > 90 || Math.abs(longitude) > 180) return undefined
  return { kind: 'position', latitude, longitude, weight: 1 }
}

/** What callers say before a place. */
const lead = [
  /^(I AM|IM|WE ARE|WERE|ITS|IT IS|THIS IS|HERE IS|THERE IS|THE ADDRESS IS|ADDRESS IS|MY ADDRESS IS)\b/,
  /^(AT|ON|NEAR|BY|IN|IN FRONT OF|OUTSIDE|OUTSIDE OF|ACROSS FROM|NUMBER|NO|UH|UM|ER|WELL|YES|OK|OKAY)\b/,
  /^(THE )?(CORNER|INTERSECTION|JUNCTION|CROSSING)( OF)?\b/,
  /^THE (?=\d|\S+ (HUNDRED|BLOCK)\b)/,
]

function dropLead(text: string): { text: string; isCorner: boolean } {
  let [rest, isCorner] = [text, false]
  for (let changed = true; changed; ) {
    changed = false
    for (const form of lead) {
      const shorter = rest.replace(form, '').trim()
      if (shorter === rest || shorter === '') continue
      isCorner ||= /CORNER|INTERSECTION|JUNCTION|CROSSING/.test(rest.slice(0, rest.length - shorter.length))
      rest = shorter
      changed = true
    }
  }
  return { text: rest.replace(/ (PLEASE|THANKS|THANK YOU)$/, ''), isCorner }
}

/** Flats and rooms are told to the crew; they are no part of the address. */
const unit = / ((APARTMENT|APT|UNIT|FLAT|SUITE|STE|ROOM|RM|FLOOR|FL) |# ?)(\d{1,5}[A-Z]?|[A-Z]\d{0,4})\b.*$/

/** 401-A, 3735-3739, 12B and 12 1/2 stand at 401, 3735, 12 and 12. */
function plainHead(text: string): string {
  const whole = text
    .replace(/\b(\d+)\s+1\/2\b/, '$1')
    .replace(/^(\D*\b\d+)\s*-\s*(\d+|[A-Za-z])(?=\s)/, '$1')
    .replace(/^(\D*\b\d+)[A-Za-z](?=\s)/, '$1')
    .replace(/[/@\\+]/g, ' & ')
  return plainWords(whole, '&#').join(' ').replace(unit, '')
}

const links = new Set(['&', 'AND', 'AT', 'CORNER'])

/** In a crossing a bare number is a street: 5 and Mission. */
function crossed(words: readonly string[]): StreetName {
  const bare = words.length === 1 && /^\d{1,3}$/.test(words[0] ?? '')
  return toStreetName(bare ? [ordinal(Number(words[0]))] : words)
}

function readCrossings(words: readonly string[], isCorner: boolean): Reading[] {
  return words.flatMap((word, at): Reading[] => {
    if (!links.has(word)) return []
    const left = words.slice(0, at).filter((one) => !links.has(one))
    const rest = words.slice(at + 1)
    if (rest[0] === 'OF') rest.shift()
    const end = rest.findIndex((one) => links.has(one))
    const right = end < 1 ? rest.filter((one) => !links.has(one)) : rest.slice(0, end)
    if (left.length === 0 || right.length === 0) return []
    const weight = word === '&' || isCorner ? 1 : 0.98
    const crossing: Reading = { kind: 'crossing', streets: [crossed(left), crossed(right)], weight }
    // "341 Mission Street at 3rd": the crossing street only tells where on it.
    return [crossing, ...readNumbered(left).map((one) => ({ ...one, weight: one.weight * 0.97 }))]
  })
}

function readBlock(words: readonly string[]): Reading[] {
  const before = /^(BLOCK|BLK)$/.test(words[0] ?? '') ? words.slice(words[1] === 'OF' ? 2 : 1) : words
  const number = readNumber(before)
  if (!number) return []
  const rest = before.slice(number.length)
  const says = before !== words || /^(BLOCK|BLK)$/.test(rest[0] ?? '')
  if (before === words) rest.shift()
  if (rest[0] === 'OF') rest.shift()
  if (!says || rest.length === 0) return []
  const first = Math.floor(Number(number.value) / 100) * 100
  return [{ kind: 'block', number: first, street: toStreetName(rest), weight: 1 }]
}

/** Number and street, in either order. */
function readNumbered(words: readonly string[]): Reading[] {
  const found = partNumber(words).map(({ number, rest }, at): Reading => {
    const isLinked = links.has(rest[0] ?? '')
    const weight = isLinked ? 0.5 : 1 - at * 0.03
    return { kind: 'address', number, street: toStreetName(rest), weight }
  })
  const last = words.at(-1) ?? ''
  if (words.length > 1 && /^\d{1,5}$/.test(last)) {
    const street = toStreetName(words.slice(0, -1))
    found.push({ kind: 'address', number: Number(last), street, weight: 0.97 })
  }
  return found
}

/** At most so many; each is looked up. */
const mostReadings = 6

/** Every likely way to read the words, the likeliest first within its kind. */
export function readQuery(text: string): Query {
  const position = readPosition(text)
  if (position) return { readings: [position], area: [] }
  const [head = '', ...tail] = text.split(',')
  // "341, Harbour Street": what stands before the comma is no street.
  const isNumber = /^[\d\s-]*$/.test(head) || readNumber(plainWords(head))?.length === plainWords(head).length
  const said = dropLead(plainHead(isNumber ? text.replaceAll(',', ' ') : head))
  const words = said.text.split(' ').filter((word) => word !== '#' && word !== '')
  const plain = words.filter((word) => word !== '&')
  if (plain.length === 0) return { readings: [], area: [] }
  const blocks = readBlock(words)
  const numbered = blocks.length > 0 ? blocks : readNumbered(words)
  const more = [...readCrossings(words, said.isCorner), ...numbered]
  // Where it can be read otherwise it is hardly a name, and hardly ever one that begins with a number.
  const weight = more.length === 0 ? 1 : /^\d+$/.test(words[0] ?? '') ? 0.85 : 0.96
  const name: Reading = { kind: 'name', name: toStreetName(plain), weight }
  const readings = [...more.slice(0, mostReadings - 1), name]
  return { readings, area: isNumber ? [] : plainWords(tail.join(' ')) }
}
