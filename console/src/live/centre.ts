import type { Assignment } from '@toneout/contract/model/assignment.ts'
import { isLive } from '@toneout/contract/model/assignment.ts'
import type { LiveFact } from '@toneout/contract/model/fact.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import type { Unit } from '@toneout/contract/model/unit.ts'
import { type Dated, distrusted, put } from './dated.ts'

type Rows<T> = ReadonlyMap<number, Dated<T>>

/** Everything the page knows of incidents, units and who is sent where. Never changed in place. */
export type Centre = {
  readonly incidents: Rows<Incident>
  readonly units: Rows<Unit>
  readonly assignments: Rows<Assignment>
}

/** Rows of one reply or of one batch of facts. */
export type CentreRows = {
  readonly incidents?: readonly Incident[]
  readonly units?: readonly Unit[]
  readonly assignments?: readonly Assignment[]
}

export const emptyCentre: Centre = { incidents: new Map(), units: new Map(), assignments: new Map() }

/** The centre itself when nothing in it was replaced, so that nobody looks at it again. */
function settled(before: Centre, after: Centre): Centre {
  const { incidents, units, assignments } = after
  const isSame =
    incidents === before.incidents && units === before.units && assignments === before.assignments
  return isSame ? before : after
}

function merge<T extends { id: number }>(known: Rows<T>, rows: readonly Dated<T>[]): Rows<T> {
  if (rows.length === 0) return known
  const merged = new Map(known)
  for (const next of rows) put(merged, next.row.id, next)
  return merged
}

/** Facts as they came. They carry whole rows, so repeats and facts older than what is loaded do no harm. */
export function applyToCentre(centre: Centre, facts: readonly LiveFact[]): Centre {
  const rows = <T>(of: (fact: LiveFact) => T | null): Dated<T>[] =>
    facts.flatMap((fact) => {
      const row = of(fact)
      return row === null ? [] : { row, cursor: fact.id }
    })
  const incidents = rows((fact) => fact.incident)
  const units = rows((fact) => fact.unit)
  const assignments = rows((fact) => fact.assignment)
  return settled(centre, {
    incidents: merge(centre.incidents, incidents),
    units: merge(centre.units, units),
    assignments: merge(centre.assignments, assignments),
  })
}

/** Rows from a reply asked for when the timeline had been read to `cursor`: later facts win over them. */
export function addToCentre(centre: Centre, given: CentreRows, cursor: number): Centre {
  const dated = <T>(rows: readonly T[] = []) => rows.map((row) => ({ row, cursor }))
  return {
    incidents: merge(centre.incidents, dated(given.incidents)),
    units: merge(centre.units, dated(given.units)),
    assignments: merge(centre.assignments, dated(given.assignments)),
  }
}

/** After a reset: the rows stay on the screen until something is read in their place. */
export function distrustCentre(centre: Centre): Centre {
  return {
    incidents: distrusted(centre.incidents),
    units: distrusted(centre.units),
    assignments: distrusted(centre.assignments),
  }
}

export const isOpen = (incident: Incident) => incident.closed_at === null

/** Which rows of a kind a full reading showed; a kind that is left out was not read. */
export type Seen = { readonly [Kind in keyof Centre]?: ReadonlySet<number> }

/**
 * Drops open incidents, units in use and live assignments that a full reading of these at `cursor` did not
 * show: they ended unseen, in a gap that was too long to replay.
 */
export function dropUnseen(centre: Centre, seen: Seen, cursor: number): Centre {
  const left = <T>(rows: Rows<T>, shown: ReadonlySet<number> | undefined, lasts: (row: T) => boolean) =>
    shown === undefined
      ? rows
      : keep(rows, (entry, id) => shown.has(id) || entry.cursor >= cursor || !lasts(entry.row))
  return {
    incidents: left(centre.incidents, seen.incidents, isOpen),
    units: left(centre.units, seen.units, (unit) => unit.retired_at === null),
    assignments: left(centre.assignments, seen.assignments, (one) => isLive(one.status)),
  }
}

