import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Call } from '@toneout/contract/model/call.ts'
import type { LiveFact } from '@toneout/contract/model/fact.ts'
import type { Interaction } from '@toneout/contract/model/interaction.ts'
import fc from 'fast-check'
import {
  addCalls,
  addLines,
  applyFacts,
  type Board,
  distrust,
  dropUnseenOpen,
  emptyBoard,
  trim,
} from './board.ts'
import { aCall, aFact, aLine, at } from './rows.fixture.ts'

const rowsOf = (board: Board) => board.order.map((sid) => board.calls.get(sid)!.row)
const spokenIn = (board: Board, sid: string) => board.scripts.get(sid)?.spoken.map((line) => line.message)

describe('board', () => {
  it('keeps calls newest first, and by id when they began together', () => {
    const board = addCalls(
      emptyBoard,
      [aCall(1), aCall(3, { created_at: at(1) }), aCall(2, { created_at: at(9) })],
      0,
    )
    assert.deepEqual(board.order, ['CA2', 'CA3', 'CA1'])
  })

  it('lets a fact win over a page that was asked for before it, and the page over older facts', () => {
    const late = addCalls(applyFacts(emptyBoard, [aFact(7, aCall(1, { location: 'new' }))]), [aCall(1)], 6)
    assert.equal(late.calls.get('CA1')!.row.location, 'new')
    const later = addCalls(late, [aCall(1, { location: 'newest' })], 8)
    assert.equal(applyFacts(later, [aFact(7, aCall(1))]).calls.get('CA1')!.row.location, 'newest')
  })

  it('keeps the same row object while nothing in it changes, so that nobody draws it again', () => {
    const before = addCalls(emptyBoard, [aCall(1)], 1)
    const after = applyFacts(before, [aFact(2, aCall(1), aLine(1, aCall(1)))])
    assert.equal(after.calls.get('CA1')!.row, before.calls.get('CA1')!.row)
    assert.equal(after.order, before.order)
  })

  it('replaces a partial line in its place and orders late lines by sequence', () => {
    const call = aCall(1)
    const partial = aLine(1, call, { message: 'He is', is_final: false, sequence: 4 })
    const board = applyFacts(emptyBoard, [
      aFact(1, call, partial),
      aFact(2, call, aLine(2, call, { message: 'late', sequence: 3 })),
      aFact(3, call, { ...partial, message: 'He is not breathing', is_final: true }),
    ])
    assert.deepEqual(spokenIn(board, 'CA1'), ['late', 'He is not breathing'])
  })

  it('knows a call without lines from one whose lines were never read', () => {
    assert.equal(spokenIn(emptyBoard, 'CA1'), undefined)
    assert.deepEqual(spokenIn(addLines(emptyBoard, 'CA1', [], 3), 'CA1'), [])
  })

  it('after a reset takes whatever is read, even below the cursors that were known', () => {
    const call = aCall(1, { location: 'before' })
    const board = distrust(applyFacts(emptyBoard, [aFact(900, call, aLine(1, call))]))
    const again = addLines(addCalls(board, [aCall(1)], 3), 'CA1', [aLine(1, call, { message: 'again' })], 3)
    assert.equal(again.calls.get('CA1')!.row.location, '')
    assert.deepEqual(spokenIn(again, 'CA1'), ['again'])
    assert.equal(board.calls.get('CA1')!.row, call)
  })

  it('drops open calls that a full reading did not show, but none that changed since', () => {
    const ended = aCall(3, { status: 'COMPLETED' })
    const board = applyFacts(addCalls(emptyBoard, [aCall(1), aCall(2), ended], 4), [aFact(9, aCall(4))])
    assert.deepEqual(dropUnseenOpen(board, new Set(['CA2']), 8).order, ['CA4', 'CA3', 'CA2'])
  })
})

