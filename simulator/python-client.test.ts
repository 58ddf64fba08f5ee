import assert from 'node:assert/strict'
import { execFile, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Call } from '@toneout/contract/model/call.ts'
import type { Interaction } from '@toneout/contract/model/interaction.ts'
import { startTestServer, type TestServer } from '../server/test/support/test-server.ts'
import { startFlakyProxy } from './test/flaky-proxy.ts'

const program = fileURLToPath(new URL('../docs/examples/ai_dispatcher.py', import.meta.url))
const present = spawnSync('python3', ['-c', 'import requests']).status === 0

type Ended = { code: number; out: string; err: string }

/** Runs the example with nothing in its environment but PATH and what is given. */
function runExample(env: Record<string, string>): Promise<Ended> {
  return new Promise((done) => {
    const options = { env: { PATH: process.env.PATH, PYTHONDONTWRITEBYTECODE: '1', ...env }, timeout: 60_000 }
    execFile('python3', [program], options, (error, out, err) =>
      done({ code: error ? Number(error.code ?? -1) : 0, out, err }),
    )
  })
}

describe('the Python client of docs/examples', {
  skip: present ? false : 'python3 with requests is not here',
}, () => {
  let server: TestServer
  before(async () => {
    server = await startTestServer({ config: { accessTokenSeconds: 1 } })
  })
  after(() => server.close())

  const login = () => ({ TONEOUT_USERNAME: server.username, TONEOUT_PASSWORD: server.password })
  const read = async <T>(path: string): Promise<T> => {
    const reply = await fetch(server.baseUrl + path, { headers: { authorization: `Token ${server.key}` } })
    assert.equal(reply.status, 200)
    return (await reply.json()) as T
  }
  const check = async (sid: string, { code, out, err }: Ended) => {
    assert.equal(code, 0, err)
    const call = await read<Call>(`/api/calls/${sid}/`)
    assert.equal(out.trim(), `${call.id} ${sid} COMPLETED`)
    assert.equal(call.location, '214 Kestrel Street, Saltmarsh')
    assert.equal(call.emergency_type, 'TRAUMA')
    assert.equal(call.priority_level, 'MEDIUM')
    assert.ok(call.completed_at)
    const lines = await read<Interaction[]>(`/api/calls/${sid}/interactions/`)
    assert.deepEqual(
      lines.map((line) => [line.sequence, line.speaker, line.is_final]),
      [
        [1, 'SYSTEM', true],
        [2, 'CALLER', true],
        [3, 'SYSTEM', true],
        [4, 'CALLER', true],
      ],
    )
    assert.match(lines[1]!.message, /^214 Kestrel Street\. My dad fell/)
  }

  test('with a key', async () => {
    const sid = `CA${randomUUID()}`
    await check(sid, await runExample({ BASE_URL: server.baseUrl, TONEOUT_KEY: server.key, CALL_SID: sid }))
  })

  test('with username and password', async () => {
    const sid = `CA${randomUUID()}`
    await check(sid, await runExample({ BASE_URL: server.baseUrl, ...login(), CALL_SID: sid }))
  })

  test('the token refreshed in mid-call, one login', async (t) => {
    // Nine slow requests outlive a token of one second.
    const proxy = await startFlakyProxy(server.baseUrl, 'slow', { share: 0, delayMs: 150 })
    t.after(proxy.close)
    const sid = `CA${randomUUID()}`
    await check(sid, await runExample({ BASE_URL: proxy.url, ...login(), CALL_SID: sid }))
    assert.equal(proxy.asked.filter((one) => one === 'POST /api/token/').length, 1)
    assert.ok(proxy.asked.includes('POST /api/token/refresh/'))
  })

  test('through a bad network: one call, each line once', async (t) => {
    const proxy = await startFlakyProxy(server.baseUrl, 'worn cable', { share: 0.4 })
    t.after(proxy.close)
    const sid = `CA${randomUUID()}`
    // With a key, which never expires: which request meets which trouble hangs on the seed alone.
    await check(sid, await runExample({ BASE_URL: proxy.url, TONEOUT_KEY: server.key, CALL_SID: sid }))
    assert.ok(proxy.troubles.cut_after > 0, 'a reply was lost after the work was done')
  })

  test('a wrong credential or none is told, with an exit code', async () => {
    const wrong = await runExample({ BASE_URL: server.baseUrl, TONEOUT_KEY: 'tone_wrong' })
    assert.equal(wrong.code, 1)
    assert.match(wrong.err, /not_authenticated/)
    const none = await runExample({ BASE_URL: server.baseUrl })
    assert.equal(none.code, 2)
    assert.match(none.err, /Set TONEOUT_KEY/)
  })
})
