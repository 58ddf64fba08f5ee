import type { AuditEntry, AuditQuery } from '@toneout/contract/model/audit.ts'
import { decodeCursor, encodeCursor } from '../lib/cursor.ts'
import { type Database, sql } from '../lib/db.ts'
import type { Page } from '../lib/keyset-page.ts'

const columns = sql.raw(`f.id, f.at, f.type,
  json_build_object('kind', f.actor_kind, 'id', f.actor_id, 'name', f.actor_name) AS actor,
  f.call_id, f.incident_id, f.unit_id, f.data, f.request_id,
  (SELECT c.call_sid FROM calls c WHERE c.id = f.call_id) AS call_sid,
  (SELECT i.incident_number FROM incidents i WHERE i.id = f.incident_id) AS incident_number,
  (SELECT u.unit_number FROM units u WHERE u.id = f.unit_id) AS unit_number`)

function filter(query: AuditQuery) {
  const where = [sql`true`]
  for (const name of ['actor_kind', 'type', 'call_id', 'incident_id', 'unit_id', 'request_id'] as const) {
    if (query[name] !== undefined) where.push(sql`${sql.ref(`f.${name}`)} = ${query[name]}`)
  }
  if (query.actor !== undefined) where.push(sql`f.actor_name = ${query.actor}`)
  if (query.after !== undefined) where.push(sql`f.at >= ${query.after}`)
  if (query.before !== undefined) where.push(sql`f.at < ${query.before}`)
  return sql.join(where, sql` AND `)
}

const exactTo = 10_000

/** Exact to 10,000; above that the planner's estimate. */
async function count(db: Database, where: ReturnType<typeof filter>) {
  const all = sql`SELECT 1 FROM facts f WHERE ${where}`
  const counted = await sql<{ n: number }>`SELECT count(*) AS n FROM
    (${all} LIMIT ${exactTo + 1}) AS counted`.execute(db.kysely)
  const n = counted.rows[0]?.n ?? 0
  if (n <= exactTo) return { count: n, count_exact: true }
  type Plan = { 'QUERY PLAN': [{ Plan: { 'Plan Rows': number } }] }
  const explained = await sql<Plan>`EXPLAIN (FORMAT JSON) ${all}`.execute(db.kysely)
  return {
    count: Math.max(explained.rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0, n),
    count_exact: false,
  }
}

function readStart(cursor: string): { id: number; backward: boolean } | undefined {
  const [of, id, way] = decodeCursor(cursor) ?? []
  const fits = of === 'audit' && Number.isSafeInteger(id) && (way === 'f' || way === 'b')
  return fits ? { id: id as number, backward: way === 'b' } : undefined
}

/** A page of the history, newest first; undefined when the cursor is not one of it. */
export async function readAudit(db: Database, query: AuditQuery): Promise<Page<AuditEntry> | undefined> {
  const start = query.cursor === undefined ? undefined : readStart(query.cursor)
  if (query.cursor !== undefined && start === undefined) return undefined
  const backward = start?.backward ?? false
  const where = filter(query)
  const after = start ? sql`AND f.id ${sql.raw(backward ? '>' : '<')} ${start.id}::bigint` : sql``
  const [found, counted] = await Promise.all([
    sql<AuditEntry>`SELECT ${columns} FROM facts f WHERE ${where} ${after}
      ORDER BY f.id ${sql.raw(backward ? 'ASC' : 'DESC')} LIMIT ${query.page_size + 1}`.execute(db.kysely),
    count(db, where),
  ])
  const more = found.rows.length > query.page_size
  const results = found.rows.slice(0, query.page_size)
  if (backward) results.reverse()
  const at = (row: AuditEntry | undefined, way: 'f' | 'b') =>
    row ? encodeCursor(['audit', row.id, way]) : null
  return {
    ...counted,
    next: backward || more ? at(results.at(-1), 'f') : null,
    previous: (backward ? more : start !== undefined) ? at(results[0], 'b') : null,
    results,
  }
}
