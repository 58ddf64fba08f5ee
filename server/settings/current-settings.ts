import type { Settings } from '@toneout/contract/model/settings.ts'
import { defaultTargets } from '@toneout/contract/model/targets.ts'
import type { Context, CurrentSettings } from '../context.ts'
import { numberTemplate } from '../incidents/rules-raising.ts'
import { defaultAlarmTimes, defaultContactTest, defaultRules } from '../notifications/rules-defaults.ts'
import { defaultNeeds } from '../recommendations/response-plans.ts'
import { readStored, type StoredSetting } from './store.ts'

const defaultsOf = ({ secondFactorRequired }: Context['config']): Settings => ({
  response_plans: defaultNeeds,
  auto_incident: true,
  incident_number_template: numberTemplate,
  second_factor_required: secondFactorRequired,
  admin_idle_minutes: 30,
  transcripts_days: null,
  numbers_days: null,
  positions_days: null,
  audit_days: null,
  drive_slowdowns: Array(24).fill(1),
  notification_rules: defaultRules,
  message_templates: [],
  alarm_times: defaultAlarmTimes,
  command_aliases: {},
  desk_phone: null,
  cover_metres: 8_000,
  contact_test: defaultContactTest,
  caller_languages: ['en'],
  targets: defaultTargets,
})

/** What has been set over the defaults. */
export function overDefaults(config: Context['config'], stored: readonly StoredSetting[]): Settings {
  const defaults = defaultsOf(config)
  const set: Partial<Settings> = Object.fromEntries(stored.map(({ name, value }) => [name, value]))
  // A type of emergency or an interval that is newer than what was set has its default.
  const response_plans = { ...defaults.response_plans, ...set.response_plans }
  const targets = { ...defaults.targets, ...set.targets }
  return { ...defaults, ...set, response_plans, targets }
}

/**
 * The settings in this process's memory. They are the defaults until they are first read; a change on another
 * process is known here when its notification has come.
 */
export function createSettings({ db, config }: Pick<Context, 'db' | 'config'>): CurrentSettings {
  let settings = defaultsOf(config)
  let reading: Promise<void> = Promise.resolve()
  const read = async () => {
    settings = overDefaults(config, await readStored(db.pool))
  }
  return {
    current: () => settings,
    // One after the other, so that an older reading never takes the place of a newer one.
    refresh: () => {
      reading = reading.then(read, read)
      return reading
    },
  }
}
