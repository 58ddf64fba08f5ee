/** Kinds of street, canonical form first: those of the US Postal Service (Publication 28) and a few more. */
const typeWords = [
  ['ALLEY', 'ALY'],
  ['AVENUE', 'AVE', 'AV', 'AVEN', 'AVENU'],
  ['BOULEVARD', 'BLVD', 'BL', 'BOUL'],
  ['BRIDGE', 'BRG'],
  ['CIRCLE', 'CIR', 'CR'],
  ['CLOSE', 'CLS'],
  ['COURT', 'CT'],
  ['CRESCENT', 'CRES'],
  ['DRIVE', 'DR', 'DRV'],
  ['EXPRESSWAY', 'EXPY'],
  ['FREEWAY', 'FWY'],
  ['HIGHWAY', 'HWY', 'HIWAY', 'HY'],
  ['HILL', 'HL'],
  ['LANE', 'LN'],
  ['LOOP', 'LP'],
  ['PARKWAY', 'PKWY', 'PKY'],
  ['PATH', 'PATHWAY'],
  ['PLACE', 'PL'],
  ['PLAZA', 'PLZ', 'PZ'],
  ['QUAY'],
  ['RAMP', 'RMP'],
  ['ROAD', 'RD'],
  ['ROW'],
  ['SQUARE', 'SQ'],
  ['STREET', 'ST', 'STR', 'STRT'],
  ['STEPS', 'STPS', 'STEP'],
  ['TERRACE', 'TER', 'TERR', 'TE'],
  ['TRAIL', 'TRL'],
  ['TUNNEL', 'TUNL'],
  ['WALK', 'WK'],
  ['WAY', 'WY'],
] as const

const directionWords = [
  ['N', 'NORTH'],
  ['S', 'SOUTH'],
  ['E', 'EAST'],
  ['W', 'WEST'],
  ['NE', 'NORTHEAST'],
  ['NW', 'NORTHWEST'],
  ['SE', 'SOUTHEAST'],
  ['SW', 'SOUTHWEST'],
] as const

/** Words that are shortened anywhere in a name. */
const shortWords = [
  ['SAINT', 'ST'],
  ['MOUNT', 'MT'],
  ['FORT', 'FT'],
  ['DOCTOR', 'DR'],
  ['GENERAL', 'GEN'],
  ['BLACK', 'BLK'],
  ['NORTHBOUND', 'NB'],
  ['SOUTHBOUND', 'SB'],
  ['HOSPITAL', 'HOSP'],
  ['STATION', 'STN', 'STA'],
  ['CENTER', 'CENTRE', 'CTR'],
] as const

const toCanonical = (table: readonly (readonly string[])[]) =>
  new Map(table.flatMap(([first = '', ...rest]) => [first, ...rest].map((word) => [word, first])))

const types = toCanonical(typeWords)
const directions = toCanonical(directionWords)
const short = toCanonical(shortWords)

const unitOrdinals =
  'FIRST SECOND THIRD FOURTH FIFTH SIXTH SEVENTH EIGHTH NINTH TENTH ELEVENTH TWELFTH THIRTEENTH FOURTEENTH ' +
  'FIFTEENTH SIXTEENTH SEVENTEENTH EIGHTEENTH NINETEENTH'
const tensOrdinals = 'TWENTIETH THIRTIETH FORTIETH FIFTIETH SIXTIETH SEVENTIETH EIGHTIETH NINETIETH'

/** Ordinals in words -> their number. */
export const ordinals = new Map([
  ...unitOrdinals.split(' ').map((word, at) => [word, at + 1] as const),
  ...tensOrdinals.split(' ').map((word, at) => [word, (at + 2) * 10] as const),
  ['HUNDREDTH', 100] as const,
])

/** 3 -> 3RD, 11 -> 11TH. */
export function ordinal(value: number): string {
  const teen = Math.floor(value / 10) % 10 === 1
  return `${value}${teen ? 'TH' : (['TH', 'ST', 'ND', 'RD'][value % 10] ?? 'TH')}`
}

/** Upper case without accents; apostrophes and dots join, all other signs but those in `kept` part. */
export function plainWords(text: string, kept = ''): string[] {
  const upper = text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('ß', 'ss').toUpperCase()
  const joined = upper.replace(/['’`.]/g, '')
  const parted = joined.replace(new RegExp(`[^\\p{L}\\p{N}${kept}]+`, 'gu'), ' ')
  return parted.trim() === '' ? [] : parted.trim().split(' ')
}

export const isTypeWord = (word: string) => types.has(word)

/**
 * A street's name as it is compared: `words` name it, `type` and `direction` tell it from others of that
 * name.
 */
export type StreetName = { words: readonly string[]; type: string; direction: string }

/** 03RD -> 3RD. */
const trimOrdinal = (word: string) => (/^0+\d+(ST|ND|RD|TH)$/.test(word) ? word.replace(/^0+/, '') : word)

/** TWENTY FIRST -> 21ST, where a tens word stands before it. */
function joinOrdinals(words: readonly string[]): string[] {
  const tens = ['TWENTY', 'THIRTY', 'FORTY', 'FIFTY', 'SIXTY', 'SEVENTY', 'EIGHTY', 'NINETY']
  const joined: string[] = []
  for (const word of words) {
    const value = ordinals.get(word)
    const before = tens.indexOf(joined.at(-1) ?? '')
    if (value === undefined) joined.push(trimOrdinal(word))
    else if (before >= 0 && value < 10) joined.splice(-1, 1, ordinal((before + 2) * 10 + value))
    else joined.push(ordinal(value))
  }
  return joined
}

/** Words of `plainWords` -> the parts that are compared. The last word that says a kind is the type. */
export function toStreetName(given: readonly string[]): StreetName {
  const words = joinOrdinals(given)
  let direction = ''
  let type = ''
  const last = words.at(-1) ?? ''
  if (words.length > 2 && directions.has(last) && isTypeWord(words.at(-2) ?? '')) {
    direction = directions.get(last) ?? ''
    words.pop()
  }
  if (words.length > 1 && types.has(words.at(-1) ?? '')) type = types.get(words.pop() ?? '') ?? ''
  if (words.length > 1 && directions.has(words[0] ?? ''))
    direction = directions.get(words.shift() ?? '') ?? ''
  if (words.length > 1 && words[0] === 'THE') words.shift()
  // "5 AVE" is said for 5th Avenue.
  const bare = type !== '' && words.length === 1 && /^\d{1,3}$/.test(words[0] ?? '')
  if (bare) words[0] = ordinal(Number(words[0]))
  return { words: words.map((word) => short.get(word) ?? word), type, direction }
}

export const readStreetName = (text: string) => toStreetName(plainWords(text))
