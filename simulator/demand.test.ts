import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { test } from 'node:test'
import { defaultCallsPerHour, planHour } from './demand.ts'
import { loadScripts } from './library.ts'

const scripts = loadScripts()
const hour = (seed: string, more: { minutes?: number; callsPerHour?: number } = {}) =>
  planHour(scripts, { seed, minutes: 60, callsPerHour: 320, ...more })
const digest = (plan: unknown) => createHash('sha256').update(JSON.stringify(plan)).digest('hex')

test('the same seed gives the same hour, byte for byte', () => {
  assert.equal(digest(hour('1')), digest(hour('1')))
  assert.equal(
    digest(planHour(loadScripts(), { seed: '1', minutes: 60, callsPerHour: 320 })),
    digest(hour('1')),
  )
  assert.notEqual(digest(hour('1')), digest(hour('2')))
})

test('calls ring in order, each with a key of its own', () => {
  const plan = hour('order')
  assert.ok(plan.every((call, i) => i === 0 || call.at >= plan[i - 1]!.at))
  assert.equal(new Set(plan.map((call) => call.key)).size, plan.length)
})

test('the first minute opens busy at any rate, and then the calls come evenly', () => {
  for (const [callsPerHour, least, most] of [
    [defaultCallsPerHour, 0.7, 2],
    [320, 8, 12],
  ] as const) {
    const means = ['1', '2', '3', '4', '5', '6'].map((seed) => {
      const plan = hour(seed, { callsPerHour })
      const open = (at: number) =>
        plan.filter((call) => call.at <= at && call.at + call.steps.at(-1)!.at > at).length
      const first = plan.filter(({ at }) => at < 60_000).length
      assert.ok(first >= 3, `seed ${seed} opens with ${first} calls`)
      const minutes = Array.from({ length: 58 }, (_, minute) => open((minute + 2) * 60_000))
      return minutes.reduce((sum, count) => sum + count, 0) / minutes.length
    })
    const mean = means.reduce((sum, one) => sum + one, 0) / means.length
    assert.ok(mean >= least && mean <= most, `mean ${mean} of ${means}`)
  }
})

test('the same case does not come up again at once', () => {
  const plan = hour('mix').filter((call) => !scripts.get(call.script)?.onlyAsWitness)
  const byKey = plan.sort((a, b) => (a.key < b.key ? -1 : 1)).map((call) => call.script)
  for (const [i, name] of byKey.entries()) assert.ok(!byKey.slice(Math.max(0, i - 8), i).includes(name), name)
  assert.ok(new Set(byKey).size > 40)
})

test('further callers about a crash ring soon after and from the same place', () => {
  const plan = hour('crowd')
  const witnesses = plan.filter((call) => scripts.get(call.script)?.onlyAsWitness)
  assert.ok(witnesses.length > 5)
  for (const witness of witnesses) {
    const first = plan.find(
      (call) => call !== witness && call.place === witness.place && call.at <= witness.at,
    )
    assert.ok(first, `${witness.key} has no first caller`)
    assert.ok(witness.at - first.at < 120_000)
  }
})

test('the number of calls follows the rate and the minutes', () => {
  const short = hour('rate', { minutes: 10 })
  const busy = hour('rate', { minutes: 10, callsPerHour: 3_000 })
  assert.ok(short.length > 30 && short.length < 110, `${short.length}`)
  assert.ok(busy.length > 400 && busy.length < 800, `${busy.length}`)
})
