import assert from 'node:assert/strict'
import { execFile, spawnSync } from 'node:child_process'
import { test } from 'node:test'
import { promisify } from 'node:util'
import type { Call } from '@toneout/contract/model/call.ts'
import type { Interaction } from '@toneout/contract/model/interaction.ts'
import { startTestServer } from './support/test-server.ts'
import { readSource } from './tidy/files.ts'

const run = promisify(execFile)
const hasCurl = spawnSync('curl', ['--version']).status === 0

/** The lines of README.md's section for AI dispatchers, for another server and key. */
function readExample(baseUrl: string, key: string): string {
  const section = readSource('README.md').text.split('\n## Call it as the AI dispatcher does\n')[1] ?? ''
  const lines = /```sh\n([\s\S]*?)```/.exec(section)?.[1] ?? ''
  assert.match(lines, /^KEY=tone_…/)
  return lines.replace(/^KEY=\S+/, `KEY=${key}`).replace('http://127.0.0.1:8080', baseUrl)
}

test('what README.md says to the AI dispatcher works as it stands', { skip: !hasCurl }, async (t) => {
  const server = await startTestServer()
  t.after(server.close)
  const { stdout } = await run('sh', ['-euc', readExample(server.baseUrl, server.key)])
  const [opened, first, second, ended, words] = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line)) as [Call, Interaction, Interaction, Call, Interaction[]]
  assert.equal(opened.status, 'ACTIVE')
  assert.deepEqual([ended.status, ended.priority_level], ['COMPLETED', 'HIGH'])
  assert.deepEqual(words, [first, second])
})
