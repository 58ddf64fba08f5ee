import type { EmergencyType } from '@toneout/contract/model/call.ts'
import type { PlannedNeeds } from '@toneout/contract/model/response-plan.ts'
import type { SettingName, Settings, SettingsChange } from '@toneout/contract/model/settings.ts'
import { settingNames } from '@toneout/contract/model/settings.ts'
import type { TargetName, Targets } from '@toneout/contract/model/targets.ts'

/** Types and priorities that are left out keep their units. */
function changePlans(
  plans: PlannedNeeds,
  change: NonNullable<SettingsChange['response_plans']>,
): PlannedNeeds {
  const types = Object.entries(change) as [EmergencyType, (typeof change)[EmergencyType]][]
  return { ...plans, ...Object.fromEntries(types.map(([type, some]) => [type, { ...plans[type], ...some }])) }
}

/** Intervals and priorities that are left out keep their seconds. */
function changeTargets(targets: Targets, change: NonNullable<SettingsChange['targets']>): Targets {
  const names = Object.keys(change) as TargetName[]
  return {
    ...targets,
    ...Object.fromEntries(names.map((name) => [name, { ...targets[name], ...change[name] }])),
  }
}

export type SettingChange = { name: SettingName; from: unknown; to: unknown }

/** Only the types that differ, so that the history of a change can be read. */
function differingTypes(before: PlannedNeeds, after: PlannedNeeds) {
  const types = (Object.keys(before) as EmergencyType[]).filter(
    (type) => JSON.stringify(before[type]) !== JSON.stringify(after[type]),
  )
  const only = (plans: PlannedNeeds) => Object.fromEntries(types.map((type) => [type, plans[type]]))
  return { from: only(before), to: only(after) }
}

/** What becomes of the settings, and what of it is a change; what is the same already is none. */
export function decideChange(before: Settings, body: SettingsChange) {
  const { response_plans, targets: newTargets, ...rest } = body
  const plans = changePlans(before.response_plans, response_plans ?? {})
  const targets = changeTargets(before.targets, newTargets ?? {})
  const after: Settings = { ...before, ...rest, response_plans: plans, targets }
  const differ = settingNames.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
  const changes = differ.map(
    (name): SettingChange =>
      name === 'response_plans'
        ? { name, ...differingTypes(before.response_plans, plans) }
        : { name, from: before[name], to: after[name] },
  )
  return { after, changes }
}
