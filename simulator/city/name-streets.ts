import type { Random } from '../random.ts'
import { lengthOf } from './arrange.ts'
import type { District } from './districts.ts'
import type { Stroke } from './strokes.ts'
import { ofQuarters, plainWords, radialNames, ringNames } from './words.ts'

const kinds = {
  along: ['Street', 'Street', 'Street', 'Road', 'Lane'],
  across: ['Avenue', 'Avenue', 'Avenue', 'Way', 'Terrace'],
  suburb: ['Drive', 'Lane', 'Road', 'Way', 'Drive', 'Crescent', 'Rise'],
  short: ['Court', 'Place', 'Close', 'Row', 'Mews'],
} as const
/** A street shorter than so many metres is a court or a place. */
const short = 260

/** A name for each stroke; pieces of one road have the same. No two roads of the city have one. */
export function nameStreets(
  strokes: readonly Stroke[],
  districts: readonly District[],
  random: Random,
): string[] {
  const styles = new Map(districts.map(({ name, style }) => [name, style]))
  const taken = new Set<string>([...radialNames, ...ringNames])
  const plain = random.shuffled(plainWords)
  const given = new Map<string, string>()
  let numbers = 0
  const local = (stroke: Stroke): string => {
    const { district = '', line, way } = stroke
    if (styles.get(district) === 'centre' && way === 1) return `${ordinal(++numbers)} Street`
    const own = ofQuarters[district] ?? []
    const list =
      lengthOf(line) < short
        ? kinds.short
        : styles.get(district) === 'suburb'
          ? kinds.suburb
          : kinds[way ? 'across' : 'along']
    for (let tries = 0; tries < 200; tries++) {
      const word =
        tries === 0 && own.length > 0 && random.chance(0.45)
          ? random.pick(own)
          : plain[(taken.size + tries) % plain.length]!
      const name = `${word} ${random.pick(list)}`
      if (taken.has(name)) continue
      taken.add(name)
      return name
    }
    throw new Error('the words for streets are used up')
  }
  return strokes.map((stroke) => {
    const main = mainName(stroke)
    if (main) return main
    const key = `${stroke.district} ${stroke.way} ${stroke.number}`
    const name = given.get(key) ?? local(stroke)
    given.set(key, name)
    return name
  })
}

function mainName({ role, number }: Stroke): string | undefined {
  if (role === 'ring') return ringNames[number]
  if (role === 'radial') return radialNames[number % radialNames.length]
  if (role === 'river') return ['North Embankment', 'South Embankment'][number]
  if (role === 'coast') return 'Ocean Drive'
  return role === 'route' ? `Route ${number}` : undefined
}

export function ordinal(n: number): string {
  const teen = n % 100 > 10 && n % 100 < 14
  return `${n}${teen ? 'th' : (['th', 'st', 'nd', 'rd'][n % 10] ?? 'th')}`
}
