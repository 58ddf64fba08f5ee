import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Call } from '@toneout/contract/model/call.ts'
import { callStatuses } from '@toneout/contract/model/call.ts'
import fc from 'fast-check'
import { addCalls, byNewest, emptyBoard } from '../live/board.ts'
import { type Filter, type ListPage, matches, partsOf, rowsOf, shows } from '../live/listing.ts'
import type { Live } from '../live/live.ts'
import { aCall, at } from '../live/rows.fixture.ts'

const centre = { calls: [] as Call[], pageSize: 3 }

/** A server's list in small; it is in place before the client is made, which keeps the fetch it finds. */
globalThis.fetch = async (input) => {
  const query = new URL(String(input), 'http://console').searchParams
  const [status, lost, cursor] = [
    query.get('status'),
    query.get('lost_contact'),
    Number(query.get('cursor') ?? 0),
  ]
  const rows = centre.calls
    .filter((call) => (!status || call.status === status) && (!lost || call.lost_contact))
    .sort(byNewest)
  const end = cursor + centre.pageSize
  const body = {
    count: rows.length,
    count_exact: true,
    next: end < rows.length ? String(end) : null,
    previous: null,
    results: rows.slice(cursor, end),
  }
  return Response.json(body)
}
const { linkedCursor, loadOpen, loadPage } = await import('./load.ts')

/** The part of Live that loading needs. */
function aBoard() {
  const held = { board: emptyBoard, seen: null as ReadonlySet<string> | null }
  const live = {
    cursor: 0,
    addCalls: (rows: readonly Call[], cursor: number) => {
      held.board = addCalls(held.board, rows, cursor)
    },
    dropUnseenOpen: (seen: ReadonlySet<string>) => {
      held.seen = seen
    },
  }
  return { held, ticket: { live: live as unknown as Live, signal: new AbortController().signal } }
}

const someCalls = fc
  .array(
    fc.record({
      status: fc.constantFrom(...callStatuses),
      created_at: fc.nat({ max: 12 }).map(at),
      lost_contact: fc.boolean(),
    }),
    { maxLength: 40 },
  )
  .map((rows) => rows.map((row, id) => aCall(id + 1, row)))

describe('reading a list page by page', () => {
  it('shows at every step an unbroken beginning of the whole list, and at the end all of it', async () => {
    const filters = fc.constantFrom(...shows.map((show): Filter => ({ show, search: '' })))
    await fc.assert(
      fc.asyncProperty(
        someCalls,
        filters,
        fc.integer({ min: 1, max: 7 }),
        async (calls, filter, pageSize) => {
          Object.assign(centre, { calls, pageSize })
          const whole = calls.filter((call) => matches(filter.show, call)).sort(byNewest)
          const { held, ticket } = aBoard()
          const pages: ListPage[] = [await loadPage(ticket, partsOf(filter))]
          for (;;) {
            const rows = rowsOf(held.board, filter, pages)
            assert.deepEqual(rows, whole.slice(0, rows.length))
            const last = pages.at(-1)!
            if (last.progress.every((each) => each.cursor === null)) break
            pages.push(await loadPage(ticket, last))
            assert.ok(pages.length <= 50, 'each page moves the boundary')
          }
          assert.deepEqual(rowsOf(held.board, filter, pages), whole)
        },
      ),
      { numRuns: 200 },
    )
  })

  it('reads every open call', async () => {
    const calls = callStatuses.flatMap((status, row) =>
      Array.from({ length: 5 }, (_, index) => aCall(row * 10 + index + 1, { status })),
    )
    Object.assign(centre, { calls, pageSize: 2 })
    const { held, ticket } = aBoard()
    assert.equal(await loadOpen(ticket), true)
    assert.equal(held.seen?.size, 25)
    assert.equal(held.board.calls.size, 25)
  })

  it('finds the next page of a transcript in the Link header', () => {
    assert.equal(linkedCursor(null), null)
    assert.equal(linkedCursor('</api/calls/CA1/interactions/?cursor=x%3D&page_size=9>; rel="next"'), 'x=')
    assert.equal(linkedCursor('</a?cursor=1>; rel="prev", </a?cursor=2>; rel=next'), '2')
  })
})
