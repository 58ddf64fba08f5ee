import type { Client } from '@toneout/contract/client.ts'
import type { Call } from '@toneout/contract/model/call.ts'
import type { Fact } from '@toneout/contract/model/fact.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import { drawPatients } from './crew-times.ts'
import { decide, dispositionOf, humanDelay, mayBeOurs } from './desk.ts'
import type { Case, DeskWork, Note } from './desk-work.ts'
import { isCrowd, reinforce } from './reinforce.ts'
import { later, send } from './send-units.ts'

/** Incidents that are read and that are worked on in one tick, at most; the rest wait for the next. */
const most = { pages: 5, worked: 20 }
/** Simulated seconds until an incident is looked at again. */
const busySeconds = 20
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
      const due = open.filter(({ id, status, latitude, longitude }) => {
        const note = notes.get(id)!
        if (note.dueAt > on.clock()) return false
        const isWanting = wanting.has(status) || isCrowd({ latitude, longitude }, on)
        if (!isWanting) later(note, busySeconds, on)
        return isWanting
      })
      if (due.length === 0) return
      due.sort((a, b) => a.priority - b.priority || a.id - b.id)
      const calls = await readCalls(on.send)
      for (const incident of due.slice(0, most.worked)) await work(incident, open, calls, notes, on)
    },
  }
}

function firstNote(id: number, { random, clock, ordinal }: DeskWork): Note {
  const seconds = random.stream(`desk ${ordinal('incident', id)}`).int(...humanDelay)
  return { seenAt: clock(), dueAt: clock() + seconds * 1_000, orders: 0, isSent: false }
}

async function work(
  { id }: Incident,
  open: readonly Incident[],
  calls: readonly Call[],
  notes: ReadonlyMap<number, Note>,
  on: DeskWork,
): Promise<void> {
  const note = notes.get(id)!
  later(note, busySeconds, on)
  const params = { id }
  const full = await on.send('readIncident', { params })
  const told = await on.send('readIncidentTimeline', { params, query: { page_size: 500 } })
  if (full.status !== 200 || told.status !== 200) return
  const incident = full.body as Case
  if (incident.closed_at !== null) return
  const { results: facts } = told.body as { results: Fact[] }
  const about = calls.filter(({ incident_id }) => incident_id === id)
  const waitedOf = (other: number) => on.clock() - (notes.get(other)?.seenAt ?? on.clock())
  const seen = { me: on.me, now: Date.now(), waited: waitedOf(id), waitedOf }
  const decision = decide({ incident, facts, calls: about, others: open, ...seen })
  if (decision.do === 'send') await send(incident, decision.correction, note, on)
  else if (decision.do === 'leave') await reinforce(incident, note, on)
  else if (decision.do === 'merge') {
    await on.send('mergeIncident', { params, body: { into_id: decision.into_id } })
  } else if (decision.do === 'cancel') {
    const body = { disposition: 'CANCELLED_BEFORE_ARRIVAL', reason: 'Waited too long for a unit' } as const
    await on.send('cancelIncident', { params, body })
  } else if (decision.do === 'close') {
    const patients = drawPatients(
      on.random.stream(`patient ${on.ordinal('incident', id)}`),
      incident.emergency_type,
    )
    const body = { disposition: dispositionOf(incident.assignments, patients) }
    if ((await on.send('closeIncident', { params, body })).status === 200) on.counts.closed += 1
  }
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
