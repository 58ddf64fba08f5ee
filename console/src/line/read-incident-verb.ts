import { emergencyTypes } from '@toneout/contract/model/call.ts'
import { dispositions, type Incident } from '@toneout/contract/model/incident.ts'
import type { Act, Reading } from './acts.ts'
import { fault, type Given, open, textAfter, unknown, type Word } from './read-line.ts'
import { closingCodes, type StatusCode, type Verb, verbs } from './vocabulary.ts'
import { findIncident, type World } from './world.ts'

type About = { incident: Incident | null; rest: readonly Word[]; text: string }

/** The incident that is named before or right after the verb, else the selected one; and what is left. */
function aboutOf(given: Given, at: Word, world: World): About {
  const [first] = given.rest
  const named = given.incident ? undefined : first && findIncident(world, first.text)
  const end = named ? first!.end : at.end
  return {
    incident: given.incident ?? named ?? world.selected,
    rest: named ? given.rest.slice(1) : given.rest,
    text: textAfter(given.line, end),
  }
}

const act = (given: Act): Reading => ({ is: 'act', act: given })

export function readIncidentVerb(verb: Verb | StatusCode, given: Given, at: Word, world: World): Reading {
  if (verb === 'NEW') return readNew(given.rest)
  const about = aboutOf(given, at, world)
  const { incident, rest } = about
  if (!incident) return open(`${verbs[verb as Verb].words} of which incident? Select or name one.`)
  if (verb === 'J') return readJoin(given, about, world)
  if (verb === 'SPLIT') return act({ do: 'split', incident })
  if (verb === 'N' || verb === 'L') return readText(verb, incident, about.text)
  const [word, ...more] = rest.map(({ text }) => text)
  if (more.length > 0 && verb === 'P') return unknown(more[0]!)
  return verb === 'P' ? readPriority(incident, word) : readClosing(incident, rest)
}

function readNew([word]: readonly Word[]): Reading {
  if (!word) return act({ do: 'new', type: null })
  const type = emergencyTypes.find((one) => one.startsWith(word.text.toUpperCase()))
  if (!type) return fault(`“${word.text}” is no type: ${emergencyTypes.join(', ').toLowerCase()}.`)
  return act({ do: 'new', type })
}

function readText(verb: 'N' | 'L', incident: Incident, text: string): Reading {
  const what = verb === 'N' ? 'note' : 'address'
  if (text === '') return open(`Type the ${what} for ${incident.incident_number}.`)
  return act(verb === 'N' ? { do: 'note', incident, text } : { do: 'place', incident, text })
}

function readPriority(incident: Incident, word: string | undefined): Reading {
  if (word === undefined) return open(`Priority of ${incident.incident_number}: 1, 2, 3 or 4?`)
  if (!/^[1-4]$/.test(word)) return fault(`“${word}” is no priority: 1, 2, 3 or 4.`)
  return act({ do: 'priority', incident, priority: Number(word) })
}

/** J E43 E41 joins the first into the second; J E41 the selected one into it. */
function readJoin(given: Given, { incident, rest }: About, world: World): Reading {
  const [word] = rest
  const second = word && findIncident(world, word.text)
  if (word && !second) return fault(`“${word.text}” is no incident on this screen.`)
  const named = given.incident ?? (given.rest[0] && findIncident(world, given.rest[0].text))
  if (!named) return open('Join which incident to which?')
  const [from, into] = second ? [named, second] : [world.selected, named]
  if (!from || !incident || from.id === into.id) return open(`Join ${into.incident_number} to which other?`)
  return act({ do: 'join', from, into })
}

function readClosing(incident: Incident, rest: readonly Word[]): Reading {
  const word = rest.map(({ text }) => text.toUpperCase()).join('_')
  if (word === '') return open(`How did ${incident.incident_number} end? Such as TT, RF, NP, FA.`)
  const named = dispositions.filter((one) => word.length > 2 && one.startsWith(word))
  const disposition = closingCodes[word] ?? (named.length === 1 ? named[0] : undefined)
  if (!disposition) return fault(`“${rest[0]!.text}” is no code of how it ended.`)
  return act({ do: 'close', incident, disposition })
}
