import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { type CallQuery, callQuery } from '@toneout/contract/operations/calls.ts'
import type { RawBuilder } from 'kysely'
import { callList } from '../calls/search.ts'
import { countStatement, pageStatement, type SortedList } from '../lib/newest-page.ts'
import { seedCalls } from '../seeding/seed-calls.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

const limit = { timeout: 240_000 }
/** As many as the seeding makes its indexes anew for. */
const calls = 20_000

let server: TestServer

before(async () => {
  server = await startTestServer()
  const { database, ctx } = server
  const now = new Date('2026-11-21T07:00:00Z')
  await seedCalls(database.connection, ctx.vault, { calls, interactions: 4, now })
  // What others still look at may keep the first from seeing all pages as they are to stay.
  const text = `SELECT relallvisible < relpages AS found FROM pg_class WHERE oid = 'calls'::regclass`
  for (let times = 0; times < 20 && (await ctx.db.pool.query(text)).rows[0].found; times += 1) {
    await ctx.db.pool.query('VACUUM ANALYZE calls')
  }
}, limit)
after(() => server.close())

type Node = { 'Node Type': string; 'Relation Name'?: string; 'Index Name'?: string; Plans?: Node[] }

const nodesOf = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)]

/** The plan of what is read of the list that the query of an address asks for. */
async function planOf(
  address: string,
  what: (list: SortedList) => RawBuilder<unknown> = (list) => pageStatement(list, 50),
): Promise<Node[]> {
  const query: CallQuery = callQuery.parse(Object.fromEntries(new URLSearchParams(address)))
  const { sql, parameters } = what(callList(query, server.ctx.vault)).compile(server.ctx.db.kysely)
  const { rows } = await server.ctx.db.pool.query(`EXPLAIN (FORMAT JSON) ${sql}`, [...parameters])
  return nodesOf(rows[0]['QUERY PLAN'][0].Plan)
}

/** Filters of the documentation, each alone and some together. */
const addresses = [
  '',
  'status=COMPLETED',
  'status=ACTIVE',
  'emergency_type=FIRE',
  'priority_level=HIGH',
  'answered_by=AI',
  'lost_contact=true',
  'over_target=true',
  'review=NEEDED',
  'tag=training',
  'open=true',
  'open=false',
  'caller_number=%2B15551000001',
  'incident_id=5',
  'ids=1,2,3',
  'created_after=2026-11-01',
  'created_after=2026-01-01&created_before=2026-02-01',
  'emergency_type=FIRE&priority_level=CRITICAL&answered_by=HUMAN&status=CANCELLED',
  'ordering=created_at',
  'ordering=priority_level',
  'ordering=-priority_level',
  'ordering=completed_at',
  'ordering=-completed_at',
  'search=elephant',
  'search=elephant&ordering=relevance',
  'search=12 Harbour',
  'search=%2B15551000001',
  'search=I-26-000123',
]

describe('the plan of a first page reads indexes and never a whole table', limit, () => {
  for (const address of addresses) {
    test(address || 'no filter', async () => {
      const nodes = await planOf(address)
      const whole = nodes.filter((one) => one['Node Type'] === 'Seq Scan')
      assert.deepEqual(
        whole.map((one) => one['Relation Name']),
        [],
        JSON.stringify(nodes.map((one) => `${one['Node Type']} ${one['Index Name'] ?? ''}`)),
      )
    })
  }
})

test('filters that stand in the index are looked at there alone', limit, async () => {
  const nodes = await planOf('emergency_type=FIRE&status=COMPLETED')
  const found = nodes.find((one) => one['Index Name'] === 'calls_created_at_idx')
  assert.equal(found?.['Node Type'], 'Index Only Scan')
})

describe('calls of few kinds are counted and found without reading past all others', limit, () => {
  for (const address of [
    'emergency_type=FIRE&priority_level=CRITICAL',
    'priority_level=CRITICAL&answered_by=HUMAN&status=CANCELLED',
    'emergency_type=FIRE&lost_contact=true&over_target=true',
  ]) {
    test(address, async () => {
      const counted = await planOf(address, countStatement)
      assert.ok(counted.some((one) => /kinds|lost_contact|over_target/.test(one['Index Name'] ?? '')))
      assert.ok(counted.every((one) => one['Index Name'] !== 'calls_created_at_idx'))
    })
  }

  test('the page of very few', async () => {
    const address = 'emergency_type=FIRE&priority_level=CRITICAL&answered_by=HUMAN&status=CANCELLED'
    const nodes = await planOf(address)
    assert.ok(nodes.some((one) => one['Index Name'] === 'calls_kinds_idx'))
  })
})

test('the indexes that seeding takes away are there again', limit, async () => {
  const { rows } = await server.ctx.db.pool.query(`SELECT count(*)::int AS n FROM pg_indexes
    WHERE tablename IN ('calls', 'call_interactions') AND indexdef LIKE '%gin%'`)
  assert.equal(rows[0].n, 3)
})
