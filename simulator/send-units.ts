import type { Answer } from '@toneout/contract/client.ts'
import type { Recommendation } from '@toneout/contract/operations/recommendations.ts'
import type { Correction } from './desk.ts'
import type { Case, DeskWork, Note } from './desk-work.ts'

/** A plan that has changed under the dispatcher's hand is asked for again so often. */
const mostAskings = 3
/** Simulated seconds until an incident is looked at again for which nobody is free. */
const waitingSeconds = 45

export function later(note: Note, seconds: number, { clock }: Pick<DeskWork, 'clock'>): void {
  note.dueAt = clock() + seconds * 1_000
}

/** Corrects the incident by its calls and sends the demo's units among those recommended. */
export async function send(incident: Case, correction: Correction, note: Note, on: DeskWork): Promise<void> {
  const params = { id: incident.id }
  if (Object.keys(correction).length > 0) await on.send('changeIncident', { params, body: correction })
  for (let asked = 0; asked < mostAskings; asked++) {
    const { status, body } = await on.send('readRecommendation', { params })
    if (status !== 200) return
    const plan = body as Recommendation
    const unit_ids = plan.picks.flatMap(({ unit_id }) => (on.ours.has(unit_id) ? [unit_id] : []))
    if (unit_ids.length === 0) return later(note, waitingSeconds, on)
    const sent = await dispatch(incident, { unit_ids, plan_version: plan.version }, note, on)
    if (sent.status !== 409 || hasEnded(sent)) return
  }
}

export async function dispatch(
  { id }: Case,
  order: { unit_ids: number[]; plan_version?: string },
  note: Note,
  on: DeskWork,
) {
  const order_id = `demo-${on.run}-${id}-${++note.orders}`
  const sent = await on.send('dispatchUnits', { params: { id }, body: { order_id, ...order } })
  if (sent.status !== 200) return sent
  if (!note.isSent) on.counts.dispatched += 1
  note.isSent = true
  on.onSent()
  return sent
}

function hasEnded({ body }: Answer): boolean {
  return (body as { code?: unknown } | null)?.code === 'incident_not_open'
}
