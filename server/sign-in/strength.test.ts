import assert from 'node:assert/strict'
import { test } from 'node:test'
import { judgePassword } from './strength.ts'

const length = 'Must have 12 to 128 characters.'
const easy = /^Is too easy to guess\. .*Three or four unrelated words are better\.$/

const cases: [what: string, password: string, fault: string | RegExp | undefined][] = [
  ['nothing', '', length],
  ['one too short', 'kx7-mv9 w4q', length],
  ['the shortest', 'kx7-mv9 w4qz', undefined],
  ['the longest', 'stone lamp river kite '.padEnd(128, 'xyzw'), undefined],
  ['one too long', 'stone lamp river kite '.padEnd(129, 'xyzw'), length],
  ['words', 'stone lamp river kite', undefined],
  ['other letters', 'глина крыло восток', undefined],
  ['what the server makes up', 'hjw3k-99dkq-2mmxw-zpr4t', undefined],
  ['a common password', 'password1234', easy],
  ['a common password in disguise', 'P4ssw0rd!!!!', easy],
  ['keys beside each other', 'qwertyuiop12', easy],
  ['one letter', 'a'.repeat(20), easy],
  ['a pattern again and again', 'abcabcabcabcabc', easy],
  ['numbers in order', '123456789012', easy],
  ['the name of the program', 'toneout12345', easy],
  ['what it is for', 'Dispatch2026', easy],
  ['the own name', 'annabellelee', /like the username/],
  ['a weak beginning of any length', `${'a'.repeat(40)}kx7-mv9 w4qz`, easy],
]
for (const [what, password, fault] of cases) {
  test(`a password: ${what}`, async () => {
    const found = await judgePassword(password, 'AnnabelleLee')
    if (fault instanceof RegExp) assert.match(found ?? '', fault)
    else assert.equal(found, fault)
  })
}
