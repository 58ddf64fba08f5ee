import assert from 'node:assert/strict'
import { test } from 'node:test'
import { parseScript } from './script.ts'

const text = `title: A test
# a comment
weight: 3
opens: FIRE
at: house
patient: 20-30 wife husband
confidence: 0.3-0.6
witnesses: other 2
let thing: cup | plate

AI: $greet
CALLER (0.4): it fell
  on the floor.
> location = $place; latitude = 1.5
maybe 40
> wait 6
either
CALLER (cut): no
or
> again priority_level = LOW
end
end
> drop
> end CANCELLED
`

test('a script is read as it is written', () => {
  const script = parseScript('a-test', text)
  assert.equal(script.title, 'A test')
  assert.equal(script.weight, 3)
  assert.equal(script.at, 'house')
  assert.deepEqual(script.patient, { kin: ['wife', 'husband'], from: 20, to: 30 })
  assert.deepEqual(script.confidence, [0.3, 0.6])
  assert.deepEqual(script.witnesses, { script: 'other', most: 2 })
  assert.deepEqual([...script.lets], [['thing', 'cup | plate']])
  const [greeting, line, facts, maybe, drop, end] = script.beats
  assert.deepEqual(greeting, { kind: 'line', voice: 'AI', text: '$greet', confidence: undefined, cut: false })
  assert.deepEqual(line, {
    kind: 'line',
    voice: 'CALLER',
    text: 'it fell on the floor.',
    confidence: 0.4,
    cut: false,
  })
  const known = [
    ['location', '$place'],
    ['latitude', '1.5'],
  ]
  assert.deepEqual(facts, { kind: 'facts', facts: known, again: false })
  assert.deepEqual(maybe, {
    kind: 'maybe',
    percent: 40,
    beats: [
      { kind: 'wait', seconds: 6 },
      {
        kind: 'either',
        ways: [
          [{ kind: 'line', voice: 'CALLER', text: 'no', confidence: undefined, cut: true }],
          [{ kind: 'facts', facts: [['priority_level', 'LOW']], again: true }],
        ],
      },
    ],
  })
  assert.deepEqual([drop, end], [{ kind: 'drop' }, { kind: 'end', status: 'CANCELLED' }])
})

const faults: [string, string, RegExp][] = [
  ['an unknown header', 'titel: x\n\nAI: hi', /unknown header titel/],
  ['an unknown voice', 'title: x\n\nNURSE: hi', /cannot read "NURSE: hi"/],
  ['an open passage', 'title: x\n\nmaybe 20\nAI: hi', /without end/],
  ['a stray end', 'title: x\n\nAI: hi\nend', /end without/],
  ['a stray or', 'title: x\n\nor\nAI: hi', /or outside/],
  ['a fact without a value', 'title: x\n\n> location', /has no =/],
  ['ages that are none', 'title: x\npatient: old wife\n\nAI: hi', /not from-to/],
]
for (const [what, source, message] of faults) {
  test(`${what} is told with the script's name`, () => {
    assert.throws(() => parseScript('faulty', source), new RegExp(`(dialogue )?faulty: .*${message.source}`))
  })
}
