import type { Call } from '@toneout/contract/model/call.ts'
import { priorityOf } from '@toneout/contract/model/incident.ts'
import type { Targets } from '@toneout/contract/model/targets.ts'

/** Seconds from the ring; null while it has not come to that. */
export type Course = Pick<Call, 'priority_level'> & {
  seconds_to_answer: number | null
  seconds_to_dispatch: number | null
  seconds_to_scene: number | null
}

/**
 * What was later than the targets say: the first unit sent, counted from the answer as processing is, and the
 * first one on scene, counted from the ring. A call whose priority is not known has no targets.
 */
export function lateSteps(call: Course, targets: Targets): ('dispatch' | 'scene')[] {
  if (call.priority_level === null) return []
  const rank = priorityOf[call.priority_level]
  const isOver = (seconds: number | null, target: number | null) =>
    seconds !== null && target !== null && seconds > target
  const { seconds_to_answer, seconds_to_dispatch, seconds_to_scene } = call
  const processing = seconds_to_dispatch === null ? null : seconds_to_dispatch - (seconds_to_answer ?? 0)
  const late: ('dispatch' | 'scene')[] = []
  if (isOver(processing, targets.processing[rank])) late.push('dispatch')
  if (isOver(seconds_to_scene, targets.total_response[rank])) late.push('scene')
  return late
}
