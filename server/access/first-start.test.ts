import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startTestServer } from '../test/support/test-server.ts'
import { AdminNameFault, makeFirstAccounts } from './first-start.ts'

test('the first admin has a plain name; where there is an admin, a start asks for none', async () => {
  const server = await startTestServer()
  const ctx = { ...server.ctx, config: { ...server.ctx.config, adminUsername: 'Ops \u0410dmin' } }
  await makeFirstAccounts(ctx)
  await ctx.db.pool.query('DELETE FROM people')
  await assert.rejects(makeFirstAccounts(ctx), AdminNameFault)
  const plain = { ...ctx, config: { ...ctx.config, adminUsername: ' Ops-Admin ' } }
  assert.equal((await makeFirstAccounts(plain)).admin?.username, 'ops-admin')
  await server.close()
})

test('the first start makes one admin, also when many start at once under different names', async () => {
  const server = await startTestServer()
  const { ctx } = server
  await ctx.db.pool.query('DELETE FROM people')
  const starts = Array.from({ length: 6 }, (_, at) => {
    const config = { ...ctx.config, adminUsername: `chief-${at}` }
    return makeFirstAccounts({ ...ctx, config })
  })
  const shown = (await Promise.all(starts)).flatMap(({ admin }) => (admin ? [admin.username] : []))
  const { rows } = await ctx.db.pool.query('SELECT username, role FROM people')
  assert.deepEqual(rows, [{ username: shown[0], role: 'admin' }])
  assert.equal(shown.length, 1, 'and one of them shows its password')
  assert.deepEqual(await makeFirstAccounts(ctx), {})
  await server.close()
})
