import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type Incident, incidentStatuses } from '@toneout/contract/model/incident.ts'
import { isRefusal } from '@toneout/contract/refusals.ts'
import { at, incident } from '../test/support/rows.ts'
import { isEnded } from './rules.ts'
import { type Absorbed, decideMerge, decideSplit } from './rules-merging.ts'

describe('merging: every status into every status', () => {
  const held = { calls: [], assignments: [], absorbed: [], others: [] }
  const refusedWith = (decided: object) => (isRefusal(decided) ? decided.refused : 'nothing refused')
  for (const status of incidentStatuses) {
    for (const other of incidentStatuses) {
      test(`${status} into ${other}`, () => {
        const [from, into] = [incident({ status }), incident({ id: 2, status: other })]
        const expected = isEnded(status) || isEnded(other) ? 'incident_not_open' : 'nothing refused'
        assert.equal(refusedWith(decideMerge(from, into, held, at(1))), expected)
        const apart = { from_id: 1, into_id: 2, call_ids: [], assignment_ids: [] }
        assert.equal(refusedWith(decideSplit(from, into, apart, held)), 'incident_not_merged')
      })
    }
  }
  test('itself, chains from both ends, the record of another merge', () => {
    const merged = incident({ status: 'CANCELLED', disposition: 'DUPLICATE', merged_into: 2 })
    const [two, three] = [incident({ id: 2 }), incident({ id: 3 })]
    const tried = (from: Incident, into: Incident, absorbed: Absorbed[] = []) =>
      refusedWith(decideMerge(from, into, { ...held, absorbed }, at(1)))
    assert.equal(tried(two, two), 'merge_into_itself')
    assert.equal(tried(merged, three), 'incident_merged')
    assert.equal(tried(three, merged), 'incident_merged')
    assert.equal(tried(two, three, [merged]), 'incident_has_merged')
    assert.equal(tried(three, two, []), 'nothing refused')
    for (const ids of [
      { from_id: 1, into_id: 3 },
      { from_id: 3, into_id: 2 },
    ]) {
      const record = { ...ids, call_ids: [], assignment_ids: [] }
      assert.equal(refusedWith(decideSplit(merged, two, record, held)), 'incident_not_merged')
    }
  })
})

describe('what a merge makes of priority and clock, and splits give back', () => {
  type Merged = { from: Incident; own: Absorbed['own'] }
  type Way = { into: Incident; merged: Merged[]; at: number }
  const held = { calls: [], assignments: [], absorbed: [] }
  const absorbed = ({ merged }: Way) => merged.map(({ from, own }): Absorbed => ({ ...from, own }))

  const merge = (id: number, priority: number, minute: number) => (way: Way) => {
    const from = incident({ id, priority, received_at: at(minute) })
    const moving = decideMerge(from, way.into, { ...held, others: absorbed(way) }, at(way.at))
    assert.ok(!isRefusal(moving))
    Object.assign(way.into, moving.into)
    way.merged.push({ from: { ...from, ...moving.from } as Incident, own: moving.record.own })
  }
  const split = (id: number) => (way: Way) => {
    const gone = way.merged.find(({ from }) => from.id === id)
    assert.ok(gone)
    way.merged = way.merged.filter((one) => one !== gone)
    const record = { from_id: id, into_id: 9, call_ids: [], assignment_ids: [], own: gone.own ?? undefined }
    const moving = decideSplit(gone.from, way.into, record, { ...held, others: absorbed(way) })
    assert.ok(!isRefusal(moving))
    Object.assign(way.into, moving.into)
  }
  const edit = (priority: number) => (way: Way) => void Object.assign(way.into, { priority })

  const cases: [name: string, steps: ((way: Way) => void)[], priority: number, received: number][] = [
    ['the graver and the earlier win', [merge(1, 1, 2)], 1, 2],
    ['the less grave and the later change nothing', [merge(1, 4, 8)], 3, 5],
    ['a split gives back', [merge(1, 1, 2), split(1)], 3, 5],
    ['the first of two splits', [merge(1, 1, 2), merge(2, 2, 1), split(1)], 2, 1],
    ['both, first the first', [merge(1, 1, 2), merge(2, 2, 1), split(1), split(2)], 3, 5],
    ['both, first the last', [merge(1, 1, 2), merge(2, 2, 1), split(2), split(1)], 3, 5],
    ['a person changed it', [merge(1, 1, 2), edit(2), split(1)], 2, 5],
    ['a person changed it, then another merge', [merge(1, 1, 2), edit(2), merge(2, 1, 3), split(2)], 2, 2],
    ['both after a change between', [merge(1, 1, 2), edit(2), merge(2, 1, 3), split(1)], 1, 3],
    ['to what it was by itself', [merge(1, 1, 2), edit(3), merge(2, 2, 3), split(2)], 3, 2],
  ]
  for (const [name, steps, priority, received] of cases) {
    test(name, () => {
      const way: Way = { into: incident({ id: 9, priority: 3, received_at: at(5) }), merged: [], at: 10 }
      for (const one of steps) {
        one(way)
        way.at += 1
      }
      assert.deepEqual([way.into.priority, way.into.received_at], [priority, at(received)])
    })
  }
  test('a merge of a version that left them alone gives nothing back', () => {
    const way: Way = { into: incident({ id: 9, priority: 3 }), merged: [], at: 10 }
    merge(1, 1, 0)(way)
    way.merged = way.merged.map(({ from }) => ({ from, own: null }))
    edit(2)(way)
    split(1)(way)
    assert.equal(way.into.priority, 2)
  })
})
