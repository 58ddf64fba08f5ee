import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { makeUnits, signIn } from '../test/support/centre.ts'
import type { Ask } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let ask: Ask
let supervisor: Ask
let serial = 0

before(async () => {
  server = await startTestServer()
  ask = (await signIn(server, 'desk', 'dispatcher')).ask
  supervisor = (await signIn(server, 'chief', 'supervisor')).ask
})
after(() => server.close())

const raise = async (): Promise<number> =>
  (await ask('POST', '/api/incidents/', { emergency_type: 'CARDIAC', location: 'Pier 3' })).body.id
async function send(id: number): Promise<number> {
  const unit_ids = await makeUnits(server, 1, `C${++serial}-`)
  const { body } = await ask('POST', `/api/incidents/${id}/assignments/`, {
    order_id: `c${serial}`,
    unit_ids,
  })
  return body.assignments[0].id
}
const step = async (id: number, name: string) =>
  (await ask('POST', `/api/assignments/${id}/${name}/`, {})).body
const awaits = async (id: number) => (await ask('GET', `/api/incidents/${id}/`)).body.awaiting_close_since
const listed = async (flag: boolean) => {
  const { body } = await ask('GET', `/api/incidents/?open=true&awaiting_close=${flag}&page_size=200`)
  return body.results.map((one: { id: number }) => one.id)
}

/** An incident whose only unit was there and is free again. */
async function served(): Promise<number> {
  const id = await raise()
  const unit = await send(id)
  await step(unit, 'on-scene')
  const { cleared_at } = await step(unit, 'clear')
  assert.equal(await awaits(id), cleared_at)
  return id
}

test('an incident whose last unit is free again waits for its disposition, and is listed so', async () => {
  const [waiting, fresh] = [await served(), await raise()]
  assert.deepEqual(
    [(await listed(true)).includes(waiting), (await listed(true)).includes(fresh)],
    [true, false],
  )
  assert.deepEqual(
    [(await listed(false)).includes(waiting), (await listed(false)).includes(fresh)],
    [false, true],
  )
})

const ends: [name: string, act: (id: number) => Promise<unknown>][] = [
  ['another unit is sent', send],
  [
    'it is closed',
    (id) => ask('POST', `/api/incidents/${id}/close/`, { disposition: 'TREATED_AND_RELEASED' }),
  ],
  ['it is merged', async (id) => ask('POST', `/api/incidents/${id}/merge/`, { into_id: await raise() })],
]
for (const [name, act] of ends) {
  test(`it waits no more when ${name}`, async () => {
    const id = await served()
    await act(id)
    assert.equal(await awaits(id), null)
    assert.ok(!(await listed(true)).includes(id))
  })
}

test('reopened, it waits again only after another unit was there; the reopening is stamped', async () => {
  const id = await served()
  await ask('POST', `/api/incidents/${id}/close/`, { disposition: 'TREATED_AND_RELEASED' })
  const { body } = await supervisor('POST', `/api/incidents/${id}/reopen/`, { reason: 'caller rang again' })
  assert.ok(body.reopened_at >= body.received_at)
  assert.deepEqual([body.awaiting_close_since, await awaits(id)], [null, null])
  const unit = await send(id)
  await step(unit, 'on-scene')
  const { cleared_at } = await step(unit, 'clear')
  assert.equal(await awaits(id), cleared_at)
})

test('split, it waits as before the merge', async () => {
  const id = await served()
  const since = await awaits(id)
  await ask('POST', `/api/incidents/${id}/merge/`, { into_id: await raise() })
  const { body } = await ask('POST', `/api/incidents/${id}/split/`)
  assert.equal(body.from.awaiting_close_since, since)
})

test('an incident raised by hand for a call counts from when the call was received', async () => {
  const call = {
    call_sid: 'by-hand',
    caller_number: '+15550142',
    emergency_type: 'POLICE',
    location: 'Pier 3',
  }
  const { body: opened } = await ask('POST', '/api/calls/', call)
  const body = { emergency_type: 'POLICE', location: 'Pier 3', call_id: opened.id }
  const raised = await ask('POST', '/api/incidents/', body)
  assert.equal(raised.body.received_at, opened.created_at)
})
