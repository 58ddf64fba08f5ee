import type { Incident } from '@toneout/contract/model/incident.ts'
import type { Unit } from '@toneout/contract/model/unit.ts'
import { plain, typeWord } from '../ui/words.ts'
import type { Act } from './acts.ts'
import { statusCodes } from './vocabulary.ts'
import { shortNumber } from './world.ts'

/** An act in words: what is done, and what it is done to. */
export type Said = { readonly lead: string; readonly rest: string }

const numbers = (units: readonly Unit[]) => units.map((unit) => unit.unit_number).join(' + ')
const named = (row: Incident) =>
  [shortNumber(row.incident_number), typeWord(row.emergency_type), row.location].filter(Boolean).join(' ')

/** Such as ' (M09 is en route)' for units that are not free; '' when all are. */
function notFree(units: readonly Unit[]): string {
  const bound = units.filter((unit) => unit.status !== 'AVAILABLE')
  if (bound.length === 0) return ''
  return ` (${bound.map((unit) => `${unit.unit_number} is ${plain(unit.status).toLowerCase()}`).join(', ')})`
}

/** What a line does, before it does it. */
export function sayAct(act: Act): Said {
  switch (act.do) {
    case 'dispatch':
      return {
        lead: `Dispatch ${numbers(act.units)}`,
        rest: `to ${named(act.incident)}${notFree(act.units)}`,
      }
    case 'status': {
      const { code, hospital, units } = act
      const to = hospital ? ` to ${hospital.name}` : ''
      return { lead: `${numbers(units)} ${statusCodes[code].words}`, rest: to.trim() }
    }
    case 'release':
      return { lead: `Release ${numbers(act.units)}`, rest: 'from what it is on, free again' }
    case 'move':
      if (!act.station) return { lead: `Send ${act.unit.unit_number} back`, rest: 'to its own station' }
      return { lead: `Move ${act.unit.unit_number} up`, rest: `to ${act.station.name}` }
    case 'divert':
      return { lead: `Divert ${act.unit.unit_number}`, rest: `to ${named(act.incident)}` }
    case 'show':
      return { lead: `Show ${act.unit.unit_number}`, rest: plain(act.unit.status).toLowerCase() }
    case 'message':
      return { lead: `Message to ${act.unit.unit_number}`, rest: `“${act.text}”` }
    case 'new':
      return { lead: 'New incident by hand', rest: typeWord(act.type) ?? '' }
    default:
      return sayOfIncident(act)
  }
}

type OfIncident = Extract<Act, { do: 'open' | 'note' | 'priority' | 'place' | 'join' | 'split' | 'close' }>

function sayOfIncident(act: OfIncident): Said {
  switch (act.do) {
    case 'open':
      return { lead: 'Open', rest: named(act.incident) }
    case 'note':
      return { lead: `Note on ${shortNumber(act.incident.incident_number)}`, rest: `“${act.text}”` }
    case 'priority': {
      const { incident, priority } = act
      return { lead: `Priority ${incident.priority} to ${priority}`, rest: `of ${named(incident)}` }
    }
    case 'place':
      return { lead: `${shortNumber(act.incident.incident_number)} is at`, rest: act.text }
    case 'join':
      return {
        lead: `Join ${shortNumber(act.from.incident_number)}`,
        rest: `into ${named(act.into)}; ${shortNumber(act.into.incident_number)} stays`,
      }
    case 'split':
      return { lead: 'Take the join back', rest: `of ${named(act.incident)}` }
    case 'close':
      return {
        lead: `Close ${shortNumber(act.incident.incident_number)}`,
        rest: `${plain(act.disposition).toLowerCase()}; its units are free`,
      }
  }
}
