import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRandom } from './random.ts'
import { openTimetable } from './timetable.ts'

const never = new AbortController().signal

test('things are done in the order of their moments, those of one moment as they were put down', async () => {
  const random = createRandom('order')
  const timetable = openTimetable(0)
  const done: [number, number][] = []
  for (let n = 0; n < 500; n++) {
    const moment = random.int(0, 40)
    timetable.at(moment, async () => void done.push([moment, n]))
  }
  await timetable.run(100, Number.POSITIVE_INFINITY, never)
  assert.equal(done.length, 500)
  const sorted = done.toSorted((a, b) => a[0] - b[0] || a[1] - b[1])
  assert.deepEqual(done, sorted)
  assert.equal(timetable.now(), 100)
})

test('one thing ends before the next begins, and what it puts down comes in its turn', async () => {
  const timetable = openTimetable(-10)
  const said: string[] = []
  timetable.at(0, async () => {
    said.push(`begins ${timetable.now()}`)
    await new Promise((next) => setImmediate(next))
    timetable.at(5, async () => void said.push(`later ${timetable.now()}`))
    timetable.at(-7, async () => void said.push(`late ${timetable.now()}`))
    said.push('ends')
  })
  timetable.at(5, async () => void said.push('first of five'))
  await timetable.run(20, Number.POSITIVE_INFINITY, never)
  assert.deepEqual(said, ['begins 0', 'ends', 'late 0', 'first of five', 'later 5'])
})

test('what recurs comes again and again until the end, and goes on from there', async () => {
  const timetable = openTimetable(0)
  const moments: number[] = []
  timetable.every(10, 5, async () => void moments.push(timetable.now()))
  await timetable.run(30, Number.POSITIVE_INFINITY, never)
  assert.deepEqual(moments, [5, 15, 25])
  await timetable.run(40, Number.POSITIVE_INFINITY, never)
  assert.deepEqual(moments, [5, 15, 25, 35])
})

test('it keeps the pace that is asked for and stops when it is told to', async () => {
  const timetable = openTimetable(0)
  const began = performance.now()
  await timetable.run(4_000, 100, never)
  assert.ok(performance.now() - began >= 38, 'forty milliseconds for four seconds')
  const stopping = new AbortController()
  timetable.at(5_000, async () => stopping.abort())
  timetable.at(6_000, async () => assert.fail('it has been stopped'))
  await timetable.run(9_000, Number.POSITIVE_INFINITY, stopping.signal)
  assert.equal(timetable.now(), 5_000)
})
