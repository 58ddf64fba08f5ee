import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { effectiveMilestones } from '@toneout/contract/model/assignment.ts'
import { makeIncidents, makeParamedic, makeUnits, signIn } from '../test/support/centre.ts'
import type { Ask } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let ask: Ask
let serial = 0
before(async () => {
  server = await startTestServer()
  ask = (await signIn(server, 'desk', 'dispatcher')).ask
})
after(() => server.close())

const start = Date.now() - 7_200_000
const time = (minutes: number) => new Date(start + minutes * 60_000).toISOString()
const reason = 'the crew pressed it late'

/** An assignment that began and ended at these minutes; the incidents were received an hour before. */
async function bound(unit: number, leader: number | null, from: number, to: number): Promise<number> {
  const [incident] = (await makeIncidents(server, 1, `B${++serial}-`)) as [number]
  const { pool } = server.ctx.db
  await pool.query('UPDATE incidents SET received_at = $2 WHERE id = $1', [incident, time(-60)])
  const { rows } = await pool.query(
    `INSERT INTO assignments
      (incident_id, unit_id, paramedic_id, status, assigned_at, on_scene_at, cleared_at)
      VALUES ($1, $2, $3, 'CLEARED', $4, $5, $6) RETURNING id`,
    [incident, unit, leader, time(from), time(from + 1), time(to)],
  )
  return rows[0].id
}
const correct = (id: number, milestone: string, minutes: number) =>
  ask('POST', `/api/assignments/${id}/correct/`, { milestone, at: time(minutes), reason })

async function leader(): Promise<number> {
  const { id } = await signIn(server, `leader-${++serial}`, 'paramedic')
  await makeParamedic(server, id, '2999-01-01')
  return id
}
const unit = async () => (await makeUnits(server, 1, `B${++serial}-`))[0] as number

describe('no correction puts anybody in two places', () => {
  const shared: [string, () => Promise<[number, number | null][]>][] = [
    ['one unit', async () => Array.from({ length: 3 }, () => [0, null] as [number, null])],
    [
      'one leader in three units',
      async () => {
        const id = await leader()
        return [0, 1, 2].map((at) => [at, id] as [number, number])
      },
    ],
  ]
  for (const [name, make] of shared) {
    test(name, async () => {
      const units = [await unit(), await unit(), await unit()]
      const spans = [
        [0, 10],
        [20, 30],
        [40, 50],
      ] as const
      const ids: number[] = []
      for (const [at, [of, who]] of (await make()).entries()) {
        const [from, to] = spans[at] as readonly [number, number]
        ids.push(await bound(units[of] as number, who, from, to))
      }
      const [first, second, third] = ids as [number, number, number]
      const refused = async (id: number, milestone: string, minutes: number) => {
        const { status, body } = await correct(id, milestone, minutes)
        assert.deepEqual([status, body.at?.length], [400, 1], `${milestone} ${minutes}`)
      }
      await refused(second, 'assigned_at', 9)
      await refused(second, 'cleared_at', 41)
      await refused(first, 'cleared_at', 21)
      await refused(third, 'assigned_at', 29)
      assert.equal((await correct(second, 'assigned_at', 10)).status, 200)
      assert.equal((await correct(second, 'cleared_at', 40)).status, 200)
      // What counts of the others is what they were corrected to.
      await refused(first, 'cleared_at', 11)
      assert.equal((await correct(second, 'assigned_at', 15)).status, 200)
      assert.equal((await correct(first, 'cleared_at', 15)).status, 200)
      // The first and the last are bounded on one side only.
      assert.equal((await correct(first, 'assigned_at', -5)).status, 200)
      assert.equal((await correct(third, 'cleared_at', 70)).status, 200)
    })
  }

  test('two at once that would meet, again and again: they never overlap', async () => {
    for (let round = 0; round < 8; round += 1) {
      const [who, of] = [await leader(), [await unit(), await unit()] as const]
      const first = await bound(of[0], who, 0, 10)
      const second = await bound(of[1], who, 20, 30)
      const both = await Promise.all([correct(first, 'cleared_at', 17), correct(second, 'assigned_at', 13)])
      assert.deepEqual(both.map(({ status }) => status).sort(), [200, 400])
      const [one, other] = await Promise.all(
        [first, second].map(async (id) =>
          effectiveMilestones((await ask('GET', `/api/assignments/${id}/`)).body),
        ),
      )
      assert.ok((one?.cleared_at ?? '') <= (other?.assigned_at ?? ''))
    }
  })

  test('the next one that is live bounds it too', async () => {
    const [of] = (await makeUnits(server, 1, `L${++serial}-`)) as [number]
    const first = await bound(of, null, 0, 10)
    const [incident] = await makeIncidents(server, 1, `L${serial}-`)
    const order = { order_id: `beside-${serial}`, unit_ids: [of] }
    const { body } = await ask('POST', `/api/incidents/${incident}/assignments/`, order)
    const path = `/api/assignments/${first}/correct/`
    const sent = Date.parse(body.assignments[0].assigned_at)
    const late = new Date(sent + 1).toISOString()
    assert.equal((await ask('POST', path, { milestone: 'cleared_at', at: late, reason })).status, 400)
    const just = new Date(sent).toISOString()
    assert.equal((await ask('POST', path, { milestone: 'cleared_at', at: just, reason })).status, 200)
  })
})
