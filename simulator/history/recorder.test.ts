import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { acknowledged, readAttempts } from './attempts.ts'
import type { Replies } from './entry.ts'
import { HistoryFull, openRecorder } from './recorder.ts'

let folder: string
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'toneout-history-'))
})
after(() => rmSync(folder, { recursive: true, force: true }))

const duty = { unit_id: 1, duty: 'OFF_DUTY' } as const

test('requests come back with what became of them; one that never ended is unknown', () => {
  const path = join(folder, 'whole.jsonl')
  const recorder = openRecorder(path, { requests: 10 })
  const [open, second, third] = [1, 2, 3].map((at) => recorder.invoke('a', 'open', { notes: `${at}` }))
  recorder.invoke('b', 'duty', duty)
  assert.equal(readFileSync(path, 'utf8').split('\n').length - 1, 4, 'written before the request leaves')
  third?.unknown('fetch failed')
  open?.ok({ id: 5 } as Replies['open'])
  second?.fail('409 unit_busy')
  recorder.close()
  const attempts = readAttempts(readFileSync(path, 'utf8'))
  assert.deepEqual(
    attempts.map(({ outcome, why }) => [outcome, why]),
    [
      ['ok', undefined],
      ['fail', '409 unit_busy'],
      ['unknown', 'fetch failed'],
      ['unknown', undefined],
    ],
  )
  assert.deepEqual(acknowledged(attempts, 'open'), [{ n: 0, action: { notes: '1' }, reply: { id: 5 } }])
  assert.throws(() => openRecorder(path, { requests: 1 }), { code: 'EEXIST' })
})

test('a history has an end', () => {
  const recorder = openRecorder(join(folder, 'bounded.jsonl'), { requests: 1 })
  recorder.invoke('a', 'duty', duty)
  assert.throws(() => recorder.invoke('a', 'duty', duty), HistoryFull)
  assert.equal(recorder.invoked(), 1)
  recorder.close()
})

test('a history that cannot be is refused, a last line cut short is left out', () => {
  const begin = '{"n":0,"phase":"invoke","at":"","client":"a","kind":"duty","action":{}}\n'
  const end = '{"n":0,"phase":"fail","at":"","why":"no"}\n'
  assert.throws(() => readAttempts(end), /ends and never began/)
  assert.throws(() => readAttempts(begin + end + end), /ends twice/)
  assert.throws(() => readAttempts(begin + begin), /begins twice/)
  assert.equal(readAttempts(begin + end.slice(0, 20))[0]?.outcome, 'unknown')
})
