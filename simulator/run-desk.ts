import type { Answer, Client } from '@toneout/contract/client.ts'
import type { Assignment } from '@toneout/contract/model/assignment.ts'
import type { Call } from '@toneout/contract/model/call.ts'
import type { Fact } from '@toneout/contract/model/fact.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import type { Recommendation } from '@toneout/contract/operations/recommendations.ts'
import { drawPatient } from './crew-times.ts'
import { type Correction, decide, dispositionOf, humanDelay, mayBeOurs } from './desk.ts'
import type { Random } from './random.ts'

export type DeskWork = {
  send: Client
  clock: () => number
  random: Random
  speed: number
  /** Ids of the demo's units and of its own account. */
  ours: ReadonlySet<number>
  me: number
  /** Names this run in order_ids. */
  run: string
  counts: { open: number; dispatched: number; closed: number }
}
type Case = Incident & { assignments: Assignment[] }
/** `dueAt` is when to look at an incident again, by the simulation's clock. */
type Note = { dueAt: number; orders: number; isSent: boolean }

/** Incidents that are read and that are worked on in one tick, at most; the rest wait for the next. */
const most = { pages: 5, worked: 20 }
/** A plan that has changed under the dispatcher's hand is asked for again so often. */
const mostAskings = 3
/** Simulated seconds until an incident is looked at again. */
const again = { busy: 20, waiting: 45 }
/** What may still need another unit or a disposition; the others are with their crews. */
const wanting: ReadonlySet<string> = new Set(['RECEIVED', 'DISPATCHED', 'EN_ROUTE'])

/** The demo's dispatcher. `tick` looks at what is open and does what is due. */
export function openDesk(on: DeskWork) {
  const notes = new Map<number, Note>()
  return {
    async tick(): Promise<void> {
      const open = (await readOpen(on.send)).filter(mayBeOurs)
      on.counts.open = open.length
      const ids = new Set(open.map(({ id }) => id))
      for (const id of notes.keys()) if (!ids.has(id)) notes.delete(id)
      for (const { id } of open) if (!notes.has(id)) notes.set(id, firstNote(id, on))
      const due = open.filter(({ id, status }) => {
        const note = notes.get(id)!
        if (note.dueAt > on.clock()) return false
        if (!wanting.has(status)) later(note, again.busy, on)
        return wanting.has(status)
      })
      if (due.length === 0) return
      due.sort((a, b) => a.priority - b.priority || a.id - b.id)
      const calls = await readCalls(on.send)
      for (const incident of due.slice(0, most.worked)) await work(incident, open, calls, notes, on)
    },
  }
}

function firstNote(id: number, { random, clock }: DeskWork): Note {
  const seconds = random.stream(`desk ${id}`).int(...humanDelay)
  return { dueAt: clock() + seconds * 1_000, orders: 0, isSent: false }
}

function later(note: Note, seconds: number, { clock }: DeskWork): void {
  note.dueAt = clock() + seconds * 1_000
}

async function work(
  { id }: Incident,
  open: readonly Incident[],
  calls: readonly Call[],
  notes: ReadonlyMap<number, Note>,
  on: DeskWork,
): Promise<void> {
  const note = notes.get(id)!
  later(note, again.busy, on)
  const params = { id }
  const full = await on.send('readIncident', { params })
  const told = await on.send('readIncidentTimeline', { params, query: { page_size: 500 } })
  if (full.status !== 200 || told.status !== 200) return
  const incident = full.body as Case
  if (incident.closed_at !== null) return
  const { results: facts } = told.body as { results: Fact[] }
  const about = calls.filter(({ incident_id }) => incident_id === id)
  const { me, speed } = on
  const decision = decide({ incident, facts, calls: about, others: open, me, speed, now: Date.now() })
  if (decision.do === 'send') await send(incident, decision.correction, note, on)
  else if (decision.do === 'merge') {
    await on.send('mergeIncident', { params, body: { into_id: decision.into_id } })
  } else if (decision.do === 'cancel') {
    const body = { disposition: 'CANCELLED_BEFORE_ARRIVAL', reason: 'Waited too long for a unit' } as const
    await on.send('cancelIncident', { params, body })
  } else if (decision.do === 'close') {
    const patient = drawPatient(on.random.stream(`patient ${id}`), incident.emergency_type)
    const body = { disposition: dispositionOf(incident.assignments, patient) }
    if ((await on.send('closeIncident', { params, body })).status === 200) on.counts.closed += 1
  }
}

/** Corrects the incident by its calls and sends the demo's units among those recommended. */
async function send(incident: Case, correction: Correction, note: Note, on: DeskWork): Promise<void> {
  const params = { id: incident.id }
  if (Object.keys(correction).length > 0) await on.send('changeIncident', { params, body: correction })
  for (let asked = 0; asked < mostAskings; asked++) {
    const { status, body } = await on.send('readRecommendation', { params })
    if (status !== 200) return
    const plan = body as Recommendation
    const unit_ids = plan.picks.flatMap(({ unit_id }) => (on.ours.has(unit_id) ? [unit_id] : []))
    if (unit_ids.length === 0) return later(note, again.waiting, on)
    const order_id = `demo-${on.run}-${incident.id}-${++note.orders}`
    const order = { order_id, unit_ids, plan_version: plan.version }
    const sent = await on.send('dispatchUnits', { params, body: order })
    if (sent.status === 200 && !note.isSent) {
      note.isSent = true
      on.counts.dispatched += 1
    }
    if (sent.status !== 409 || hasEnded(sent)) return
  }
}

function hasEnded({ body }: Answer): boolean {
  return (body as { code?: unknown } | null)?.code === 'incident_not_open'
}

/** Everything open, newest first. */
async function readOpen(send: Client): Promise<Incident[]> {
  const open: Incident[] = []
  let cursor: string | undefined
  for (let page = 0; page < most.pages; page++) {
    const { status, body } = await send('listIncidents', { query: { open: 'true', page_size: 200, cursor } })
    if (status !== 200) throw new Error(`listIncidents answered ${status}`)
    const { results, next } = body as { results: Incident[]; next: string | null }
    open.push(...results)
    if (next === null) break
    cursor = new URL(next, 'http://page').searchParams.get('cursor') ?? undefined
  }
  return open
}

/** The newest calls: what was told after an incident was raised is in them. */
async function readCalls(send: Client): Promise<Call[]> {
  const { status, body } = await send('listCalls', { query: { page_size: 200 } })
  return status === 200 ? (body as { results: Call[] }).results : []
}