describe('trim', () => {
  const ended = (id: number, more: Partial<Call> = {}) => aCall(id, { status: 'COMPLETED', ...more })
  const max = { calls: 10, scripts: 2 }

  it('leaves a board alone that is within its limit and a tenth', () => {
    const board = addCalls(
      emptyBoard,
      Array.from({ length: 11 }, (_, id) => ended(id)),
      0,
    )
    assert.equal(trim(board, () => true, null, max).calls.size, 11)
  })

  it('drops what no list shows first, whatever its age, and then needs no floor', () => {
    const rows = Array.from({ length: 20 }, (_, id) => ended(id, { lost_contact: id < 5 }))
    const board = trim(addCalls(emptyBoard, rows, 0), (call) => call.lost_contact, 'CA19', max)
    assert.deepEqual(board.order, ['CA19', 'CA4', 'CA3', 'CA2', 'CA1', 'CA0'])
    assert.equal(board.floor, null)
  })

  it('then drops the oldest ended calls, never an open or the selected one, and says where lists end', () => {
    const rows = Array.from({ length: 20 }, (_, id) => (id === 0 ? aCall(0) : ended(id)))
    const board = trim(addCalls(emptyBoard, rows, 0), () => true, 'CA1', max)
    assert.equal(board.calls.size, 10)
    assert.deepEqual(board.order.slice(-3), ['CA12', 'CA1', 'CA0'])
    assert.equal(board.floor?.id, 11)
  })

  it('forgets the transcripts that were out of use longest', () => {
    const calls = [aCall(1), aCall(2), aCall(3)]
    const lines = [calls[0]!, calls[1]!, calls[2]!, calls[0]!].map((call, id) =>
      aFact(id + 1, call, aLine(id, call)),
    )
    const board = lines.reduce((known, fact) => applyFacts(known, [fact]), emptyBoard)
    assert.deepEqual([...trim(board, () => true, null, max).scripts.keys()], ['CA3', 'CA1'])
    assert.deepEqual([...trim(board, () => true, 'CA2', max).scripts.keys()], ['CA2', 'CA1'])
  })
})

/**
 * A server in small: rows as they are now, facts in order, and replies that are read at one time and come at
 * another.
 */
class Centre {
  calls = new Map<number, Call>()
  lines = new Map<number, Interaction>()
  facts: { id: number; call: number; line: number | null }[] = []

  write(call: number, text: string, line: number | null) {
    this.calls.set(call, aCall(call, { location: text }))
    if (line !== null) this.lines.set(line, aLine(line, aCall(call % 5), { message: text }))
    this.facts.push({ id: this.facts.length + 1, call, line })
  }

  /** A fact carries its rows as they are when it is sent. */
  send(index: number): LiveFact {
    const { id, call, line } = this.facts[index]!
    return aFact(id, this.calls.get(call)!, line === null ? null : this.lines.get(line)!)
  }
}

type Step = { kind: 'write' | 'deliver' | 'ask' | 'read' | 'receive' | 'repeat'; number: number }
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('write', 'write', 'deliver', 'ask', 'read', 'receive', 'repeat'),
  number: fc.nat({ max: 9 }),
})

/**
 * Plays the steps against a board that gets facts in batches of any size, repeated facts, and late replies.
 */
function play(steps: readonly Step[]): { board: Board; centre: Centre } {
  const centre = new Centre()
  for (let call = 0; call < 3; call += 1) centre.write(call, 'before', call)
  let [board, delivered] = [emptyBoard, centre.facts.length]
  const asked: number[] = [delivered]
  const replies: { cursor: number; calls: Call[]; lines: Interaction[] }[] = []
  const sent: LiveFact[] = []
  const act = {
    write: (n: number) => centre.write(n % 5, `text ${centre.facts.length}`, n % 2 === 0 ? n % 5 : null),
    deliver: (n: number) => {
      const batch: LiveFact[] = []
      while (delivered < centre.facts.length && batch.length <= n) batch.push(centre.send(delivered++))
      sent.push(...batch)
      board = applyFacts(board, batch)
    },
    ask: () => asked.push(delivered),
    read: () => {
      const cursor = asked.shift()
      if (cursor === undefined) return
      replies.push({ cursor, calls: [...centre.calls.values()], lines: [...centre.lines.values()] })
    },
    receive: (n: number) => {
      const [reply] = replies.splice(n % Math.max(1, replies.length), 1)
      if (!reply) return
      board = addCalls(board, reply.calls, reply.cursor)
      for (const line of reply.lines) board = addLines(board, line.call_sid, [line], reply.cursor)
    },
    repeat: (n: number) => {
      if (sent.length > 0) board = applyFacts(board, [sent[n % sent.length]!])
    },
  }
  for (const { kind, number } of steps) act[kind](number)
  act.read()
  while (replies.length > 0) act.receive(0)
  while (delivered < centre.facts.length) act.deliver(9)
  return { board, centre }
}

describe('facts and replies in any order', () => {
  it('end in what the server has', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { board, centre } = play(steps)
        const expected = [...centre.calls.values()].sort((a, b) => b.id - a.id)
        assert.deepEqual(rowsOf(board), expected)
        const spoken = [...board.scripts.values()].flatMap((script) => script.spoken)
        assert.deepEqual(
          spoken.sort((a, b) => a.id - b.id),
          [...centre.lines.values()].sort((a, b) => a.id - b.id),
        )
      }),
      { numRuns: 500 },
    )
  })
})
