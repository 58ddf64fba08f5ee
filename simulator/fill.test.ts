import assert from 'node:assert/strict'
import { test } from 'node:test'
import { fill, fillExactly } from './fill.ts'
import { createRandom } from './random.ts'

const slots = new Map([
  ['they', 'she'],
  ['kin', 'mother'],
  ['yes', '{yes.|yeah.}'],
  ['number', '214'],
])
const all = (text: string) => {
  const random = createRandom('fill')
  return [...new Set(Array.from({ length: 200 }, () => fill(text, slots, random)))].sort()
}

test('one of each alternative, nested and empty ones too', () => {
  assert.deepEqual(all('{A|B{1|2}|} end'), ['A end', 'B1 end', 'B2 end', 'End'])
})

test('slots are filled, with a capital when asked, and may hold alternatives', () => {
  assert.deepEqual(all('My $kin, $they fell. $They hurts.'), ['My mother, she fell. She hurts.'])
  assert.deepEqual(all("$they's here"), ["She's here"])
  assert.deepEqual(all('$yes'), ['Yeah.', 'Yes.'])
})

test('capitals after a sentence, none after an ellipsis, a number or a stage direction', () => {
  assert.deepEqual(all('no. it hurts... really'), ['No. It hurts... really'])
  assert.deepEqual(all('$number años. ¿qué?'), ['214 años. ¿Qué?'])
  assert.deepEqual(all('911, automated.'), ['911, automated.'])
  assert.deepEqual(all('[tap] [tap]'), ['[tap] [tap]'])
  assert.deepEqual(all('(whispering) no'), ['(whispering) no'])
})

test('what an empty alternative leaves behind is cleaned up', () => {
  assert.deepEqual(all('well {|} , yes {|}.'), ['Well, yes.'])
})

test('facts keep their letters', () => {
  assert.equal(fillExactly('undefined', slots, createRandom('1')), 'undefined')
})

test('mistakes of an author are told', () => {
  assert.throws(() => all('$nobody'), /unknown slot \$nobody/)
  assert.throws(() => all('{a|b'), /braces/)
  const loop = new Map([['a', '$a']])
  assert.throws(() => fill('$a', loop, createRandom('1')), /circles/)
})
