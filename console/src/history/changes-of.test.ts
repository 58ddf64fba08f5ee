import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { changesOf, detailsOf, inOneLine } from './changes-of.ts'

const cases: [name: string, data: Record<string, unknown>, line: string][] = [
  ['a field', { changes: { priority: { from: 3, to: 1 } } }, 'Priority 3 → 1'],
  [
    'two fields, one of which was not there',
    { action: 'created', changes: { name: { from: null, to: 'Pier' }, active: { from: true, to: false } } },
    'Name none → Pier, Active yes → no',
  ],
  ['what begins', { changes: { name: { to: 'Pier' } } }, 'Name none → Pier'],
  ['a list', { changes: { equipment: { from: ['A'], to: ['A', 'B'] } } }, 'Equipment A → A, B'],
  ['an emptied list', { changes: { equipment: { from: ['A'], to: [] } } }, 'Equipment A → none'],
  [
    'a setting within another',
    {
      name: 'response_plans',
      from: { FIRE: { 1: ['FIRE'], 2: ['FIRE'] } },
      to: { FIRE: { 1: ['FIRE', 'BASIC'], 2: ['FIRE'] } },
    },
    'Response plans FIRE 1 FIRE → FIRE, BASIC',
  ],
  [
    'a rule of a list that was taken away',
    {
      name: 'notification_rules',
      from: [{ event: 'DISPATCHED', roles: ['paramedic'] }],
      to: [],
    },
    'Notification rules 1 event DISPATCHED → none, Notification rules 1 roles paramedic → none',
  ],
  ['a corrected time', { milestone: 'on_scene_at', was: 'A', now: 'B' }, 'On scene at A → B'],
  ['a duty', { from: 'AVAILABLE', to: 'BREAK' }, 'Value AVAILABLE → BREAK'],
  ['a reason', { reason: 'Caller rang back' }, 'Caller rang back'],
  ['what changes nothing', { speaker: 'CALLER' }, ''],
  ['what is no change', { changes: { positions: 'many' } }, ''],
]

describe('what a fact changed, in one line', () => {
  for (const [name, data, line] of cases) {
    it(name, () => assert.equal(inOneLine({ data }), line))
  }

  it('and the rest of it by name, without what was told', () => {
    const data = { changes: { a: { from: 1, to: 2 } }, unit_id: 5, rules: ['licence'], late: null }
    assert.deepEqual(detailsOf({ data }), [
      ['Unit id', '5'],
      ['Rules', 'licence'],
    ])
    assert.equal(changesOf({ data }).length, 1)
  })
})
