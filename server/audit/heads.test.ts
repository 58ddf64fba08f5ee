import assert from 'node:assert/strict'
import {
  appendFileSync,
  chmodSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { withKey } from '../test/support/http.ts'
import { startTestServer } from '../test/support/test-server.ts'
import { openHeads, thin } from './heads.ts'

const at = '2026-11-21T07:00:00.000Z'
const hash = Buffer.alloc(32, 7)

describe('heads kept outside the database', { timeout: 60_000 }, () => {
  let folder: string
  let path: string
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'audit-heads-'))
    path = join(folder, 'audit-heads.jsonl')
  })
  after(() => rmSync(folder, { recursive: true }))

  test('are signed, and only their owner may read key and file', async () => {
    const heads = openHeads(folder, 'one')
    await heads.keep({ seq: 1, hash, at })
    for (const name of ['audit-key', 'audit-heads.jsonl']) {
      assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600)
    }
    const [head] = await openHeads(folder, 'one').read()
    assert.ok(head && heads.isSigned(head))
    assert.deepEqual([head.seq, head.hash, head.at], [1, hash.toString('hex'), at])
    for (const change of [
      { seq: 2 },
      { hash: 'ff' },
      { at: '' },
      { database: 'two' },
      { signature: '' },
      { signature: 'é' },
    ]) {
      assert.ok(!heads.isSigned({ ...head, ...change }), JSON.stringify(change))
    }
  })

  test('are those of the one database, also behind a torn line', async () => {
    appendFileSync(path, '{"database":"one","seq":2,"ha')
    await openHeads(folder, 'two').keep({ seq: 5, hash, at })
    await openHeads(folder, 'one').keep({ seq: 3, hash, at })
    const seqs = async (database: string) => (await openHeads(folder, database).read()).map(({ seq }) => seq)
    assert.deepEqual([await seqs('one'), await seqs('two')], [[1, 3], [5]])
  })

  test('a file that is full loses every other of its older half, never the newest', async () => {
    assert.deepEqual(thin(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']), ['a', 'c', 'e', 'f', 'g', 'h'])
    const line = readFileSync(path, 'utf8').split('\n').find(Boolean) as string
    writeFileSync(path, `${line}\n`.repeat(Math.ceil(2_097_152 / line.length)))
    const before = (await openHeads(folder, 'one').read()).length
    await openHeads(folder, 'one').keep({ seq: 9, hash, at })
    const kept = await openHeads(folder, 'one').read()
    assert.equal(kept.at(-1)?.seq, 9)
    assert.ok(Math.abs(kept.length - before * 0.75) <= 2)
    assert.ok(statSync(path).size < 2_097_152)
  })

  test('a server keeps its head when it stops', async () => {
    const own = mkdtempSync(join(tmpdir(), 'audit-stop-'))
    const server = await startTestServer({ headsFolder: own })
    const call = { call_sid: 'A', caller_number: '+15550142' }
    assert.equal((await withKey(server.baseUrl, server.key)('POST', '/api/calls/', call)).status, 201)
    await server.close()
    const [head] = await openHeads(own, server.ctx.config.databaseName).read()
    assert.ok(head && head.seq >= 1)
    rmSync(own, { recursive: true })
  })

  test('a folder that cannot be used is told, and calls are taken', async () => {
    const inTheWay = join(folder, 'a-file')
    writeFileSync(inTheWay, '')
    chmodSync(inTheWay, 0o600)
    const server = await startTestServer({ headsFolder: inTheWay })
    try {
      const call = { call_sid: 'A', caller_number: '+15550142' }
      assert.equal((await withKey(server.baseUrl, server.key)('POST', '/api/calls/', call)).status, 201)
      assert.match(server.logged.join(''), /heads of the audit chain are not kept/)
    } finally {
      await server.close()
    }
  })
})
