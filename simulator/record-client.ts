import type { Answer, Client } from '@toneout/contract/client.ts'
import { type StepName, steps } from '@toneout/contract/model/assignment.ts'
import type { Disposition } from '@toneout/contract/model/incident.ts'
import type { Actions, Kind, Replies } from './history/entry.ts'
import type { Pending, Recorder } from './history/recorder.ts'

type Sent = { params?: { id?: number; step?: StepName }; body?: Record<string, unknown> }

/** What of a request belongs into the history; undefined where nothing is changed by it that is judged. */
function actionOf(id: string, { params = {}, body = {} }: Sent): [Kind, Actions[Kind]] | undefined {
  const incident_id = params.id ?? 0
  const ids = body.unit_ids as number[]
  if (id === 'dispatchUnits') {
    const order = { order_id: String(body.order_id), unit_ids: ids, paramedic_ids: ids.map(() => null) }
    return ['order', { incident_id, ...order }]
  }
  if (id === 'stepAssignment') return ['step', { assignment_id: incident_id, to: steps[params.step!] }]
  if (id === 'mergeIncident') return ['merge', { incident_id, into_id: Number(body.into_id) }]
  const disposition = body.disposition as Disposition
  if (id === 'closeIncident') return ['end', { incident_id, to: 'CLOSED', disposition }]
  if (id === 'cancelIncident') return ['end', { incident_id, to: 'CANCELLED', disposition }]
  if (id === 'openIncident') return ['open', { notes: String(body.notes ?? '') }]
  return undefined
}

function note(pending: Pending<Kind>, { status, body }: Answer): void {
  if (status < 300) pending.ok(body as Replies[Kind])
  else if (status >= 500) pending.unknown(String(status))
  else pending.fail(`${status} ${(body as { code?: unknown } | null)?.code}`)
}

/** The client with all it changes written into a history, before it is asked and when it is answered. */
export function recordClient(client: Client, recorder: Recorder, name: string): Client {
  return async (id, request, signal) => {
    const action = actionOf(id, request as Sent)
    const pending = action && (recorder.invoke(name, ...action) as Pending<Kind>)
    try {
      const answer = await client(id, request, signal)
      if (pending) note(pending, answer)
      return answer
    } catch (error) {
      pending?.unknown((error as Error).message)
      throw error
    }
  }
}
