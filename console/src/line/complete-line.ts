import type { Incident } from '@toneout/contract/model/incident.ts'
import type { Unit } from '@toneout/contract/model/unit.ts'
import { plain, typeWord } from '../ui/words.ts'
import { wordsIn } from './read-line.ts'
import { closingCodes, isStatusCode, statusCodes, type Verb, verbOf, verbs } from './vocabulary.ts'
import { type Named, shortNumber, type World } from './world.ts'

/** What the word that is being typed could become: the word, and what it stands for. */
export type Completion = { readonly word: string; readonly words: string }

const most = 8

const begins = (word: string, part: string) => word.toUpperCase().startsWith(part.toUpperCase())

const ofUnit = (unit: Unit): Completion => ({
  word: unit.unit_number,
  words: `${plain(unit.unit_type)}, ${plain(unit.status).toLowerCase()}`,
})
const ofIncident = (row: Incident): Completion => ({
  word: shortNumber(row.incident_number),
  words: `${typeWord(row.emergency_type)} ${row.location}`.trim(),
})
const ofNamed =
  (letters: string) =>
  (row: Named): Completion => ({
    word: `${letters}${row.id}`,
    words: row.name,
  })

const ofVerbs = ({ aliases }: World): Completion[] => [
  ...Object.entries(aliases).map(([word, stands]) => ({ word, words: `the same as ${stands}` })),
  ...Object.entries(verbs).map(([word, verb]) => ({ word, words: `${verb.words}: ${verb.example}` })),
  ...Object.entries(statusCodes).map(([word, code]) => ({ word, words: code.words })),
]

/** Those that may go first. */
const units = (world: World) =>
  [...world.units]
    .sort((a, b) => Number(b.status === 'AVAILABLE') - Number(a.status === 'AVAILABLE'))
    .map(ofUnit)
const open = (world: World) => world.incidents.filter((row) => row.closed_at === null).map(ofIncident)

/** All that may stand where the last word is. */
function candidates(verb: string | undefined, place: number, world: World): Completion[] {
  if (place === 0) return [...units(world), ...open(world), ...ofVerbs(world)]
  if (verb === undefined) return ofVerbs(world)
  if (verb === 'D' || verb === 'R') return [...units(world), ...open(world)]
  if (verb === 'TR') return [...units(world), ...world.hospitals.map(ofNamed('H'))]
  if (verb === 'M') return place === 1 ? units(world) : world.stations.map(ofNamed('St'))
  if (verb === 'C') return [...open(world), ...closings]
  if (verb === 'X' || verb === '?' || isStatusCode(verb as Verb)) return units(world)
  if (verb === 'MSG') return place === 1 ? units(world) : []
  // After these comes free text, which is nobody's number.
  return place === 1 || verb === 'J' ? open(world) : []
}

const closings = Object.entries(closingCodes).map(([word, ended]) => ({ word, words: plain(ended) }))

/** What the last word of the line could become, at most eight; none once it stands as it is. */
export function complete(line: string, world: World): Completion[] {
  const words = wordsIn(line)
  const last = words.at(-1)
  if (!last || last.end < line.length) return []
  const place = words.length - 1
  const verb = words
    .slice(0, -1)
    .map(({ text }) => verbOf(text, world.aliases))
    .find(Boolean)
  const found = candidates(verb, place, world).filter(({ word }) => begins(word, last.text))
  const isWhole = found.some(({ word }) => word.toUpperCase() === last.text.toUpperCase())
  return isWhole ? [] : found.slice(0, most)
}

/** The line with its last word completed, ready for the next one. */
export function withWord(line: string, word: string): string {
  return `${line.replace(/[^\s.,]+$/, '')}${word} `
}
