import assert from 'node:assert/strict'
import { it } from 'node:test'
import { milestoneNames } from '@toneout/contract/model/assignment.ts'
import { phasesOf } from './phases.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 10, 21, 7, minute)).toISOString()
const none = Object.fromEntries(milestoneNames.map((name) => [name, null]))
const run = (stamps: object, corrections = {}) =>
  ({ ...none, assigned_at: at(0), ...stamps, corrections }) as unknown as Parameters<typeof phasesOf>[0]

for (const [name, stamps, corrections, shown] of [
  ['nothing has ended', {}, {}, []],
  ['travels', { en_route_at: at(1) }, {}, ['Turnout 60']],
  [
    'a whole run',
    {
      en_route_at: at(1),
      on_scene_at: at(5),
      transporting_at: at(9),
      at_hospital_at: at(14),
      cleared_at: at(20),
    },
    {},
    ['Turnout 60', 'Travel 240', 'Scene 240', 'Transport 300', 'Hospital 360'],
  ],
  ['nobody was transported', { on_scene_at: at(5), cleared_at: at(9) }, {}, ['Scene 240']],
  ['a correction counts', { en_route_at: at(3) }, { en_route_at: at(2) }, ['Turnout 120']],
  ['an end before its start is none', { en_route_at: at(5), on_scene_at: at(4) }, {}, ['Turnout 300']],
] as const) {
  it(name, () => {
    const phases = phasesOf(run(stamps, corrections))
    assert.deepEqual(
      phases.map((one) => `${one.name} ${one.seconds}`),
      shown,
    )
  })
}
