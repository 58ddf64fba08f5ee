import assert from 'node:assert/strict'
import test from 'node:test'
import { startTestServer } from './support/test-server.ts'

test('try', async () => {
  const s = await startTestServer()
  const r = await fetch(`${s.baseUrl}/api/calls/`, {
    method: 'POST',
    headers: { authorization: `Bearer ${s.key}`, 'content-type': 'application/json' },
    body: '{"call_sid":"a","caller_number":"b"}',
  })
  assert.equal(r.status, 201, await r.text())
  await s.close()
})
