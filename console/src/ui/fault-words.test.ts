import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { Refused } from '../access/ask.ts'
import { fieldFaults, fieldSentence, generalFault } from './fault-words.ts'

const labels = { new: 'New password', code: 'Code' }

describe('faults of a form', () => {
  it('become sentences about their field', () => {
    const cases: [string, string, string][] = [
      ['Current password', 'Is wrong.', 'The current password is wrong.'],
      ['Name', 'Must not be empty.', 'The name must not be empty.'],
      ['Name', 'Another key in use has this name.', 'Another key in use has this name.'],
      ['Role', 'This field is required.', 'This field is required.'],
      ['Role', 'Issued by nobody.', 'Issued by nobody.'],
    ]
    for (const [label, fault, sentence] of cases) assert.equal(fieldSentence(label, fault), sentence)
  })

  it('stand at the fields they are about, and nowhere else', () => {
    const refused = new Refused(400, { code: 'invalid', detail: 'No.', new: ['Is short.', 'Is old.'] }, null)
    assert.deepEqual(fieldFaults(refused, labels), { new: 'The new password is short. Is old.' })
    assert.equal(generalFault(refused, ['new', 'code']), null)
    assert.equal(generalFault(refused, ['code']), 'No. new: Is short. Is old.')
  })

  it('of a code come without a field, as a refusal has a code of its own', () => {
    const refused = new Refused(400, { code: 'invalid', detail: 'The code is wrong.' }, null)
    assert.deepEqual(fieldFaults(refused, labels), { code: 'The code is wrong.' })
    assert.equal(generalFault(refused, ['code']), null)
    assert.equal(generalFault(refused, ['new']), 'The code is wrong.')
    const other = new Refused(409, { code: 'second_factor_exists', detail: 'It is there already' }, null)
    assert.deepEqual(fieldFaults(other, labels), {})
    assert.equal(generalFault(other, ['code']), 'It is there already.')
  })

  it('that are not the form’s are said as such', () => {
    assert.equal(generalFault(null, []), null)
    assert.equal(generalFault(new TypeError('failed'), ['new']), 'The server could not be reached.')
    const broken = new Refused(500, { code: 'internal', detail: 'Something went wrong' }, null)
    assert.equal(generalFault(broken, ['code']), 'The server answered 500: Something went wrong.')
  })
})
