import assert from 'node:assert/strict'
import { execFile, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import type { Call } from '@toneout/contract/model/call.ts'
import type { Interaction } from '@toneout/contract/model/interaction.ts'
import { startTestServer, type TestServer } from '../server/test/support/test-server.ts'

const guide = readFileSync(new URL('../docs/ai-dispatcher-client.md', import.meta.url), 'utf8')
const example = readFileSync(new URL('../docs/examples/ai_dispatcher.py', import.meta.url), 'utf8')
const blocks = (language: string) =>
  [...guide.matchAll(new RegExp(`\`\`\`${language}\\n([^\`]*)\`\`\``, 'g'))].map(([, text]) => text!)
const curl = ['curl', 'sh', 'sed'].every((program) => spawnSync(program, ['--version']).error === undefined)

/** Runs one block of the guide as a reader would; throws with what curl said when it fails. */
function runBlock(text: string, server: TestServer): Promise<string> {
  const env = {
    PATH: process.env.PATH,
    BASE_URL: server.baseUrl,
    TONEOUT_KEY: server.key,
    TONEOUT_USERNAME: server.username,
    TONEOUT_PASSWORD: server.password,
  }
  return new Promise((done, failed) => {
    execFile('sh', ['-e', '-c', text], { env, timeout: 20_000 }, (error, out, err) =>
      error ? failed(new Error(`${text}\n${out}\n${err}`)) : done(out),
    )
  })
}

test('every command of the guide works as it stands there', { skip: curl ? false : 'no curl' }, async (t) => {
  const server = await startTestServer()
  t.after(server.close)
  const commands = blocks('sh')
  assert.ok(commands.length >= 8)
  for (const text of commands) assert.match(await runBlock(text, server), /\{.*\}/)
  const read = async <T>(path: string) => {
    const reply = await fetch(server.baseUrl + path, { headers: { 'x-api-key': server.key } })
    return (await reply.json()) as T
  }
  const call = await read<Call>('/api/calls/CA-guide/')
  assert.equal(call.status, 'COMPLETED')
  assert.equal(call.emergency_type, 'TRAUMA')
  assert.equal(call.priority_level, null)
  const [line] = await read<Interaction[]>('/api/calls/CA-form/interactions/')
  assert.equal(line?.message, '214 Kestrel Street.')
  assert.equal(line.is_final, true)
})

test('the Python lines of the guide call what the example has', () => {
  for (const text of blocks('python')) {
    for (const [, method] of text.matchAll(/toneout\.(\w+)\(/g))
      assert.match(example, new RegExp(`def ${method}\\(`))
  }
  assert.match(guide, /\]\(examples\/ai_dispatcher\.py\)/)
})
