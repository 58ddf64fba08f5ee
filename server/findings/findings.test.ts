import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { signIn } from '../test/support/centre.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let ai: Ask
let desk: Ask

before(async () => {
  server = await startTestServer()
  ai = withKey(server.baseUrl, server.key)
  desk = (await signIn(server, 'anna', 'dispatcher')).ask
})
after(() => server.close())

const sid = 'CA-findings'
const path = `/api/calls/${sid}/findings/`
const facts = async () =>
  (
    await server.ctx.db.pool.query(
      `SELECT type, data FROM facts
        WHERE type IN ('findings_told', 'finding_confirmed', 'call_taken_over') ORDER BY id`,
    )
  ).rows as { type: string; data: object }[]

test('the AI tells what it understood, again and better, and a person has the last word', async () => {
  await ai('POST', '/api/calls/', { call_sid: sid, caller_number: '+15550142' })
  assert.equal((await ai('POST', '/api/calls/nobody/findings/', { findings: [one()] })).status, 404)
  const told = await ai('POST', path, { findings: [one(), one({ field: ' Breathing ', value: 'no' })] })
  assert.equal(told.status, 200)
  assert.deepEqual(
    told.body.results.map((each: { field: string }) => each.field),
    ['access', 'breathing'],
  )
  const { told_at, ...first } = told.body.results[0]
  assert.match(told_at, /Z$/)
  assert.deepEqual(first, {
    ...one(),
    told_by: 'test ai_dispatcher',
    confirmed_at: null,
    confirmed_by: null,
  })
  await ai('POST', path, { findings: [one()] })
  const better = await ai('POST', path, { findings: [one({ value: 'code 4471', confidence: 0.9 })] })
  assert.equal(better.body.results[0].value, 'code 4471')

  const confirmed = await desk('POST', `${path}access/confirm/`, { value: 'code 4417' })
  assert.deepEqual([confirmed.body.value, confirmed.body.confirmed_by], ['code 4417', 'anna'])
  assert.equal((await desk('POST', `${path}access/confirm/`)).status, 200)
  assert.equal((await desk('POST', `${path}nothing/confirm/`)).status, 404)
  const late = await ai('POST', path, { findings: [one({ value: 'code 1' })] })
  assert.equal(late.body.results[0].value, 'code 4417')
  assert.deepEqual((await desk('GET', path)).body, late.body)

  assert.deepEqual(await facts(), [
    { type: 'findings_told', data: { fields: ['access', 'breathing'] } },
    { type: 'findings_told', data: { fields: ['access'] } },
    { type: 'finding_confirmed', data: { field: 'access', changed: true } },
  ])
})

test('what a person tells is confirmed; limits and faults are said', async () => {
  const told = await desk('POST', path, { findings: [one({ field: 'history', confidence: null })] })
  const history = told.body.results.find((each: { field: string }) => each.field === 'history')
  assert.deepEqual([history.confidence, history.confirmed_by], [null, 'anna'])
  for (const findings of [undefined, [], [one({ field: '1st' })], [one({ value: '' })], [{ field: 'x' }]]) {
    assert.equal((await ai('POST', path, { findings })).status, 400)
  }
  const many = Array.from({ length: 38 }, (_, at) => one({ field: `field_${at}` }))
  const { status, body } = await ai('POST', path, { findings: many })
  assert.deepEqual([status, body.findings], [400, ['A call has at most 40 findings.']])
})

test('they go with the words of the call', async () => {
  const { eraseCaller } = await import('../caller-data/erase-calls.ts')
  await eraseCaller(server.ctx, '+15550142', false)
  assert.deepEqual((await desk('GET', path)).body, { results: [] })
})

test('a person takes a call over, once, and the AI sees it with its next reply', async () => {
  const open = { call_sid: 'CA-taken', caller_number: '+15550143' }
  const { body: before } = await ai('POST', '/api/calls/', open)
  assert.deepEqual([before.handoff, before.answered_by], [null, 'AI'])
  const taken = await desk('POST', '/api/calls/CA-taken/take-over/')
  assert.deepEqual(
    [taken.status, taken.body.handoff.by, taken.body.answered_by],
    [200, 'anna', 'AI_THEN_HUMAN'],
  )
  const { ask: ben } = await signIn(server, 'ben', 'dispatcher')
  assert.deepEqual((await ben('POST', '/api/calls/CA-taken/take-over/')).body.handoff, taken.body.handoff)
  const { body } = await ai('PATCH', '/api/calls/CA-taken/', { location: 'Pier 1' })
  assert.deepEqual([body.handoff, body.location], [taken.body.handoff, 'Pier 1'])
  assert.equal((await ai('POST', '/api/calls/CA-taken/take-over/')).status, 403)
  await ai('PATCH', '/api/calls/CA-taken/', { status: 'COMPLETED' })
  assert.equal((await desk('POST', '/api/calls/CA-taken/take-over/')).status, 200)
  await ai('POST', '/api/calls/', { ...open, call_sid: 'CA-over', status: 'COMPLETED' })
  assert.equal((await desk('POST', '/api/calls/CA-over/take-over/')).status, 409)
  assert.equal((await desk('POST', '/api/calls/CA-none/take-over/')).status, 404)
  assert.equal((await facts()).filter(({ type }) => type === 'call_taken_over').length, 1)
})

function one(more: object = {}) {
  return {
    field: 'access',
    value: 'code 4417',
    confidence: 0.6,
    quote: 'the door code is forty-four seventeen',
    sequence: 3,
    ...more,
  }
}
