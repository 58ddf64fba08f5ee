import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Answer } from '@toneout/contract/client.ts'
import type { Call } from '@toneout/contract/model/call.ts'
import type { Interaction } from '@toneout/contract/model/interaction.ts'
import { planHour } from './demand.ts'
import { playLifecycle } from './lifecycle.ts'
import { startFlakyProxy } from './test/flaky-proxy.ts'
import { openStage, rehearse, type Stage, scripts } from './test/rehearsal.ts'
import { verify } from './verify.ts'

let stage: Stage
before(async () => {
  stage = await openStage()
})
after(() => stage.server.close())

const body = <T>(answer: Answer) => answer.body as T

test('half an hour of calls at full speed: every acknowledged thing is there and nothing else', async () => {
  const agent = stage.withKey()
  const hour = planHour(scripts, { seed: 'integration', minutes: 30, callsPerHour: 300 })
  const expected = await agent.play(hour, 'hour')
  assert.equal(expected.length, hour.length)
  assert.deepEqual([...agent.tally.errors], [])
  assert.equal(agent.tally.callsOpen, 0)
  const lines = hour.flatMap((call) => call.steps).filter((step) => step.do === 'say').length
  assert.equal(agent.tally.lines, lines)
  assert.deepEqual(await verify(agent.send, expected), [])
  const read = await agent.send('listCalls', { query: { page_size: 1 } })
  assert.equal(body<{ count: number }>(read).count, hour.length, 'one row for each call_sid')
})

test('one login for a whole call, the token refreshed in mid-call', async () => {
  const agent = stage.withPassword()
  const call = rehearse('stroke', 'tokens')
  const seconds = call.steps.at(-1)!.at / 1_000
  // Slow enough for three lives of a token of two seconds.
  const expected = await agent.play([call], 'tokens', { speed: seconds / 6 })
  assert.equal(agent.session.logins, 1)
  assert.ok(agent.session.refreshes >= 2, `${agent.session.refreshes} refreshes`)
  assert.deepEqual([...agent.tally.errors], [])
  assert.deepEqual(await verify(stage.withKey().send, expected, true), [])
})

test('two interactions a turn, partial texts put right, partial updates, a completed call', async () => {
  const agent = stage.withKey()
  const call = rehearse('cardiac-arrest-home', '3')
  const [expected] = await agent.play([call], 'flow')
  const params = { call_sid: expected!.call_sid }
  const row = body<Call>(await agent.send('readCall', { params }))
  assert.equal(row.status, 'COMPLETED')
  assert.equal(row.emergency_type, 'CARDIAC', 'opened as MEDICAL, corrected')
  assert.equal(row.priority_level, 'CRITICAL')
  assert.equal(row.location, call.place.written)
  assert.equal(row.latitude, call.place.latitude)
  assert.ok(row.completed_at && row.duration_seconds !== null)
  const lines = body<Interaction[]>(await agent.send('listInteractions', { params, query: {} }))
  assert.deepEqual(
    lines.map((line) => line.sequence),
    lines.map((_, i) => i + 1),
  )
  assert.ok(lines.every((line) => line.is_final))
  const turns = lines.filter((line, i) => line.speaker === 'CALLER' && lines[i + 1]?.speaker === 'SYSTEM')
  assert.ok(turns.length >= 10, `${turns.length} turns of two lines`)
  assert.ok(lines.every((line) => (line.speaker === 'CALLER') === (line.confidence !== null)))
})

test('the same call opened twice at the same instant and again later is one call', async () => {
  const agent = stage.withKey()
  const [first, ...rest] = rehearse('duplicate-create', '5').steps
  assert.ok(first?.do === 'open' && rest.some((step) => step.do === 'open_again'))
  const call = { ...rehearse('duplicate-create', '5'), steps: [{ ...first, copies: 2 as const }, ...rest] }
  const [expected] = await agent.play([call], 'twice')
  assert.deepEqual([...agent.tally.errors], [])
  assert.deepEqual(await verify(agent.send, [expected!]), [])
  const row = body<Call>(await agent.send('readCall', { params: { call_sid: expected!.call_sid } }))
  assert.equal(row.location, call.place.written, 'a repeated create does not overwrite')
  assert.equal(row.emergency_type, 'MEDICAL')
})

test('a lost client leaves an open call with an unfinished line', async () => {
  const agent = stage.withKey()
  const expected = await agent.play([rehearse('hang-up', '1'), rehearse('lost-signal', '1')], 'lost')
  assert.equal(agent.tally.callsLost, 2)
  for (const { call_sid } of expected) {
    const row = body<Call>(await agent.send('readCall', { params: { call_sid } }))
    const lines = body<Interaction[]>(
      await agent.send('listInteractions', { params: { call_sid }, query: {} }),
    )
    assert.equal(row.status, 'IN_PROGRESS')
    assert.equal(row.completed_at, null)
    assert.equal(lines.at(-1)?.is_final, false)
  }
  assert.deepEqual(await verify(agent.send, expected), [])
})

test('through a bad network nothing acknowledged is lost and nothing is there twice', async (t) => {
  const proxy = await startFlakyProxy(stage.server.baseUrl, 'trouble', { share: 0.12 })
  t.after(proxy.close)
  const agent = stage.withPassword(proxy.url)
  const hour = planHour(scripts, { seed: 'bad network', minutes: 6, callsPerHour: 300 })
  const expected = await agent.play(hour, 'bad network')
  for (const [trouble, count] of Object.entries(proxy.troubles))
    assert.ok(count > 10, `${count} x ${trouble}`)
  assert.ok(agent.tally.retries > 30)
  assert.equal(agent.session.logins, 1)
  const unanswered = expected.filter(({ unsure }) => unsure.size > 0)
  assert.deepEqual(unanswered, [], 'seven tries get through a network that loses one in eight')
  assert.deepEqual(await verify(stage.withKey().send, expected, true), [])
})

test('stopped in the middle, no call is left open but those whose client is lost', async () => {
  const stopping = new AbortController()
  const { send, play, tally } = stage.withKey()
  const hour = planHour(scripts, { seed: 'stop', minutes: 5, callsPerHour: 300 })
  const looking = setInterval(() => {
    if (tally.callsStarted > 5) stopping.abort('asked')
  }, 10)
  const expected = await play(hour, 'stop', { speed: 60, signal: stopping.signal })
  clearInterval(looking)
  assert.ok(expected.length > 3 && expected.length < hour.length, `${expected.length} of ${hour.length}`)
  assert.deepEqual(await verify(send, expected), [])
  for (const [i, { facts }] of expected.entries()) {
    if (hour[i]!.ends) assert.match(String(facts.get('status')), /COMPLETED|CANCELLED/)
  }
})

test('the benchmark call runs through a bare client', async () => {
  const headers = { 'content-type': 'application/json', 'x-api-key': stage.server.key }
  const requests = await playLifecycle('bench/1', (method, path, sent) =>
    fetch(stage.server.baseUrl + path, { method, headers, body: JSON.stringify(sent) }),
  )
  assert.equal(requests, 14)
  const read = await fetch(`${stage.server.baseUrl}/api/calls/bench%2F1/interactions/`, { headers })
  assert.equal(((await read.json()) as unknown[]).length, 12)
  await assert.rejects(
    playLifecycle('x', async () => ({ status: 500 })),
    /answered 500, not 201/,
  )
})
