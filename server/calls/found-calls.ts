import type { RawBuilder } from 'kysely'
import { sql } from '../lib/db.ts'
import type { Vault } from '../lib/vault.ts'
import { indexOf, mayFindNumber } from './caller.ts'
import { wordsOf } from './words.ts'

type Days = { created_after?: string; created_before?: string }

/** Of each kind of finding the newest so many: a word that is in every call finds no million of them. */
const most = sql.lit(1_000)

/** Conditions of the days that calls were received on; `alias` is none of a client's. */
export function within({ created_after, created_before }: Days, alias: 'c' | 's'): RawBuilder<unknown>[] {
  const at = sql.ref(`${alias}.created_at`)
  const all: RawBuilder<unknown>[] = []
  if (created_after) all.push(sql`${at} >= ${created_after}::timestamptz`)
  if (created_before) all.push(sql`${at} < ${created_before}::timestamptz`)
  return all
}

/** As a query of words, all of them; `last` may be the beginning of one. Words are letters and digits. */
const allOf = (words: readonly string[], last = '') => `${words.join(' & ')}${last}`

/** Of the newest utterances so many are looked through first: what is said often is found there. */
const nearest = sql.lit(60_000)

type Found = RawBuilder<unknown>

/**
 * Utterances with the words, the newest first. A word that is in every tenth of them is read from the end;
 * only what is rare is looked up in the index, which gives all places of a word at once.
 */
function utterances(asked: string, days: Days): Found {
  const limits = within(days, 's')
  const inDays =
    limits.length > 0 ? sql`JOIN calls s ON s.id = i.call_id AND ${sql.join(limits, sql` AND `)}` : sql``
  const columns = sql`i.id, i.call_id, i.words`
  const far = sql`SELECT ${columns} FROM call_interactions i ${inDays} WHERE i.words @@ ${asked}::tsquery`
  if (days.created_before) return sql`${far} ORDER BY i.id DESC LIMIT ${most}`
  return sql`WITH near AS MATERIALIZED (SELECT ${columns}
      FROM (SELECT n.id, n.call_id, n.words FROM call_interactions n ORDER BY n.id DESC LIMIT ${nearest}) AS i
      ${inDays} WHERE i.words @@ ${asked}::tsquery LIMIT ${most})
    SELECT id, call_id, words FROM near WHERE (SELECT count(*) FROM near) >= ${most}
    UNION ALL (${far} AND (SELECT count(*) FROM near) < ${most} ORDER BY i.id DESC LIMIT ${most})`
}

/** Calls in whose utterances all words are, and how much they are about them, by ts_rank in millionths. */
export function hitsOf(search: string, days: Days): Found | undefined {
  const words = wordsOf(search)
  if (words.length === 0) return undefined
  const asked = allOf(words)
  return sql`SELECT said.call_id,
      least(999999, (1000000 * sum(ts_rank(said.words, ${asked}::tsquery, 1)))::int) AS rank
    FROM (${utterances(asked, days)}) AS said GROUP BY said.call_id`
}

/** Condition that a call is one that the search finds: by words, place, number, or the incident's number. */
export function foundBy(search: string, days: Days, vault: Vault): Found {
  const words = wordsOf(search)
  const inDays = sql.join([sql`true`, ...within(days, 's')], sql` AND `)
  const newest = (where: RawBuilder<unknown>) => sql`(SELECT s.id FROM calls s WHERE ${where} AND ${inDays}
    ORDER BY s.created_at DESC, s.id DESC LIMIT ${most})`
  const ways = [
    newest(sql`s.incident_id = (SELECT n.id FROM incidents n
      WHERE n.incident_number = ${search.trim().toUpperCase()})`),
  ]
  if (mayFindNumber(search)) ways.push(newest(sql`s.caller_index = ${indexOf(vault, search)}`))
  if (words.length > 0) {
    ways.push(newest(sql`place_words(s.location, s.incident_number) @@ ${allOf(words, ':*')}::tsquery`))
    ways.push(sql`(SELECT h.call_id FROM (${hitsOf(search, days)}) AS h)`)
  }
  return sql`c.id IN (${sql.join(ways, sql` UNION ALL `)})`
}
