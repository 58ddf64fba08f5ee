import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startTestServer } from '../test/support/test-server.ts'
import { makeFirstAccounts } from './first-start.ts'

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
