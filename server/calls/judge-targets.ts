import type { Context } from '../context.ts'
import { secondsTo, toAnswer } from './listed-more.ts'
import { type Course, lateSteps } from './rules-late.ts'

/** Calls are judged again for so long: milestones come late, and are corrected. */
const againMs = 48 * 3_600_000
const mostJudged = 5_000

type Judged = Course & { id: number; over_target: boolean | null }

/**
 * Notes which calls of the last two days had to wait longer than the targets say, so that a list of a million
 * of them can be filtered by it. Gives how many changed.
 */
export async function judgeTargets({ db, settings, now }: Context): Promise<number> {
  const text = `SELECT c.id, c.over_target, c.priority_level, ${toAnswer} AS seconds_to_answer,
      ${secondsTo('assigned_at')} AS seconds_to_dispatch, ${secondsTo('on_scene_at')} AS seconds_to_scene
    FROM calls c WHERE c.created_at > $1 AND c.incident_id IS NOT NULL
    ORDER BY c.created_at DESC, c.id DESC LIMIT ${mostJudged}`
  const since = new Date(now().getTime() - againMs).toISOString()
  const { rows } = await db.pool.query<Judged>(text, [since])
  const { targets } = settings.current()
  const isOver = (one: Judged) =>
    one.seconds_to_dispatch === null ? null : lateSteps(one, targets).length > 0
  const changed = rows.filter((one) => isOver(one) !== one.over_target)
  if (changed.length === 0) return 0
  const update = `UPDATE calls c SET over_target = j.over
    FROM unnest($1::bigint[], $2::boolean[]) AS j(id, over)
    WHERE c.id = j.id AND c.id IN (SELECT id FROM calls WHERE id = ANY($1) ORDER BY id
      FOR NO KEY UPDATE SKIP LOCKED)`
  await db.pool.query(update, [changed.map(({ id }) => id), changed.map(isOver)])
  return changed.length
}
