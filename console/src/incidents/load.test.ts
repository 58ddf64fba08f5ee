import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import type { CentreRows, Seen } from '../live/centre.ts'
import type { Live } from '../live/live.ts'
import { anAssignment, anIncident } from '../live/rows.fixture.ts'

const server = { incidents: 0, assignments: 0, pageSize: 3, asked: [] as string[] }

/** A server's lists in small; it is in place before the client is made, which keeps the fetch it finds. */
globalThis.fetch = async (input) => {
  const url = new URL(String(input), 'http://console')
  const kind = url.pathname === '/api/incidents/' ? 'incidents' : 'assignments'
  server.asked.push(url.pathname + url.search)
  const from = Number(url.searchParams.get('cursor') ?? 0)
  const end = Math.min(from + server.pageSize, server[kind])
  const ids = Array.from({ length: end - from }, (_, at) => from + at + 1)
  const results = kind === 'incidents' ? ids.map((id) => anIncident(id)) : ids.map((id) => anAssignment(id))
  const next = end < server[kind] ? `${url.origin}${url.pathname}?cursor=${end}` : null
  return Response.json({ count: server[kind], count_exact: true, next, previous: null, results })
}
const { loadIncidents } = await import('./load.ts')

/** The part of Live that loading needs. */
function aPage() {
  const added: { rows: CentreRows; cursor: number }[] = []
  const dropped: { seen: Seen; cursor: number }[] = []
  const live = {
    cursor: 5,
    addToCentre: (rows: CentreRows, cursor: number) => {
      added.push({ rows, cursor })
      live.cursor += 1
    },
    dropUnseen: (seen: Seen, cursor: number) => void dropped.push({ seen, cursor }),
  }
  return { added, dropped, ticket: { live: live as unknown as Live, signal: new AbortController().signal } }
}

describe('loading incidents', () => {
  beforeEach(() => {
    server.asked.length = 0
  })

  it('reads open incidents and live assignments to their end, each page with its cursor', async () => {
    Object.assign(server, { incidents: 7, assignments: 2, pageSize: 3 })
    const { added, dropped, ticket } = aPage()
    assert.equal(await loadIncidents(ticket), true)
    assert.ok(server.asked[0]?.includes('open=true'))
    assert.ok(server.asked[1]?.includes('live=true'))
    assert.equal(added.flatMap(({ rows }) => rows.incidents ?? []).length, 7)
    assert.equal(added.flatMap(({ rows }) => rows.assignments ?? []).length, 2)
    assert.ok(added.every(({ cursor }) => cursor >= 5))
    assert.equal(dropped.length, 1)
    assert.equal(dropped[0]!.cursor, 5)
    assert.deepEqual([dropped[0]!.seen.incidents?.size, dropped[0]!.seen.assignments?.size], [7, 2])
  })

  it('ends at a thousand and then drops nothing of that kind', async () => {
    Object.assign(server, { incidents: 1_600, assignments: 1, pageSize: 500 })
    const { added, dropped, ticket } = aPage()
    assert.equal(await loadIncidents(ticket), false)
    assert.equal(added.flatMap(({ rows }) => rows.incidents ?? []).length, 1_000)
    assert.deepEqual([dropped[0]!.seen.incidents, dropped[0]!.seen.assignments?.size], [undefined, 1])
  })
})
