import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { addCalls, emptyBoard } from './board.ts'
import {
  boundaryOf,
  countsOf,
  matches,
  nextCursor,
  openCalls,
  partsBehind,
  partsOf,
  rowsOf,
} from './listing.ts'
import { aCall } from './rows.fixture.ts'

const all = { show: 'all', search: '' } as const
const sidsOf = (rows: readonly { call_sid: string }[]) => rows.map((row) => row.call_sid)

describe('lists', () => {
  it('ask the server for one status at a time', () => {
    assert.deepEqual(partsOf(all), [{}])
    assert.deepEqual(partsOf({ show: 'lost', search: 'mill' }), [{ lost_contact: true, search: 'mill' }])
    assert.deepEqual(partsOf({ show: 'ended', search: '' }), [
      { status: 'COMPLETED' },
      { status: 'CANCELLED' },
    ])
    assert.deepEqual(
      partsOf({ show: 'active', search: '' }).map((part) => part.status),
      ['PENDING', 'ACTIVE', 'IN_PROGRESS', 'DISPATCHED', 'ESCALATED'],
    )
  })

  it('end where the part that was read least far ends', () => {
    const [far, near, done] = [
      { part: {}, cursor: 'a', last: aCall(3) },
      { part: {}, cursor: 'b', last: aCall(7) },
      { part: {}, cursor: null, last: aCall(9) },
    ]
    assert.equal(boundaryOf([far, near, done])?.id, 7)
    assert.deepEqual(partsBehind([far, near, done]), [near])
    assert.equal(boundaryOf([done]), null)
  })

  it('show what matches down to their boundary and above the floor', () => {
    const board = addCalls(emptyBoard, [aCall(1), aCall(2, { status: 'COMPLETED' }), aCall(3), aCall(4)], 0)
    const page = (last: number | null) => ({
      progress: [{ part: {}, cursor: last === null ? null : 'x', last: last === null ? null : aCall(last) }],
      sids: ['CA3', 'CA1'],
    })
    assert.deepEqual(sidsOf(rowsOf(board, all, [])), [])
    assert.deepEqual(sidsOf(rowsOf(board, all, [page(2)])), ['CA4', 'CA3', 'CA2'])
    assert.deepEqual(sidsOf(rowsOf(board, { ...all, show: 'active' }, [page(null)])), ['CA4', 'CA3', 'CA1'])
    assert.deepEqual(sidsOf(rowsOf({ ...board, floor: aCall(2) }, all, [page(null)])), ['CA4', 'CA3'])
    // What a search found is known to the server alone.
    assert.deepEqual(sidsOf(rowsOf(board, { ...all, search: 'mill' }, [page(null)])), ['CA3', 'CA1'])
  })

  it('sort calls into active, ended and lost', () => {
    const [open, ended] = [aCall(1, { lost_contact: true }), aCall(2, { status: 'CANCELLED' })]
    assert.deepEqual(
      [matches('active', open), matches('ended', open), matches('lost', open)],
      [true, false, true],
    )
    assert.deepEqual(
      [matches('active', ended), matches('ended', ended), matches('lost', ended)],
      [false, true, false],
    )
  })

  it('count what is open', () => {
    const rows = [
      aCall(1, { location: 'Mill Rd', priority_level: 'HIGH' }),
      aCall(2, { lost_contact: true }),
      aCall(3, { status: 'COMPLETED' }),
    ]
    const open = openCalls(addCalls(emptyBoard, rows, 0))
    assert.deepEqual(countsOf(open), { active: 2, withoutPriority: 1, withoutLocation: 1, lostContact: 1 })
  })

  it('take the cursor from an address or as it is', () => {
    assert.equal(nextCursor(null), null)
    assert.equal(nextCursor('abc='), 'abc=')
    assert.equal(nextCursor('http://h/api/calls/?status=ACTIVE&cursor=a%2Bb'), 'a+b')
  })
})
