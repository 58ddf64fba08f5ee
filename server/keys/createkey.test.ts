import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, before, describe, test } from 'node:test'
import { spawnMain } from '../test/support/server-process.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
before(async () => {
  server = await startTestServer()
})
after(() => server.close())

async function run(...argv: string[]): Promise<{ code: number; words: string }> {
  const secrets = { SECRET_KEY: 's'.repeat(40), FIELD_KEYS: 'f'.repeat(40) }
  const child = spawnMain('createkey', { DATABASE_URL: server.database.url, ...secrets }, argv)
  let words = ''
  for (const pipe of [child.stdout, child.stderr]) pipe?.on('data', (text) => (words += text))
  const [code] = await once(child, 'close')
  return { code: Number(code), words }
}

describe('npm run createkey', { timeout: 120_000 }, () => {
  test('makes a key by the rules of the API, and says it once', async () => {
    const limits = ['--per-second', '5', '--per-minute', '60', '--expires-at', '2999-01-31']
    const { code, words } = await run('--name', 'Wall board', '--role', 'reader', ...limits)
    assert.equal(code, 0, words)
    const key = /^(tone_[\w-]{43})$/m.exec(words)?.[1] ?? ''
    const { rows } = await server.ctx.db.pool.query(
      `SELECT k.id, name, role, rate_limit_per_second, rate_limit_per_minute, expires_at, created_by,
        actor_kind, actor_name, data::text FROM api_keys k JOIN facts f ON (f.data->>'key_id')::bigint = k.id
        WHERE key_hash = sha256($1) AND type = 'key_made'`,
      [Buffer.from(key)],
    )
    const { id, data, ...rest } = rows[0]
    assert.deepEqual(rest, {
      ...{ name: 'Wall board', role: 'reader', rate_limit_per_second: 5, rate_limit_per_minute: 60 },
      ...{ expires_at: '2999-01-31T00:00:00.000Z', created_by: null },
      ...{ actor_kind: 'system', actor_name: 'createkey' },
    })
    assert.ok(!data.includes(key.slice(5, 15)))
    const again = await run('--name', 'WALL board')
    assert.deepEqual([again.code, /Another key in use has this name/.test(again.words)], [1, true])
  })

  test('without a name takes the next that is free', async () => {
    const [one, two] = [await run(), await run()]
    assert.match(one.words, /"AI dispatcher" \(ai_dispatcher\)/)
    assert.match(two.words, /"AI dispatcher 2" \(ai_dispatcher\)/)
  })

  const faults: [string[], RegExp][] = [
    [['--role', 'admin'], /--role: Must be one of ai_dispatcher/],
    [['--name', ' '], /--name: Must not be empty/],
    [['--expires-at', 'soon'], /--expires-at: Must be an ISO 8601 instant/],
    [['--expires-at', '2020-01-01'], /Must be in the future/],
    [['--per-second', '0', '--per-minute', 'many'], /--per-second: [^\n]*\n--per-minute: /],
    [['--colour', 'red'], /Unknown option/],
  ]
  for (const [argv, said] of faults) {
    test(`says what is wrong: ${argv.join(' ')}`, async () => {
      const { code, words } = await run(...argv)
      assert.equal(code, 1)
      assert.match(words, said)
      assert.doesNotMatch(words, /\n\s+at |tone_/)
    })
  }
})
