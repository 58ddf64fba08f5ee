import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { type Client, createClient } from '@toneout/contract/client.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import { makeUnits, signIn } from '../server/test/support/centre.ts'
import { asker } from '../server/test/support/http.ts'
import { startTestServer, type TestServer } from '../server/test/support/test-server.ts'
import { readAttempts } from './history/attempts.ts'
import { checkHistory } from './history/check.ts'
import { openRecorder } from './history/recorder.ts'
import { newestIncident, readFinalState } from './read-final-state.ts'
import { recordClient } from './record-client.ts'

let server: TestServer
let folder: string
let send: Client

before(async () => {
  server = await startTestServer()
  folder = mkdtempSync(join(tmpdir(), 'toneout-history-'))
  await signIn(server, 'chief', 'supervisor')
  const account = { username: 'chief', password: 'password of chief' }
  const { body } = await asker(server.baseUrl, {})('POST', '/api/token/', account)
  const headers = () => ({ authorization: `Bearer ${body.access}` })
  send = createClient({ baseUrl: server.baseUrl, headers, timeoutMs: 60_000 })
})
after(async () => {
  rmSync(folder, { recursive: true, force: true })
  await server.close()
})

const open = async (desk: Client, notes: string) => {
  const opening = { emergency_type: 'CARDIAC', priority: 1, location: '21 Harbour Street', notes } as const
  return ((await desk('openIncident', { body: opening })).body as Incident).id
}
const order = async (desk: Client, order_id: string, id: number, unit: number) => {
  const sent = await desk('dispatchUnits', { params: { id }, body: { order_id, unit_ids: [unit] } })
  assert.equal(sent.status, 200, JSON.stringify(sent.body))
}
const merge = async (desk: Client, id: number, into_id: number) => {
  const merged = await desk('mergeIncident', { params: { id }, body: { into_id } })
  assert.equal(merged.status, 200, JSON.stringify(merged.body))
}

/** What a second run does with incidents of the first: its own one into an earlier one, or the other way. */
const ways = [
  ['into an incident of an earlier run', (mine: number, earlier: number) => [mine, earlier]],
  ['with one of an earlier run merged into it', (mine: number, earlier: number) => [earlier, mine]],
] as const
for (const [n, [what, way]] of ways.entries()) {
  test(`a run is judged by what it did: ${what}`, { timeout: 120_000 }, async () => {
    const [first, second, third] = (await makeUnits(server, 3, `M${n}`)) as [number, number, number]
    const earlier = await open(send, `before ${n}`)
    await order(send, `before ${n}`, earlier, first)
    const after = await newestIncident(send)
    const file = join(folder, `${n}.jsonl`)
    const recorder = openRecorder(file, { requests: 100 })
    const desk = recordClient(send, recorder, 'desk')
    const mine = await open(desk, `mine ${n}`)
    await order(desk, `mine ${n}`, mine, second)
    const [from, into] = way(mine, earlier) as [number, number]
    await merge(desk, from, into)
    await order(desk, `more ${n}`, into, third)
    recorder.close()
    const read = await readFinalState(send, readAttempts(readFileSync(file, 'utf8')), after)
    assert.deepEqual(checkHistory(read.attempts, read.state), [])
    assert.deepEqual(read.state.incidents.map(({ id }) => id).toSorted(), [earlier, mine])
    // Nobody has asked for a unit that the run itself has sent.
    const forgotten = read.attempts.filter(({ kind }) => kind !== 'order')
    const state = { ...read.state, orders: [] }
    assert.ok(checkHistory(forgotten, state).some(({ what }) => /nobody asked for assignment/.test(what)))
  })
}
