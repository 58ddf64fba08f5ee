import type { Connection, Database } from '../lib/db.ts'
import { dayMs, type Packed, packRows, type Rows } from './packed-rows.ts'
import { readCallRows, readIncidentRows, readRunRows, type Spans } from './store-day-rows.ts'

/** Too much of the period is not packed yet; the figures are there soon. */
export class NotReady extends Error {}

/** Rows of each kind that a question may read beside what is packed. */
export const mostRaw = 60_000

const instant = (day: number) => new Date(day * dayMs).toISOString()

/** The days from one to another (since 1970) that are not among the known ones, as few spans of time. */
function spansOf(first: number, last: number, known: ReadonlySet<number>) {
  const spans: { since: string[]; until: string[] } = { since: [], until: [] }
  let open: number | undefined
  for (let day = first; day <= last + 1; day += 1) {
    const isMissing = day <= last && !known.has(day)
    if (isMissing) open ??= day
    else if (open !== undefined) {
      spans.since.push(instant(open))
      spans.until.push(instant(day))
      open = undefined
    }
  }
  return spans
}

async function readRows(from: Connection | Database['pool'], spans: Spans, most: number): Promise<Rows> {
  const incidents = await readIncidentRows(from, spans, most + 1)
  const runs = await readRunRows(from, spans, most + 1)
  const calls = await readCallRows(from, spans, most + 1)
  if (Math.max(incidents.length, runs.length, calls.length) > most) throw new NotReady()
  return { incidents, runs, calls }
}

type Mutable = { [K in keyof Rows]: Rows[K][number][] }

function byDay({ incidents, runs, calls }: Rows): Map<number, Mutable> {
  const days = new Map<number, Mutable>()
  const dayOf = (at: number) => {
    const day = Math.floor(at / dayMs)
    const found = days.get(day) ?? { incidents: [], runs: [], calls: [] }
    days.set(day, found)
    return found
  }
  const place = new Map<number, Mutable>()
  for (const row of incidents) {
    const day = dayOf(row[1])
    day.incidents.push(row)
    place.set(row[0], day)
  }
  // What was written between the two statements has no incident here.
  for (const row of runs) place.get(row[0])?.runs.push(row)
  for (const row of calls) dayOf(row[0]).calls.push(row)
  return days
}

/** Days that are not among the known ones, packed from their rows; those without any are missing. */
export async function readRaw(
  from: Connection | Database['pool'],
  first: number,
  last: number,
  known: ReadonlySet<number>,
  most = mostRaw,
): Promise<Map<number, Packed>> {
  const spans = spansOf(first, last, known)
  if (spans.since.length === 0) return new Map()
  const days = byDay(await readRows(from, spans, most))
  return new Map([...days].map(([day, rows]) => [day, packRows(rows, day * dayMs)]))
}
