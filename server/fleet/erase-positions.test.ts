import assert from 'node:assert/strict'
import { test } from 'node:test'
import { makeUnits, signIn } from '../test/support/centre.ts'
import { startTestServer } from '../test/support/test-server.ts'
import { erasePositions } from './erase-positions.ts'

test('where units last were is erased by age; the units stay, and the timeline tells of it', async () => {
  let clock = 0
  const server = await startTestServer({ now: () => new Date(Date.now() + clock) })
  try {
    const [old, young] = await makeUnits(server, 2)
    const place = { latitude: 37.77, longitude: -122.42 }
    const report = async (unit: number | undefined, ago: number) => {
      clock = -ago * 24 * 3_600_000
      const { ask } = await signIn(server, `desk-${unit}`, 'dispatcher')
      assert.equal((await ask('POST', `/api/units/${unit}/position/`, place)).status, 200)
      clock = 0
    }
    await report(old, 31)
    await report(young, 29)
    const { ask } = await signIn(server, 'chief', 'supervisor')
    const at = async (unit: number | undefined) => (await ask('GET', `/api/units/${unit}/`)).body.position_at
    assert.equal(await erasePositions(server.ctx, null), 0)
    assert.ok(await at(old))
    assert.equal(await erasePositions(server.ctx, 30), 1)
    assert.deepEqual([await at(old), typeof (await at(young))], [null, 'string'])
    assert.equal(await erasePositions(server.ctx, 30), 0)
    const facts = (await ask('GET', '/api/audit/?type=positions_erased')).body.results
    assert.deepEqual(
      facts.map((one: { data: unknown }) => one.data),
      [{ places: 1, why: '30 days' }],
    )
  } finally {
    await server.close()
  }
})
