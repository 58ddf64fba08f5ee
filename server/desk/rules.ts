import type { DeskView } from '@toneout/contract/model/desk.ts'

/**
 * Of one incident: when it became known, had its first unit sent, and the first there. `answered_at` is that
 * of its first call, or where its client does not tell, the ring; null without a call.
 */
export type Course = {
  priority: number
  known_at: string
  answered_at: string | null
  assigned_at: string | null
  on_scene_at: string | null
}

type Figure = DeskView['response']

/** Whole seconds, rounded up; null while an end is missing, or where the end is before the start. */
function secondsBetween(since: string | null, until: string | null): number | null {
  if (since === null || until === null) return null
  const ms = Date.parse(until) - Date.parse(since)
  return ms < 0 ? null : Math.ceil(ms / 1_000)
}

/** The value at index floor(0.9 n) of the sorted ones, counted from 0. */
function figureOf(spans: readonly (number | null)[], target: number | null): Figure {
  const values = spans.filter((one) => one !== null).sort((a, b) => a - b)
  return { p90: values[Math.floor(values.length * 0.9)] ?? null, n: values.length, target }
}

type Targets = Pick<DeskView['targets'], 'processing' | 'total_response'>

/** How the incidents went, beside what is wished for those of priority 1. */
export function figuresOf(courses: readonly Course[], { processing, total_response }: Targets) {
  const gravest = courses.filter(({ priority }) => priority === 1)
  return {
    answer_to_dispatch: figureOf(
      courses.map((one) => secondsBetween(one.answered_at, one.assigned_at)),
      processing[1],
    ),
    response: figureOf(
      gravest.map((one) => secondsBetween(one.known_at, one.on_scene_at)),
      total_response[1],
    ),
  }
}
