import type { Incident } from '@toneout/contract/model/incident.ts'
import type { Unit } from '@toneout/contract/model/unit.ts'
import type { Reading } from './acts.ts'
import { fault, type Given, open, textAfter, unknown, type Word } from './read-line.ts'
import { isStatusCode, type StatusCode, statusCodes, type Verb } from './vocabulary.ts'
import { findIncident, findNamed, findUnit, type Named, type World } from './world.ts'

type Found = { units: Unit[]; incident: Incident | undefined; hospital: Named | undefined }

/** Units, an incident and a hospital in any order; the first word that is none of them is the fault. */
function find(given: Given, world: World, takes: { incident?: boolean; hospital?: boolean }) {
  const found: Found = { units: [...given.units], incident: given.incident, hospital: undefined }
  for (const { text } of given.rest) {
    const unit = findUnit(world, text)
    const incident = unit || !takes.incident ? undefined : findIncident(world, text)
    const hospital = unit || !takes.hospital ? undefined : findNamed(world.hospitals, 'H', text)
    if (unit) found.units.push(unit)
    else if (incident && !found.incident) found.incident = incident
    else if (hospital && !found.hospital) found.hospital = hospital
    else return unknown(text)
  }
  return { ...found, units: [...new Set(found.units)] }
}

export function readUnitVerb(verb: Verb | StatusCode, given: Given, at: Word, world: World): Reading {
  if (verb === 'MSG') return readMessage(given, at, world)
  if (verb === 'M') return readMove(given, world)
  if (verb === '?') return readShow(given, world)
  const takes = { incident: verb === 'D' || verb === 'R', hospital: verb === 'TR' }
  const found = find(given, world, takes)
  if ('is' in found) return found
  if (verb === 'D') return readDispatch(found, world)
  if (verb === 'R') return readDivert(found, world)
  if (found.units.length === 0) return open(`${at.text.toUpperCase()}: which unit?`)
  if (verb === 'X') return { is: 'act', act: { do: 'release', units: found.units } }
  return isStatusCode(verb) ? readStatus(verb, found) : unknown(at.text)
}

function readStatus(code: StatusCode, { units, hospital }: Found): Reading {
  const idle = units.find((unit) => 'step' in statusCodes[code] && unit.assignment_id === null)
  if (idle) return fault(`${idle.unit_number} is on no incident, so it cannot be ${statusCodes[code].words}.`)
  return { is: 'act', act: { do: 'status', units, code, hospital: hospital ?? null } }
}

function readDispatch({ units, incident }: Found, world: World): Reading {
  const to = incident ?? world.selected
  if (!to) return open('Dispatch to which incident? Select one, or name it, such as E43.')
  if (to.closed_at !== null) return fault(`${to.incident_number} has ended.`)
  const isPlanned = units.length === 0
  // The plan of an incident is sent only by who has it before their eyes.
  if (isPlanned && to !== world.selected) return { is: 'act', act: { do: 'open', incident: to } }
  if (isPlanned && world.planned.length === 0) return fault('There is no unit in the plan to dispatch.')
  const act = { incident: to, units: isPlanned ? world.planned : units, planned: isPlanned }
  return { is: 'act', act: { do: 'dispatch', ...act } }
}

function readDivert({ units, incident }: Found, world: World): Reading {
  const [unit, second] = units
  const to = incident ?? world.selected
  if (!unit) return open('Divert which unit?')
  if (second) return fault('One unit is diverted at a time.')
  if (unit.assignment_id === null) return fault(`${unit.unit_number} is on no incident; D dispatches it.`)
  if (!to) return open('Divert to which incident?')
  if (to.id === unit.incident_id) return fault(`${unit.unit_number} is on ${to.incident_number} already.`)
  return { is: 'act', act: { do: 'divert', unit, incident: to } }
}

/** The unit before the verb or right after it, and the words that are left. */
function oneUnit(given: Given, world: World) {
  const [before] = given.units
  if (before) return { unit: before, rest: given.rest }
  const [first, ...rest] = given.rest
  return { unit: first && findUnit(world, first.text), rest, first }
}

function readMessage(given: Given, at: Word, world: World): Reading {
  const { unit, first } = oneUnit(given, world)
  if (!unit) return first ? fault(`“${first.text}” is no unit.`) : open('Message to which unit?')
  const text = textAfter(given.line, (first ?? at).end)
  if (text === '') return open(`Type the message to ${unit.unit_number}.`)
  return { is: 'act', act: { do: 'message', unit, text } }
}

const home = ['HOME', 'OWN', 'BACK']

function readMove(given: Given, world: World): Reading {
  const { unit, rest, first } = oneUnit(given, world)
  if (!unit) return first ? fault(`“${first.text}” is no unit.`) : open('Move which unit up?')
  const [place] = rest
  if (!place) return open(`Move ${unit.unit_number} to which station? HOME sends it back to its own.`)
  if (home.includes(place.text.toUpperCase())) return { is: 'act', act: { do: 'move', unit, station: null } }
  const station = findNamed(world.stations, 'St', rest.map((word) => word.text).join(' '))
  if (!station) return fault(`“${place.text}” is no station.`)
  return { is: 'act', act: { do: 'move', unit, station } }
}

function readShow(given: Given, world: World): Reading {
  const word = given.rest[0]?.text
  const unit = given.units[0] ?? (word === undefined ? undefined : findUnit(world, word))
  if (unit) return { is: 'act', act: { do: 'show', unit } }
  const incident = given.incident ?? (word === undefined ? undefined : findIncident(world, word))
  if (incident) return { is: 'act', act: { do: 'open', incident } }
  return word === undefined ? open('Show which unit or incident?') : unknown(word)
}
