import { type Atlas, doorAt, nodePoint, portHalvard } from './atlas.ts'
import type { Point } from './projection.ts'

/**
 * The place that words such as `Quay Street and Herring Lane` or `214 Kestrel Street` name; with a street
 * alone the middle of it. Undefined when no street of the city is among them.
 */
export function findPlace(words: string, atlas: Atlas = portHalvard()): Point | undefined {
  const text = words.toLowerCase()
  const { names, door } = namesIn(text, atlas)
  const [first, second] = door ? [door.name] : names
  if (!first) return undefined
  const street = atlas.byStreet.get(first)!
  const crossing = second
    ? street
        .flatMap((one) => [one.from_node, one.to_node].map((node) => ({ one, node })))
        .find(({ node }) => atlas.junctions.get(node)!.some(({ name }) => name === second))
    : undefined
  if (crossing) return nodePoint(crossing.one, crossing.node)
  const number = door?.number ?? Number.NaN
  const holds = (range?: { from: number; to: number }) => range && range.from <= number && number <= range.to
  const block = street.find(({ left, right }) => holds(left) || holds(right))
  if (block) return doorAt(block, number)
  return doorAt(street[street.length >> 1]!, Number.NaN)
}

/**
 * Names of streets among the words, in the order in which they are told, and the first with a number before
 * it: `Weir Street Gym, 410 Bobbin Street` is in Bobbin Street.
 */
function namesIn(text: string, atlas: Atlas) {
  const parts = text.split(/[^\p{L}\p{N}]+/u)
  const names: string[] = []
  let door: { name: string; number: number } | undefined
  for (let at = 0; at < parts.length; at++) {
    for (const length of [4, 3, 2]) {
      const name = namesOf(atlas).get(parts.slice(at, at + length).join(' '))
      if (!name) continue
      names.push(name)
      if (/^\d{1,5}$/.test(parts[at - 1] ?? '')) door ??= { name, number: Number(parts[at - 1]) }
      at += length - 1
      break
    }
  }
  return { names, door }
}

const lowered = new WeakMap<Atlas, ReadonlyMap<string, string>>()

function namesOf(atlas: Atlas): ReadonlyMap<string, string> {
  const known = lowered.get(atlas)
  if (known) return known
  const names = new Map([...atlas.byStreet.keys()].map((name) => [name.toLowerCase(), name]))
  lowered.set(atlas, names)
  return names
}