function keep<T>(rows: Rows<T>, stays: (entry: Dated<T>, id: number) => boolean): Rows<T> {
  const kept = new Map([...rows].filter(([id, entry]) => stays(entry, id)))
  return kept.size === rows.size ? rows : kept
}

/** Ended rows that are kept: a late reply may still hold them as they were before, and must lose. */
export const mostEnded = 1_000

/** Keeps memory bounded over a shift: of what has ended the newest stay, and what belongs to `kept`. */
export function trimCentre(centre: Centre, kept: number | null, max = mostEnded): Centre {
  const trimmed = <T>(rows: Rows<T>, goes: (row: T, id: number) => boolean) => {
    // A tenth of slack, so that the work is done once in a while and not with every fact.
    if (rows.size <= max * 1.1) return rows
    const ended = [...rows].filter(([id, { row }]) => goes(row, id)).map(([id]) => id)
    const lost = new Set(ended.sort((a, b) => b - a).slice(max))
    return lost.size === 0 ? rows : keep(rows, (_, id) => !lost.has(id))
  }
  return settled(centre, {
    units: centre.units,
    incidents: trimmed(centre.incidents, (row, id) => !isOpen(row) && id !== kept),
    assignments: trimmed(centre.assignments, (row) => !isLive(row.status) && row.incident_id !== kept),
  })
}

/** Open incidents: the gravest first, among equals the oldest. */
export function openIncidents(known: Centre['incidents']): Incident[] {
  const rows = [...known.values()].map((entry) => entry.row)
  return rows.filter(isOpen).sort(byUrgency)
}

/** Instants are UTC with milliseconds, so their texts sort as they do. */
export function byUrgency(a: Incident, b: Incident): number {
  if (a.priority !== b.priority) return a.priority - b.priority
  if (a.received_at !== b.received_at) return a.received_at < b.received_at ? -1 : 1
  return a.id - b.id
}

/** Nobody is on the way, and it is not merely the disposition that is missing. */
export function waitsForUnit(incident: Incident): boolean {
  return incident.status === 'RECEIVED' && incident.awaiting_close_since === null
}

/** Live assignments by incident, in the order they were made. */
export function liveAssignments(known: Centre['assignments']): Map<number, Assignment[]> {
  const rows = [...known.values()].map((entry) => entry.row)
  const live = rows.filter((row) => isLive(row.status)).sort((a, b) => a.id - b.id)
  return Map.groupBy(live, (row) => row.incident_id)
}

/** Of these incidents, the ones a reader finds different from before, and those that began since. */
export function changedIncidents(before: Centre, after: Centre, since: number, ids: Iterable<number>) {
  return [...ids].filter((id) => {
    const [known, row] = [before.incidents.get(id)?.row, after.incidents.get(id)?.row]
    if (!row) return false
    return known ? known !== row : Date.parse(row.received_at) >= since
  })
}

type Positioned = {
  readonly id: number
  readonly position_at: string | null
  readonly latitude?: number | null
  readonly longitude?: number | null
}

type Whereabouts = { readonly at: string; readonly latitude: number; readonly longitude: number }

/**
 * Where each unit is, and when it was last there. Positions carry no cursor, so the newer moment wins,
 * whether a row or the feed brought it. Read by the page's clock, not by React: they come all the time.
 */
export class Positions {
  #at = new Map<number, string>()
  #where = new Map<number, Whereabouts>()
  /** Grows with what is heard, so that whoever draws knows whether to draw again. */
  version = 0

  hear(units: readonly Positioned[]) {
    for (const { id, position_at: at, latitude, longitude } of units) {
      if (at === null || at <= (this.#at.get(id) ?? '')) continue
      this.#at.set(id, at)
      if (typeof latitude === 'number' && typeof longitude === 'number') {
        this.#where.set(id, { at, latitude, longitude })
      }
      this.version += 1
    }
  }

  at(id: number): string | undefined {
    return this.#at.get(id)
  }

  where(id: number): Whereabouts | undefined {
    return this.#where.get(id)
  }
}
