import { type Assignment, effectiveMilestones } from '@toneout/contract/model/assignment.ts'

const phases = [
  ['Turnout', 'assigned_at', 'en_route_at'],
  ['Travel', 'en_route_at', 'on_scene_at'],
  ['Scene', 'on_scene_at', 'transporting_at'],
  ['Transport', 'transporting_at', 'at_hospital_at'],
  ['Hospital', 'at_hospital_at', 'cleared_at'],
] as const

/** How long each phase of a unit's run took; of phases that were left out none is shown. */
export function phasesOf(one: Assignment): { name: string; from: string; seconds: number }[] {
  const at = effectiveMilestones(one)
  return phases.flatMap(([name, begins, ends]) => {
    const from = at[begins]
    // A run without a transport ends on scene.
    const to = at[ends] ?? (name === 'Scene' && at.at_hospital_at === null ? at.cleared_at : null)
    if (from === null || to === null) return []
    const seconds = (Date.parse(to) - Date.parse(from)) / 1000
    return seconds < 0 ? [] : [{ name, from, seconds }]
  })
}
