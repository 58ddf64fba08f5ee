import { ask } from '../access/ask.ts'
import { nextCursor } from '../live/listing.ts'
import type { Live } from '../live/live.ts'

export type Ticket = { live: Live; signal: AbortSignal }
type Page<T> = { next: string | null; results: T[] }

/** Rows of a kind above this are not loaded; a centre that has more has another problem. */
const mostRows = 1_000

/** Reads a list to its end. `whole` is false when there was more than is loaded. */
export async function readAll<T extends { id: number }>(
  { live }: Pick<Ticket, 'live'>,
  read: (cursor: string | undefined) => Promise<Page<T>>,
  take: (rows: T[], heard: number) => void,
): Promise<{ seen: ReadonlySet<number>; whole: boolean }> {
  const seen = new Set<number>()
  let cursor: string | null = null
  do {
    // Taken before asking: the reply is at least as new as what has been heard by now.
    const heard = live.cursor
    const page = await read(cursor ?? undefined)
    take(page.results, heard)
    for (const row of page.results) seen.add(row.id)
    cursor = nextCursor(page.next)
  } while (cursor !== null && seen.size < mostRows)
  return { seen, whole: cursor === null }
}

/** Every open incident and who is on the way to it; says whether these are all. */
export async function loadIncidents(ticket: Ticket): Promise<boolean> {
  const { live, signal } = ticket
  const heard = live.cursor
  const [incidents, assignments] = await Promise.all([
    readAll(
      ticket,
      (cursor) => {
        const query = { open: 'true', ordering: 'priority', page_size: 200, cursor }
        return ask('listIncidents', { query }, signal)
      },
      (rows, at) => live.addToCentre({ incidents: rows }, at),
    ),
    readAll(
      ticket,
      (cursor) => ask('listAssignments', { query: { live: 'true', page_size: 200, cursor } }, signal),
      (rows, at) => live.addToCentre({ assignments: rows }, at),
    ),
  ])
  const seen = {
    incidents: incidents.whole ? incidents.seen : undefined,
    assignments: assignments.whole ? assignments.seen : undefined,
  }
  live.dropUnseen(seen, heard)
  return incidents.whole
}

/** One incident, open or ended, with everybody who was ever sent to it and its newest calls. */
export async function loadIncident({ live, signal }: Ticket, id: number): Promise<true> {
  const heard = live.cursor
  const [{ assignments, ...incident }, calls] = await Promise.all([
    ask('readIncident', { params: { id } }, signal),
    ask('listCalls', { query: { incident_id: id, page_size: 20 } }, signal),
  ])
  live.addToCentre({ incidents: [incident], assignments }, heard)
  live.addCalls(calls.results, heard)
  return true
}
