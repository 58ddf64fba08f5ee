import type { Incident } from '@toneout/contract/model/incident.ts'
import type { Unit } from '@toneout/contract/model/unit.ts'
import { ask, Refused, reason } from '../access/ask.ts'
import { openIncident } from '../calls/select.ts'
import { openSide } from '../frame/side-store.ts'
import { findPlaces, placed } from '../incidents/find-places.ts'
import type { Act } from './acts.ts'
import { statusCodes } from './vocabulary.ts'
import { shortNumber } from './world.ts'

/** What came of an act, in words; `is: 'unsure'` when no answer came and it may be sent again. */
export type Done = { is: 'done' | 'refused' | 'unsure'; words: string }

type Of<D extends Act['do']> = Extract<Act, { do: D }>
const done = (words: string): Done => ({ is: 'done', words })
const e = (row: Incident) => shortNumber(row.incident_number)

/** Does what a line says and tells what came of it; only dispatching is done elsewhere, by the orders. */
export async function runAct(act: Exclude<Act, { do: 'dispatch' }>): Promise<Done> {
  try {
    return await perform(act)
  } catch (error) {
    if (error instanceof Refused && error.status < 500) {
      const fields = Object.values(error.fields).join(' ')
      return { is: 'refused', words: `Refused: ${fields || error.message}` }
    }
    return { is: 'unsure', words: `Not sent. ${reason(error)} Enter tries again.` }
  }
}

function perform(act: Exclude<Act, { do: 'dispatch' }>): Promise<Done> | Done {
  switch (act.do) {
    case 'open':
      openIncident(act.incident.id)
      return done(`${e(act.incident)} is open.`)
    case 'show':
      return show(act)
    case 'new':
      openSide({ is: 'raise', type: act.type })
      return done('')
    case 'status':
      return setStatus(act)
    case 'release':
      return release(act)
    case 'move':
      return move(act)
    case 'divert':
      return divert(act)
    case 'message':
      return message(act)
    default:
      return changeIncident(act)
  }
}

function show({ unit }: Of<'show'>): Done {
  openSide({ is: 'unit', id: unit.id })
  if (unit.incident_id !== null) openIncident(unit.incident_id)
  return done('')
}

const numbers = (units: readonly Unit[]) => units.map((unit) => unit.unit_number).join(' + ')

async function setStatus({ units, code, hospital }: Of<'status'>): Promise<Done> {
  const meaning = statusCodes[code]
  const one = async (unit: Unit) => {
    const params = { id: unit.id }
    if ('wait' in meaning) return ask('moveUnit', { params, body: { to: meaning.wait } })
    const step = 'step' in meaning ? meaning.step : 'clear'
    if (unit.assignment_id !== null && !('duty' in meaning)) {
      const body = hospital ? { hospital_id: hospital.id } : {}
      return ask('stepAssignment', { params: { id: unit.assignment_id, step }, body })
    }
    const duty = 'duty' in meaning ? meaning.duty : 'AVAILABLE'
    const why = 'reason' in meaning ? { reason: meaning.reason } : {}
    return ask('setUnitDuty', { params, body: { duty, ...why } })
  }
  await Promise.all(units.map(one))
  return done(`${numbers(units)} ${meaning.words}.`)
}

const beforeScene = ['AVAILABLE', 'EN_ROUTE']

async function release({ units }: Of<'release'>): Promise<Done> {
  const one = async (unit: Unit) => {
    if (unit.assignment_id === null) return
    const step = beforeScene.includes(unit.status) ? 'cancel' : 'clear'
    const body = step === 'cancel' ? { reason: 'Released by the desk' } : {}
    await ask('stepAssignment', { params: { id: unit.assignment_id, step }, body })
  }
  await Promise.all(units.map(one))
  return done(`${numbers(units)} free again.`)
}

async function move({ unit, station }: Of<'move'>): Promise<Done> {
  const body = station ? { to: 'STATION' as const, station_id: station.id } : { to: 'OWN_STATION' as const }
  await ask('moveUnit', { params: { id: unit.id }, body })
  return done(
    `${unit.unit_number} is moved ${station ? `up to ${station.name}` : 'back to its own station'}.`,
  )
}

async function divert({ unit, incident }: Of<'divert'>): Promise<Done> {
  const body = { incident_id: incident.id, reason: 'Diverted by the desk' }
  await ask('divertUnit', { params: { id: unit.assignment_id as number }, body })
  return done(`${unit.unit_number} is diverted to ${e(incident)}.`)
}

async function message({ unit, text }: Of<'message'>): Promise<Done> {
  await ask('sendCrewMessage', { params: { id: unit.id }, body: { text } })
  return done(`Message to ${unit.unit_number} is on its way; its timeline tells when it is read.`)
}

type OfIncident = Of<'note' | 'priority' | 'place' | 'join' | 'split' | 'close'>

async function changeIncident(act: OfIncident): Promise<Done> {
  if (act.do === 'join') {
    await ask('mergeIncident', { params: { id: act.from.id }, body: { into_id: act.into.id } })
    openIncident(act.into.id)
    return done(`${e(act.from)} is joined into ${e(act.into)}. SPLIT ${e(act.from)} takes it back.`)
  }
  const params = { id: act.incident.id }
  if (act.do === 'note') {
    await ask('addNote', { params, body: { text: act.text } })
    return done(`Noted on ${e(act.incident)}.`)
  }
  if (act.do === 'split') {
    await ask('splitIncident', { params })
    return done(`${e(act.incident)} stands by itself again.`)
  }
  if (act.do === 'close') {
    await ask('closeIncident', { params, body: { disposition: act.disposition } })
    return done(`${e(act.incident)} is closed.`)
  }
  if (act.do === 'priority') {
    await ask('changeIncident', { params, body: { priority: act.priority } })
    return done(`${e(act.incident)} has priority ${act.priority}.`)
  }
  const place = placed(act.text, await findPlaces(act.text))
  await ask('changeIncident', { params, body: place.body })
  return done(`${e(act.incident)} is at ${place.words}.`)
}
