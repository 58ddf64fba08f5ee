import assert from 'node:assert/strict'
import { test } from 'node:test'
import type pg from 'pg'
import { createPool } from './dispatch-pool.ts'
import { createLatencies } from './latency.ts'
import { readOptions, WrongOption } from './options.ts'
import { selfTimes } from './profile.ts'
import { numberParameters, toPgbench } from './raw-client.ts'
import { formatTable, missed, type Row, spread } from './report.ts'

test('quantiles are upper bounds within 10 microseconds', () => {
  const latencies = createLatencies()
  assert.equal(latencies.quantile(0.99), 0)
  for (let ms = 1; ms <= 1_000; ms += 1) latencies.record(ms)
  assert.ok(Math.abs(latencies.quantile(0.5) - 500) <= 0.011)
  assert.ok(Math.abs(latencies.quantile(0.99) - 990) <= 0.011)
  latencies.record(60_000)
  assert.equal(latencies.max(), 60_000)
})

test('the median of an even number is the middle of the two', () => {
  assert.deepEqual(spread([3, 1, 2]), { median: 2, min: 1, max: 3 })
  assert.deepEqual(spread([4, 1, 2, 3]), { median: 2.5, min: 1, max: 4 })
  assert.deepEqual(spread([5]), { median: 5, min: 5, max: 5 })
})

test('a parameter has one number however often it is used; casts are no parameters', () => {
  const { sql, parameters } = numberParameters('SELECT :call, md5(:n::text), :call')
  assert.equal(sql, 'SELECT $1, md5($2::text), $1')
  assert.deepEqual(parameters, ['call', 'n'])
})

test('what a statement gives is a variable of pgbench, the end of any other is a semicolon', () => {
  const statements = [{ sql: 'SELECT id\n  AS call', gives: 'call' }, { sql: 'COMMIT' }]
  assert.deepEqual(toPgbench({ name: 'x', statements }), ['SELECT id AS call \\gset', 'COMMIT;'])
})

test('a pool gives each row once, skips what others used, and fails when it is empty', async () => {
  const made: unknown[] = []
  let used: number | null = null
  const query = async (text: string, values?: number[]) => {
    if (text.includes('INTO units')) made.push(values)
    return { rows: [{ used }] }
  }
  const { units, stock } = createPool({ query } as unknown as pg.Client)
  await stock(2, 1)
  assert.deepEqual([units.take(), units.take()], [1, 2])
  assert.throws(units.take, /no free unit is left/)
  used = 5
  await stock(2, 1)
  assert.deepEqual([units.first(), units.take(), units.take()], [6, 6, 7])
  assert.throws(units.take, /no free unit is left/)
  assert.deepEqual(made, [
    [1, 2],
    [3, 7],
  ])
})

test('options have bounds and names', () => {
  const { workloads, seconds } = readOptions(['list', '--seconds', '7'])
  assert.deepEqual({ workloads, seconds }, { workloads: ['list'], seconds: 7 })
  for (const wrong of [['nothing'], ['--seconds', '0'], ['--rounds', 'x'], ['--nothing']]) {
    assert.throws(() => readOptions(wrong), WrongOption)
  }
})

test('the report names what was missed', () => {
  const targets = [{ text: 'ratio >= 2', met: false }]
  const row: Row = { workload: 'w', unit: 'req/s', ours: spread([1234.5]), targets, notes: ['why'] }
  const table = formatTable([row])
  assert.match(table, /w +1,235 req\/s \(1,235-1,235\) +ratio >= 2: MISSED/)
  assert.match(table, /w: why/)
  assert.ok(missed([row]))
})

test('self times leave idle time out', () => {
  const frame = (functionName: string) => ({ functionName, url: '', lineNumber: 0 })
  const nodes = [
    { id: 1, callFrame: frame('(idle)') },
    { id: 2, callFrame: frame('a') },
    { id: 3, callFrame: frame('b') },
  ]
  const times = selfTimes({ nodes, samples: [1, 2, 3, 2], timeDeltas: [1_000, 2, 1, 1] })
  assert.deepEqual(times, [
    { where: 'a', percent: 75 },
    { where: 'b', percent: 25 },
  ])
})
