import type { ListedMore } from '@toneout/contract/model/call-list.ts'
import type { Context } from '../context.ts'
import { correctedTime } from '../lib/db.ts'
import { hitAround } from './rules-hit.ts'
import { type Course, lateSteps } from './rules-late.ts'
import { wordsOf } from './words.ts'

const units = 20

/** Seconds from the ring until then, never before it; null while there is no such moment. */
const fromRing = (moment: string) => `CASE WHEN ${moment} < c.created_at THEN 0
  ELSE extract(epoch FROM ${moment} - c.created_at)::float8 END`

/** Until the first unit reached a milestone, as they count. */
export const secondsTo = (milestone: 'assigned_at' | 'on_scene_at') => `(SELECT ${fromRing('first.at')}
  FROM (SELECT min(${correctedTime(milestone)}) AS at
    FROM assignments a WHERE a.incident_id = c.incident_id) AS first)`

/** Until somebody answered. */
export const toAnswer = fromRing('c.answered_at')

/** What a list tells beside a call, as columns of the statement that reads it. */
export const moreColumns = `c.tags, c.review, c.over_target,
  (SELECT p.username FROM people p WHERE p.id = c.reviewer_id) AS reviewer,
  (SELECT n.incident_number FROM incidents n WHERE n.id = c.incident_id) AS incident,
  ARRAY(SELECT u.unit_number FROM assignments a JOIN units u ON u.id = a.unit_id
    WHERE a.incident_id = c.incident_id ORDER BY a.id LIMIT ${units}) AS units,
  ${secondsTo('assigned_at')} AS seconds_to_dispatch, ${secondsTo('on_scene_at')} AS seconds_to_scene`

/** The utterance of a call that is most about the words; none for no words. */
const hit = `(SELECT i.message FROM call_interactions i WHERE i.call_id = c.id AND i.words @@ $2::tsquery
  ORDER BY ts_rank(i.words, $2::tsquery, 1) DESC, i.id LIMIT 1)`

type Found = Omit<ListedMore, 'late'> & Course & { id: number }

/** By id of the call, for the calls of a page; `search` is what they were looked for by. */
export async function readMore(
  { db, settings }: Pick<Context, 'db' | 'settings'>,
  ids: readonly number[],
  search = '',
) {
  const words = wordsOf(search)
  const text = `SELECT c.id, c.priority_level, ${toAnswer} AS seconds_to_answer, ${moreColumns},
      ${words.length > 0 ? hit : 'NULL'} AS hit
    FROM calls c WHERE c.id = ANY($1::bigint[])`
  const values = [ids, ...(words.length > 0 ? [words.join(' & ')] : [])]
  const { rows } = await db.pool.query<Found>(text, values)
  const { targets } = settings.current()
  return new Map(
    rows.map(({ id, hit, priority_level, seconds_to_answer, ...more }) => {
      const late = lateSteps({ priority_level, seconds_to_answer, ...more }, targets)
      return [id, { ...more, late, hit: hitAround(hit, words) }]
    }),
  )
}
