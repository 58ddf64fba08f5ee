import assert from 'node:assert/strict'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { finished } from 'node:stream/promises'
import { type TestContext, test } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { openServerLog } from './server-log.ts'

const at = '2026-11-21 10:14:22.613 UTC [7514]'

function openLog(t: TestContext) {
  const folder = mkdtempSync(join(tmpdir(), 'toneout-log-'))
  t.after(() => rmSync(folder, { recursive: true }))
  const told: string[] = []
  const log = openServerLog(join(folder, 'postgres.log'), (line) => told.push(line.msg))
  const feed = async (...chunks: string[]) => {
    const pipe = new PassThrough()
    log.read(pipe)
    for (const chunk of chunks) pipe.write(chunk)
    pipe.end()
    await finished(pipe)
  }
  return { ...log, told, feed }
}

test("a session's fault is withheld with all its lines, the machine's is told", async (t) => {
  const log = openLog(t)
  await log.feed(
    `${at} client backend 22P02 ERROR:  invalid input: "my name is\n\tJane`,
    ` Doe"\n${at} client backend 22P02 STATEMENT:  SELECT 'Jane'\n`,
    `${at} client backend 01000 WARNING:  Jane\n`,
    `${at} client backend 53100 ERROR:  could not extend file: No space left on device\n`,
    `${at} checkpointer 00000 LOG:  shutting down\n`,
  )
  await log.close()
  assert.deepEqual(readFileSync(log.file, 'utf8').split('\n'), [
    `${at} client backend 22P02 ERROR:  (text withheld)`,
    `${at} client backend 22P02 STATEMENT:  (text withheld)`,
    `${at} client backend 01000 WARNING:  (text withheld)`,
    `${at} client backend 53100 ERROR:  could not extend file: No space left on device`,
    `${at} checkpointer 00000 LOG:  shutting down`,
    '',
  ])
})

test('faults of the machine reach the operator, and a storm of them once a second', async (t) => {
  const log = openLog(t)
  const full = `${at} client backend 53100 ERROR:  could not extend file: No space left on device\n`
  await log.feed(`${at} client backend 57P03 FATAL:  the database system is starting up\n`, full.repeat(1000))
  await log.close()
  assert.deepEqual(log.told, ['PostgreSQL: could not extend file: No space left on device'])
})

test('the reason of an end is the last fatal line, else the last line at all', async (t) => {
  const log = openLog(t)
  await log.feed(`${at} postmaster F0000 FATAL:  bad setting\n${at} postmaster 00000 LOG:  going down\n`)
  assert.equal(log.takeReason(), 'bad setting')
  await log.feed('postgres: error while loading shared libraries: libx.so\n')
  assert.equal(log.takeReason(), 'postgres: error while loading shared libraries: libx.so')
  assert.equal(log.takeReason(), 'it said nothing')
  await log.close()
})

test('the file and its predecessor stay bounded, as does a line', async (t) => {
  const log = openLog(t)
  const line = `${at} checkpointer 00000 LOG:  ${'x'.repeat(7000)}\n`
  const predecessor = `${log.file}.1`
  for (let round = 0; round < 1000 && !existsSync(predecessor); round++) {
    await log.feed(...Array.from({ length: 80 }, () => line))
    await setImmediate()
  }
  await log.feed('y'.repeat(1_000_000))
  await log.close()
  const limit = 5 * 1024 * 1024 + 20_000
  assert.ok(statSync(log.file).size < limit)
  assert.ok(statSync(predecessor).size < limit)
})
