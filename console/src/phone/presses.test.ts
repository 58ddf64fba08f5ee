import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { StepName } from '@toneout/contract/model/assignment.ts'
import { barAt, isWaiting, laterSteps, nextStep, type Press, pressTime, statusWith } from './presses.ts'

const press = (name: StepName, more: Partial<Press> = {}): Press => ({
  id: name,
  person_id: 1,
  method: 'POST',
  path: `/api/assignments/5/${name}/`,
  body: {},
  pressed_at: '2026-11-21T07:00:00.000Z',
  at: '2026-11-21T07:00:00.000Z',
  words: name,
  step: { assignment_id: 5, name },
  refused: null,
  ...more,
})

describe('what waits to be sent', () => {
  it('is shown as where the assignment is; refused presses and those of another are not', () => {
    const one = { id: 5, status: 'ACKNOWLEDGED' as const }
    assert.equal(statusWith(one, []), 'ACKNOWLEDGED')
    assert.equal(statusWith(one, [press('en-route'), press('on-scene')]), 'ON_SCENE')
    assert.equal(statusWith(one, [press('en-route'), press('on-scene', { refused: 'no' })]), 'EN_ROUTE')
    assert.equal(
      statusWith(one, [press('clear', { step: { assignment_id: 4, name: 'clear' } })]),
      'ACKNOWLEDGED',
    )
  })

  it('takes the same press once', () => {
    assert.equal(isWaiting([press('clear')], press('clear').path), true)
    assert.equal(isWaiting([press('clear', { refused: 'no' })], press('clear').path), false)
  })
})

describe('the moment of a press', () => {
  const now = Date.parse('2026-11-21T07:10:00.000Z')
  const cases: [string, number, string | null, string][] = [
    ['this phone is right', 0, null, '2026-11-21T07:10:00.000Z'],
    ['this phone is four minutes fast', 240_000, null, '2026-11-21T07:06:00.000Z'],
    ['this phone is a minute slow', -60_000, null, '2026-11-21T07:11:00.000Z'],
    ['an earlier step is later', 1_000, '2026-11-21T07:09:59.500Z', '2026-11-21T07:09:59.500Z'],
  ]
  for (const [name, ahead, latest, at] of cases) {
    it(name, () => assert.equal(pressTime(now, ahead, latest), at))
  }
})

describe('the steps of a crew', () => {
  it('lead from the offer to being free, one after the other', () => {
    const walked = [
      'ASSIGNED',
      'ACKNOWLEDGED',
      'EN_ROUTE',
      'ON_SCENE',
      'AT_PATIENT',
      'TRANSPORTING',
      'AT_HOSPITAL',
      'HANDOVER_DONE',
      'CLEARED',
    ] as const
    assert.deepEqual(
      walked.map((status) => nextStep(status, null)?.name ?? null),
      [
        'acknowledge',
        'en-route',
        'on-scene',
        'at-patient',
        'transport',
        'at-hospital',
        'handover',
        'clear',
        null,
      ],
    )
    assert.deepEqual(walked.map(barAt), [0, 1, 2, 3, 3, 4, 5, 5, 0])
    assert.equal(nextStep('AT_PATIENT', 'General')?.words, 'Leave for General')
  })

  it('may be skipped, but a hospital is reached by a transport', () => {
    const names = (status: 'EN_ROUTE' | 'TRANSPORTING') => laterSteps(status).map(({ name }) => name)
    assert.deepEqual(names('EN_ROUTE'), ['at-patient', 'transport', 'clear'])
    assert.deepEqual(names('TRANSPORTING'), ['handover', 'clear'])
  })
})
