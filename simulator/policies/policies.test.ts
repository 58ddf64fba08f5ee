import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createRandom } from '../random.ts'
import { comparePolicies, difference } from './compare.ts'
import { type City, type Job, openEngine, type Served } from './engine.ts'
import { drawSvg, drawText } from './picture.ts'
import { percentile, studentT, withInterval } from './statistics.ts'

/** One place, no drives: what is left is a queue with as many servers as units. */
const onePlace: City = {
  drive: () => 0,
  onTheWay: () => 0,
  hospital: () => 0,
  plan: () => ({ needs: ['BASIC'], why: 'a test' }),
}
const meanService = 600

/** Calls at random and services of random length, both exponential. */
function queueJobs(count: number, load: number, seed: string): Job[] {
  const random = createRandom(seed)
  let at = 0
  return Array.from({ length: count }, (): Job => {
    at += random.exponential(meanService / load)
    const times = { at, received: at, turnout: 0, lastPart: 0, scene: random.exponential(meanService) }
    return { ...times, zone: 0, type: 'MEDICAL', priority: 3 }
  })
}

function playQueue(servers: number, load: number, whenBusy: 'wait' | 'lose', seed: string): Served[] {
  const vehicles = Array.from({ length: servers }, (_, n) => ({
    ...{ id: n + 1, unit_number: `A${n}`, unit_type: 'BASIC' as const, home: 0 },
  }))
  const engine = openEngine(vehicles, onePlace, { weigh: (_job, _fleet, seconds) => seconds, whenBusy })
  const served: Served[] = []
  engine.play(queueJobs(120_000, load, seed), (one) => void served.push(one))
  engine.drain((one) => void served.push(one))
  assert.equal(served.length, 120_000)
  assert.equal(engine.waiting(), 0)
  return served.sort((a, b) => a.job.at - b.job.at).slice(2_000)
}

/** Share of calls that find all of c servers busy and are lost, with a erlangs offered (Erlang, 1917). */
function erlangB(c: number, a: number): number {
  let blocked = 1
  for (let n = 1; n <= c; n++) blocked = (a * blocked) / (n + a * blocked)
  return blocked
}
/** Share of calls that wait where nobody is lost. */
function erlangC(c: number, a: number): number {
  const blocked = erlangB(c, a)
  return (c * blocked) / (c - a * (1 - blocked))
}

/** Mean and a 99.9 % interval by batches, since neighbouring calls are alike; t of 29 degrees is 3.66. */
function estimate(values: readonly number[]): { mean: number; half: number } {
  const size = Math.floor(values.length / 30)
  const batches = Array.from({ length: 30 }, (_, n) => {
    const batch = values.slice(n * size, (n + 1) * size)
    return batch.reduce((sum, one) => sum + one, 0) / size
  })
  const { mean, half } = withInterval(batches)
  return { mean, half: (half / studentT(29)) * 3.66 }
}

function isNear({ mean, half }: { mean: number; half: number }, exact: number, what: string): void {
  assert.ok(Math.abs(mean - exact) <= half, `${what}: ${mean} +- ${half}, exact ${exact}`)
  assert.ok(half < exact * 0.25, `${what}: ${half} is too wide to tell anything`)
}

for (const [servers, load] of [
  [4, 2.4],
  [8, 5.4],
] as const) {
  test(`${servers} servers with ${load} erlangs that lose whom they cannot serve follow Erlang B`, () => {
    const served = playQueue(servers, load, 'lose', `b ${servers}`)
    isNear(estimate(served.map(({ isLost }) => Number(isLost))), erlangB(servers, load), 'lost')
  })

  test(`${servers} servers with ${load} erlangs that let them wait follow Erlang C`, () => {
    const served = playQueue(servers, load, 'wait', `c ${servers}`)
    const waits = served.map(({ response }) => response)
    const exact = erlangC(servers, load)
    isNear(estimate(waits.map((one) => Number(one > 1e-6))), exact, 'waiting')
    isNear(estimate(waits), (exact * meanService) / (servers - load), 'mean wait')
  })
}

test('the graver call is served first, among equals the first', () => {
  const vehicle = { id: 1, unit_number: 'A1', unit_type: 'BASIC' as const, home: 0 }
  const engine = openEngine([vehicle], onePlace, {
    weigh: (_job, _fleet, seconds) => seconds,
    whenBusy: 'wait',
  })
  const times = { turnout: 0, lastPart: 0, scene: 100, zone: 0, type: 'MEDICAL' as const }
  const job = (at: number, priority: Job['priority']): Job => ({ ...times, at, received: at, priority })
  const order: string[] = []
  const told = ({ job: { at, priority }, sent }: Served) => void order.push(`${at} p${priority} at ${sent}`)
  engine.play([job(0, 4), job(1, 3), job(2, 3), job(3, 1)], told)
  engine.drain(told)
  assert.deepEqual(order, ['0 p4 at 0', '3 p1 at 100', '1 p3 at 200', '2 p3 at 300'])
})

test('the policies play the same calls, differ, and the same seed gives the same numbers', () => {
  const asked = {
    policies: ['closest', 'coverage', 'crow'] as const,
    days: 4,
    seed: 'a test',
    callsPerHour: 18,
  }
  const { outcomes } = comparePolicies({ ...asked, policies: [...asked.policies] })
  const [closest, coverage, crow] = outcomes
  assert.ok(closest && coverage && crow)
  assert.equal(new Set(outcomes.map(({ calls }) => calls)).size, 1)
  assert.ok(closest.calls > 1_200, `${closest.calls}`)
  assert.ok(closest.whole.mean > 240 && closest.whole.mean < 900, `${closest.whole.mean} s`)
  const byCoverage = difference(closest, coverage)
  assert.ok(byCoverage.mean.mean > 0, 'who comes from farther comes later')
  assert.notEqual(difference(closest, crow).mean.mean, 0)
  const same = difference(closest, closest)
  assert.deepEqual(
    [same.late, same.p95],
    [
      { mean: 0, half: 0 },
      { mean: 0, half: 0 },
    ],
  )
  const [again] = comparePolicies({ ...asked, policies: ['coverage'] }).outcomes
  assert.deepEqual(again, coverage)
  assert.equal(drawText(outcomes).split('\n').length, 14)
  const svg = drawSvg(outcomes, '4 days')
  assert.equal(svg.match(/<polyline/g)?.length, 3)
  assert.doesNotMatch(svg, /NaN|undefined/)
})

test('percentiles are of nearest rank, and quantiles of t as in the tables', () => {
  const hundred = Float64Array.from({ length: 100 }, (_, n) => n + 1)
  assert.deepEqual(
    [0.5, 0.9, 0.95, 1].map((share) => percentile(hundred, share)),
    [50, 90, 95, 100],
  )
  for (const [freedom, exact] of [
    [1, 12.7062],
    [6, 2.4469],
    [9, 2.2622],
    [29, 2.0452],
    [120, 1.9799],
  ] as const) {
    assert.ok(Math.abs(studentT(freedom) - exact) < 0.003, `${freedom}: ${studentT(freedom)}`)
  }
  const { mean, half } = withInterval([1, 2, 3, 4, 5, 6, 7])
  assert.equal(mean, 4)
  assert.ok(Math.abs(half - 1.998) < 0.01, `${half}`)
})
