import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  callChange,
  callOpening,
  callStatuses,
  emergencyTypes,
  priorityLevels,
} from '@toneout/contract/model/call.ts'
import { interactionAddition, interactionRevision, speakers } from '@toneout/contract/model/interaction.ts'
import { loadScripts } from './library.ts'
import { type PlannedCall, planCall } from './plan-call.ts'
import { createRandom } from './random.ts'

const scripts = loadScripts()
const plays = 40
const played = new Map(
  [...scripts.values()].map((script) => {
    const calls = Array.from({ length: plays }, (_, n) =>
      planCall(String(n), 0, script, createRandom(`${script.name} ${n}`)),
    )
    return [script.name, calls] as const
  }),
)

test('there are enough cases, and witnesses have a script', () => {
  assert.ok(scripts.size >= 40, `${scripts.size} scripts`)
  for (const { name, witnesses, patient } of scripts.values()) {
    if (witnesses) assert.ok(scripts.get(witnesses.script), `${name} names ${witnesses.script}`)
    assert.ok(patient.from <= patient.to, name)
  }
})

for (const [name, calls] of played) {
  test(`${name}: every body is valid and the lines are in order`, () => {
    for (const call of calls) checkCall(call)
  })

  test(`${name}: plays differ from one another`, () => {
    const texts = new Set(calls.map((call) => spoken(call).join('\n')))
    assert.ok(texts.size > plays * 0.8, `${texts.size} different plays of ${plays}`)
  })
}

function checkCall(call: PlannedCall): void {
  assert.equal(call.steps[0]?.do, 'open')
  let at = 0
  const sequences: number[] = []
  for (const step of call.steps) {
    assert.ok(step.at >= at, `steps go back in time at ${step.at}`)
    at = step.at
    if (step.do === 'open' || step.do === 'open_again') callOpening.parse({ call_sid: 'CA1', ...step.body })
    else if (step.do === 'update') callChange.parse(step.body)
    else if (step.do === 'revise') {
      interactionRevision.parse(step)
      assert.ok(sequences.includes(step.sequence), 'a revision follows its line')
    } else {
      const { startedAt, ...line } = step.line
      interactionAddition.parse({
        ...line,
        sequence: step.sequence,
        spoken_at: new Date(startedAt).toISOString(),
      })
      assert.ok(startedAt <= step.at, 'nothing is sent before it is said')
      sequences.push(step.sequence)
    }
  }
  assert.deepEqual(
    [...sequences].sort((a, b) => a - b),
    sequences.map((_, i) => i + 1),
  )
  const last = call.steps.findLast((step) => step.do === 'update')
  if (call.ends) assert.equal(last?.do === 'update' && String(last.body.status).toUpperCase(), call.ends)
  for (const text of spoken(call)) {
    assert.doesNotMatch(text, /[${}|]|undefined|null| {2}|\.\.\.\./, text)
    assert.doesNotMatch(text, /^[a-z]| [,?!]| \.(?!\.)|, ?\.|[.?!],/, text)
  }
}

/** The words as they stand in the end; partial ones only where the line was cut off. */
function spoken(call: PlannedCall): string[] {
  const words = new Map<number, string>()
  for (const step of call.steps) {
    if (step.do === 'say') words.set(step.sequence, step.line.message)
    else if (step.do === 'revise') words.set(step.sequence, step.message)
  }
  return [...words.values()]
}

test('all plays together use every type, priority, status and speaker of the contract', () => {
  const steps = [...played.values()].flat().flatMap((call) => call.steps)
  const bodies = steps.flatMap((step) => ('body' in step ? [step.body] : []))
  const used = (field: string) => new Set(bodies.map((body) => String(body[field]).toUpperCase()))
  for (const type of emergencyTypes) assert.ok(used('emergency_type').has(type), type)
  for (const level of priorityLevels) assert.ok(used('priority_level').has(level), level)
  for (const status of callStatuses) assert.ok(used('status').has(status), status)
  const voices = new Set(steps.flatMap((step) => (step.do === 'say' ? [step.line.speaker] : [])))
  assert.deepEqual([...voices].sort(), [...speakers].sort())
  const languages = new Set(steps.flatMap((step) => (step.do === 'say' ? [step.line.language] : [])))
  assert.deepEqual([...languages].sort(), ['en', 'es', 'fr'])
})

test('the odd habits of existing agents occur', () => {
  const steps = [...played.values()].flat().flatMap((call) => call.steps)
  const bodies = steps.flatMap((step) => (step.do === 'update' ? [step.body] : []))
  for (const blank of [null, '', 'undefined']) {
    assert.ok(
      bodies.some((body) => Object.values(body).includes(blank)),
      `${blank}`,
    )
  }
  assert.ok(steps.some((step) => step.do === 'open' && step.copies === 2))
  assert.ok(steps.some((step) => step.do === 'open_again'))
  assert.ok(steps.some((step) => step.do === 'say' && step.line.message === '' && !step.line.is_final))
  assert.ok([...played.values()].flat().some((call) => call.ends === undefined))
})
