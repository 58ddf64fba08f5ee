import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  assertWhole,
  countDeadlocks,
  openRaceCentre,
  type RaceCentre,
  shuffled,
} from '../test/campaign/race-centre.ts'
import { makeIncidents, makeParamedic, makeUnits, signIn } from '../test/support/centre.ts'
import { asker } from '../test/support/http.ts'

const range = (count: number) => Array.from({ length: count }, (_, at) => at)
const limit = { timeout: 120_000 }

let centre: RaceCentre
const by = (at: number) => centre.desks[at % 2] as RaceCentre['desks'][0]

before(async () => {
  centre = await openRaceCentre()
})
after(() => centre.close())

test('200 dispatchers for one unit on two processes: one 200, 199 times 409', limit, async () => {
  const incidents = await makeIncidents(centre.server, 200, 'one-')
  const [ambulance_id] = await makeUnits(centre.server, 1, 'A')
  const answers = await Promise.all(
    incidents.map((emergency_call_id, at) =>
      by(at)('POST', '/api/dispatch/', { emergency_call_id, ambulance_id }),
    ),
  )
  const count = (status: number) => answers.filter((one) => one.status === status).length
  assert.deepEqual([count(200), count(409)], [1, 199])
  await assertWhole(centre)
})

test('orders of several units in opposite order: all or none, no deadlock, no 5xx', limit, async () => {
  const incidents = await makeIncidents(centre.server, 100, 'many-')
  const units = await makeUnits(centre.server, 50, 'B')
  const answers = await Promise.all(
    incidents.map((id, at) => {
      const start = (at * 7) % 47
      const chosen = units.slice(start, start + 3)
      const unit_ids = at % 2 === 0 ? chosen : chosen.toReversed()
      return by(at)('POST', `/api/incidents/${id}/assignments/`, { order_id: `many-${at}`, unit_ids })
    }),
  )
  for (const { status, body } of answers) {
    assert.ok(status === 200 || status === 409, JSON.stringify(body))
    if (status === 200) assert.equal(body.assignments.length, 3)
  }
  const sent = answers.filter(({ status }) => status === 200).length
  const [{ n }] = await centre.sql(`SELECT count(*) AS n FROM assignments a JOIN units u ON u.id = a.unit_id
    WHERE u.unit_number LIKE 'B%'`)
  assert.equal(n, sent * 3)
  assert.ok(sent >= 4, String(sent))
  await assertWhole(centre)
})

test('200 dispatchers for 50 units and their crews, each order in an order of its own', limit, async () => {
  const crew = await Promise.all(
    range(12).map(async (at) => (await signIn(centre.server, `crew-${at}`, 'paramedic')).id),
  )
  for (const id of crew) await makeParamedic(centre.server, id, '2999-12-31')
  const units = await makeUnits(centre.server, 50, 'D')
  for (const round of range(3)) {
    const before = await countDeadlocks(centre)
    const incidents = await makeIncidents(centre.server, 200, `crowd-${round}-`)
    const answers = await Promise.all(
      incidents.map((id, at) => {
        const unit_ids = shuffled(units).slice(0, 1 + (at % 5))
        const people = shuffled(crew)
        const paramedic_ids = unit_ids.map((_, index) => (at % 3 === 0 ? (people[index] ?? null) : null))
        const body = { order_id: `crowd-${round}-${at}`, unit_ids, paramedic_ids }
        return by(at)('POST', `/api/incidents/${id}/assignments/`, body)
      }),
    )
    for (const { status, body } of answers) {
      assert.ok(status === 200 || status === 409, JSON.stringify(body))
    }
    assert.equal((await countDeadlocks(centre)) - before, 0)
    await assertWhole(centre)
    const sent = answers.filter(({ status }) => status === 200)
    assert.ok(sent.length >= 10, String(sent.length))
    // All units come free for the next round, by ends that are raced against each other too.
    const ends = await Promise.all(
      incidents.map((id, at) => by(at)('POST', `/api/incidents/${id}/close/`, { disposition: 'REFUSED' })),
    )
    for (const { status, body } of ends) assert.equal(status, 200, JSON.stringify(body))
    await assertWhole(centre)
  }
})

test('sending, stepping and cancelling at random on two processes', limit, async () => {
  const incidents = await makeIncidents(centre.server, 20, 'soak-')
  const units = await makeUnits(centre.server, 10, 'C')
  const steps = ['acknowledge', 'en-route', 'on-scene', 'clear', 'cancel']
  const known: number[] = []
  const pick = <T>(all: readonly T[]) => all[Math.floor(Math.random() * all.length)] as T
  const desk = async (who: number) => {
    for (const round of range(60)) {
      const order = { order_id: `soak-${who}-${round}`, unit_ids: [pick(units)] }
      const answer =
        Math.random() < 0.5 || known.length === 0
          ? await by(who)('POST', `/api/incidents/${pick(incidents)}/assignments/`, order)
          : await by(who)('POST', `/api/assignments/${pick(known)}/${pick(steps)}/`, { reason: 'soak' })
      assert.ok([200, 409].includes(answer.status), JSON.stringify(answer.body))
      if (answer.body.assignments) known.push(answer.body.assignments[0].id)
    }
  }
  await Promise.all(range(16).map(desk))
  await assertWhole(centre)
  assert.ok(known.length > 30)
})

test('a stranger is told nothing', async () => {
  const { status } = await asker(centre.server.baseUrl, {})('POST', '/api/incidents/1/assignments/', {})
  assert.equal(status, 401)
})
