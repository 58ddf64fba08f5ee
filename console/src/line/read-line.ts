import type { Incident } from '@toneout/contract/model/incident.ts'
import type { Unit } from '@toneout/contract/model/unit.ts'
import type { Reading } from './acts.ts'
import { readIncidentVerb } from './read-incident-verb.ts'
import { readUnitVerb } from './read-unit-verb.ts'
import { isStatusCode, type StatusCode, type Verb, verbOf } from './vocabulary.ts'
import { findIncident, findUnit, type World } from './world.ts'

/** A word of the line and where it ends in it. */
export type Word = { readonly text: string; readonly end: number }

/** Words are parted by blanks, dots and commas. */
export function wordsIn(line: string): Word[] {
  return [...line.matchAll(/[^\s.,]+/g)].map((found) => {
    return { text: found[0], end: found.index + found[0].length }
  })
}

/** What stood before the verb, the words after it, and the line, for what is taken from it as it is. */
export type Given = {
  readonly units: readonly Unit[]
  readonly incident: Incident | undefined
  readonly rest: readonly Word[]
  readonly line: string
}

/** The line from where a word ends; blanks, dots and commas before the text do not belong to it. */
export const textAfter = (line: string, end: number) =>
  line
    .slice(end)
    .replace(/^[\s.,]+/, '')
    .trim()

export const fault = (words: string): Reading => ({ is: 'fault', words })
export const open = (words: string): Reading => ({ is: 'open', words })

export const unknown = (word: string) =>
  fault(`“${word}” is not known: no unit, no incident and no word of this line.`)

/** What a line asks for. The verb may come first, or after the units or the incident it is about. */
export function readLine(line: string, world: World): Reading {
  const words = wordsIn(line)
  const first = words[0]
  if (!first) return { is: 'empty' }
  const verb = verbOf(first.text, world.aliases)
  if (verb) {
    const none = { units: [], incident: undefined }
    return readVerb(verb, { ...none, rest: words.slice(1), line }, first, world)
  }
  const units = leadingUnits(words, world)
  if (units.length > 0) return readAfterUnits(units, words, line, world)
  const incident = findIncident(world, first.text)
  if (!incident) return unknownFirst(first.text)
  const second = words[1]
  if (!second) return { is: 'act', act: { do: 'open', incident } }
  const later = verbOf(second.text, world.aliases)
  if (!later) return unknown(second.text)
  return readVerb(later, { units: [], incident, rest: words.slice(2), line }, second, world)
}

function leadingUnits(words: readonly Word[], world: World): Unit[] {
  const units: Unit[] = []
  for (const { text } of words) {
    const unit = verbOf(text, world.aliases) ? undefined : findUnit(world, text)
    if (!unit) break
    units.push(unit)
  }
  return units
}

function readAfterUnits(units: readonly Unit[], words: readonly Word[], line: string, world: World): Reading {
  const next = words[units.length]
  const names = units.map((unit) => unit.unit_number).join(' + ')
  if (!next) return open(`${names}: say what, such as D, EN, OS, AV or MSG.`)
  const verb = verbOf(next.text, world.aliases)
  const given = { units, incident: undefined, rest: words.slice(units.length + 1), line }
  if (verb) return readVerb(verb, given, next, world)
  if (findIncident(world, next.text)) return open(`${names}: put D before it to dispatch, R to divert.`)
  return unknown(next.text)
}

function unknownFirst(word: string): Reading {
  const isNumber = /^[EI#]\d+$/i.test(word)
  return isNumber ? fault(`There is no incident ${word.toUpperCase()} on this screen.`) : unknown(word)
}

const ofUnits: readonly string[] = ['D', 'X', 'R', 'M', 'MSG', '?']

function readVerb(verb: Verb | StatusCode, given: Given, at: Word, world: World): Reading {
  if (isStatusCode(verb) || ofUnits.includes(verb)) return readUnitVerb(verb, given, at, world)
  if (given.units.length > 0) {
    return fault(`${at.text.toUpperCase()} is about an incident, not about ${given.units[0]!.unit_number}.`)
  }
  return readIncidentVerb(verb, given, at, world)
}
