import { queueOf } from '../incidents/queue.ts'
import type { Board } from '../live/board.ts'
import { type Centre, openIncidents, waitsForUnit } from '../live/centre.ts'
import { openCalls } from '../live/listing.ts'
import { focusLine } from '../ui/keyboard.ts'
import { moveToIncident, openIncident } from './select.ts'
import { changeView, currentView } from './view-store.ts'
import { personFirst } from './wants-person.ts'

/**
 * Selects the open call below or above the selected one; from outside the open calls, the first or the last.
 */
export function stepOpenCall(board: Board, act: 'next_call' | 'previous_call') {
  const sids = personFirst(openCalls(board)).map((call) => call.call_sid)
  const at = sids.indexOf(currentView().call ?? '')
  const next = act === 'next_call' ? at + 1 : (at === -1 ? sids.length : at) - 1
  const sid = sids[Math.min(sids.length - 1, Math.max(0, next))]
  if (sid !== undefined) changeView({ call: sid, incident: null })
}

/**
 * Selects the next incident that waits for a unit, round and round, ready for a press of Enter; says whether
 * there is one.
 */
export function stepWaiting(centre: Centre): boolean {
  const waiting = openIncidents(centre.incidents).filter(waitsForUnit)
  const at = waiting.findIndex((row) => row.id === currentView().incident)
  const next = waiting[(at + 1) % waiting.length]
  if (!next) return false
  openIncident(next.id)
  focusLine()
  return true
}

/** Selects the open incident above or below the selected one; from outside them, the first or the last. */
export function stepIncident(centre: Centre, to: 'up' | 'down') {
  const rows = queueOf(centre)
  const at = rows.findIndex((row) => row.id === currentView().incident)
  const next = to === 'down' ? at + 1 : (at === -1 ? rows.length : at) - 1
  const row = rows[Math.min(rows.length - 1, Math.max(0, next))]
  if (row) moveToIncident(row.id)
}

/** Selects the incident in a row by the number that stands before it. */
export function selectRow(centre: Centre, row: number) {
  const incident = queueOf(centre)[row - 1]
  if (!incident) return
  openIncident(incident.id)
  focusLine()
}
