import type { Client } from '@toneout/contract/client.ts'
import type { Assignment } from '@toneout/contract/model/assignment.ts'
import type { Fact } from '@toneout/contract/model/fact.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import { acknowledged, ofKind } from './history/attempts.ts'
import type { Attempt, FinalState, KeptOrder, OrderReply } from './history/entry.ts'
import { moveOf } from './history/told.ts'

/** Pages of a list that are read at most. */
const mostPages = 5_000

type Listed = 'listIncidents' | 'listAssignments' | 'listUnits' | 'listHospitals'

async function readAll<T>(send: Client, id: Listed, page_size: number): Promise<T[]> {
  const rows: T[] = []
  let cursor: string | undefined
  for (let page = 0; page < mostPages; page++) {
    const { status, body } = await send(id, { query: { page_size, cursor } })
    if (status !== 200) throw new Error(`${id} answered ${status}`)
    const { results, next } = body as { results: T[]; next?: string | null }
    rows.push(...results)
    if (!next) return rows
    cursor = new URL(next, 'http://page').searchParams.get('cursor') ?? undefined
  }
  throw new Error(`${id} has more than ${mostPages} pages`)
}

async function readTimeline(send: Client, id: number): Promise<Fact[]> {
  const facts: Fact[] = []
  for (let page = 0; page < mostPages; page++) {
    const query = { page_size: 500, after: facts.at(-1)?.id }
    const { status, body } = await send('readIncidentTimeline', { params: { id }, query })
    if (status !== 200) throw new Error(`readIncidentTimeline answered ${status}`)
    const { results, more } = body as { results: Fact[]; more: boolean }
    facts.push(...results)
    if (!more) break
  }
  return facts
}

/** The number of the newest incident; 0 while there is none. What comes after is of this run. */
export async function newestIncident(send: Client): Promise<number> {
  const { status, body } = await send('listIncidents', { query: { page_size: 1 } })
  if (status !== 200) throw new Error(`listIncidents answered ${status}`)
  return (body as { results: Incident[] }).results[0]?.id ?? 0
}

/**
 * Orders as the server keeps them: the same order again gives the first reply. Asked only for those that were
 * answered, since another would be carried out.
 */
async function readOrders(send: Client, attempts: readonly Attempt[]): Promise<KeptOrder[]> {
  const kept: KeptOrder[] = []
  for (const { action } of acknowledged(attempts, 'order')) {
    const { order_id, incident_id, unit_ids } = action
    const again = await send('dispatchUnits', { params: { id: incident_id }, body: { order_id, unit_ids } })
    if (again.status === 200) kept.push({ order_id, incident_id, reply: again.body as OrderReply })
  }
  return kept
}

/**
 * What the incidents of the run tell, and those that they were merged with or split from: an earlier one is
 * read too when the run has to do with it, since its units may have come from there or gone there.
 */
async function readTold(send: Client, own: readonly number[]): Promise<{ ids: Set<number>; facts: Fact[] }> {
  const ids = new Set(own)
  const facts = new Map<number, Fact>()
  // A set tells what is added to it meanwhile too.
  for (const id of ids) {
    for (const fact of await readTimeline(send, id)) {
      facts.set(fact.id, fact)
      const move = moveOf(fact)
      if (move) ids.add(move.from).add(move.into)
    }
  }
  return { ids, facts: [...facts.values()] }
}

/** All of this run that the checker judges, read through the same operations as everybody uses. */
export async function readFinalState(
  send: Client,
  attempts: readonly Attempt[],
  after: number,
): Promise<{ attempts: Attempt[]; state: FinalState }> {
  const all = await readAll<Incident>(send, 'listIncidents', 200)
  const { ids, facts } = await readTold(
    send,
    all.map(({ id }) => id).filter((id) => id > after),
  )
  const incidents = all.filter(({ id }) => ids.has(id))
  const assignments = (await readAll<Assignment>(send, 'listAssignments', 200)).filter((one) =>
    ids.has(one.incident_id),
  )
  const rows = new Set(assignments.map(({ id }) => id))
  const own = attempts.filter(({ action }) => {
    if ('incident_id' in action) return ids.has(action.incident_id)
    return 'assignment_id' in action ? rows.has(action.assignment_id) : true
  })
  const opened = new Set(ofKind(own, 'open').map(({ action }) => action.notes))
  return {
    attempts: own,
    state: {
      // What a call has raised was asked for by the call.
      given: incidents.filter(({ notes }) => !opened.has(notes)).map(({ id }) => id),
      earlier: [...ids].filter((id) => id <= after),
      incidents,
      assignments,
      facts,
      orders: await readOrders(send, own),
      units: await readAll(send, 'listUnits', 500),
      hospitals: await readAll(send, 'listHospitals', 500),
    },
  }
}
