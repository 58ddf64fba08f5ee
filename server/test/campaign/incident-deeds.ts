import { dispositions } from '@toneout/contract/model/incident.ts'
import { seeEnd, seeMerge, seeOpen } from './board.ts'
import { type Deed, type Hands, look, nextNumber } from './dispatcher.ts'

export const open: Deed = async ({ name, random, board, exchange }) => {
  const action = { notes: `opened by ${name}, ${nextNumber()}` }
  const body = { ...action, emergency_type: 'MEDICAL', priority: random.int(1, 4), location: 'Pier 3' }
  const { reply } = await exchange.send('open', action, '/api/incidents/', body)
  if (reply) seeOpen(board, reply.id)
}

/** As many incidents stay open as there were at first, so that units always have where to go. */
async function refill(hands: Hands, wanted: number): Promise<void> {
  if (hands.board.incidents.length < wanted) await open(hands)
}

export const end: Deed = async (hands) => {
  const { random, board, exchange } = hands
  const wanted = board.incidents.length
  const incident_id = random.pick(board.incidents)
  const way = random.pick(['close', 'cancel'] as const)
  const disposition = random.pick(dispositions)
  const to = way === 'close' ? ('CLOSED' as const) : ('CANCELLED' as const)
  const body = { disposition, force: random.chance(0.5), reason: 'the campaign goes on' }
  const path = `/api/incidents/${incident_id}/${way}/`
  const { reply } = await exchange.send('end', { incident_id, to, disposition }, path, body)
  if (!reply) return
  seeEnd(board, incident_id)
  await refill(hands, wanted)
}

/** Mostly one that has ended, now and then one that is open and must stay as it is. */
export const reopen: Deed = async ({ random, board, chief }) => {
  const from = random.chance(0.1) || board.ended.length === 0 ? board.incidents : board.ended
  const incident_id = random.pick(from)
  const path = `/api/incidents/${incident_id}/reopen/`
  const { reply } = await chief.send('reopen', { incident_id }, path, { reason: 'they called again' })
  if (reply) seeOpen(board, incident_id)
}

export const merge: Deed = async (hands) => {
  const { random, board, exchange } = hands
  const wanted = board.incidents.length
  const [incident_id, into_id] = random.shuffled(board.incidents)
  if (incident_id === undefined || into_id === undefined) return
  const path = `/api/incidents/${incident_id}/merge/`
  const { outcome, reply } = await exchange.send('merge', { incident_id, into_id }, path, { into_id })
  if (reply) seeMerge(board, incident_id, into_id)
  if (outcome !== 'fail') await look(hands, into_id)
  if (reply) await refill(hands, wanted)
}

/** Mostly one that is merged; what was lost on the way is tried too. */
export const split: Deed = async (hands) => {
  const { random, board, exchange } = hands
  const from = random.chance(0.1) || board.merged.length === 0 ? board.incidents : board.merged
  const incident_id = random.pick(from)
  const { reply } = await exchange.send('split', { incident_id }, `/api/incidents/${incident_id}/split/`)
  if (!reply) return
  seeOpen(board, incident_id)
  await look(hands, incident_id)
  await look(hands, reply.into.id)
}
