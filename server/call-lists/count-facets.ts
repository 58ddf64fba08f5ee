import { answeredBy, callStatuses, emergencyTypes, priorityLevels } from '@toneout/contract/model/call.ts'
import { type CallFacets, reviews } from '@toneout/contract/model/call-list.ts'
import { conditions, type Filters } from '../calls/search.ts'
import type { Context } from '../context.ts'
import { sql } from '../lib/db.ts'
import { type Cell, facetsOf, groups } from './rules-facets.ts'

/** Calls that are counted at most: the newest ones. Their columns stand in one index. */
const mostCounted = 100_000
const exactTo = 10_000

/** How often each combination of values is there, whatever the groups ask for: a few hundred rows. */
async function readCells({ db, vault }: Context, query: Filters): Promise<Cell[]> {
  const others = { ...query, ...Object.fromEntries(groups.map((name) => [name, undefined])) }
  const columns = sql.raw(groups.join(', '))
  const { rows } = await sql<Cell>`SELECT ${columns}, count(*) AS n
    FROM (SELECT ${columns} FROM calls c WHERE ${conditions(others as Filters, vault)}
      ORDER BY c.created_at DESC, c.id DESC LIMIT ${sql.lit(mostCounted + 1)}) AS counted
    GROUP BY ${columns}`.execute(db.kysely)
  return rows
}

/** Calls since each instant, whatever days are asked for. */
async function readReceived({ db, vault }: Context, query: Filters, since: readonly string[]) {
  if (since.length === 0) return []
  const one = (at: string) => sql`(SELECT count(*) FROM (SELECT FROM calls c
    WHERE ${conditions({ ...query, created_after: at, created_before: undefined }, vault)}
    LIMIT ${sql.lit(exactTo + 1)}) AS counted)`
  const counts = sql.join(since.map(one))
  const { rows } = await sql<{ counts: number[] }>`SELECT ARRAY[${counts}]::int[] AS counts`.execute(
    db.kysely,
  )
  return since.map((at, index) => {
    const n = rows[0]?.counts[index] ?? 0
    return { since: at, count: Math.min(n, exactTo), exact: n <= exactTo }
  })
}

const known = {
  status: callStatuses,
  emergency_type: emergencyTypes,
  priority_level: priorityLevels,
  answered_by: answeredBy,
  lost_contact: ['true', 'false'],
  review: reviews,
  over_target: ['true', 'false'],
} as const

/** Counts by what calls could be filtered by. Two statements, each bounded. */
export async function countFacets(
  ctx: Context,
  { received_since, ...query }: Filters & { received_since: string[] },
): Promise<CallFacets> {
  const [cells, received] = await Promise.all([
    readCells(ctx, query),
    readReceived(ctx, query, received_since),
  ])
  const counted = cells.reduce((sum, { n }) => sum + n, 0)
  const exact = counted <= mostCounted
  return { exact, counted: Math.min(counted, mostCounted), ...facetsOf(cells, query, known), received }
}
