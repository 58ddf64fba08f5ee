import { z } from 'zod'
import { type Language, languages } from './contact.ts'
import { type ContactTestTimes, contactTestTimes } from './contact-test.ts'
import { type CommandAliases, commandAliases, coverMetres, deskPhone } from './desk.ts'
import { numberWithin, plainText } from './field.ts'
import {
  type AlarmTimes,
  alarmTimes,
  type NotificationRule,
  notificationRule,
  notificationRules,
} from './message.ts'
import { type MessageTemplate, messageTemplate, messageTemplates } from './message-template.ts'
import { type PlannedNeeds, responsePlans, responsePlansChange } from './response-plan.ts'
import { type Targets, targets, targetsChange } from './targets.ts'
import { instant, lowerCase } from './text.ts'

const values = z.object({
  response_plans: responsePlans,
  /** Whether calls raise incidents by themselves. */
  auto_incident: z.boolean(),
  /** Such as I-{yy}-{000000}. */
  incident_number_template: z.string(),
  /** Whether supervisors and admins need an authenticator app. */
  second_factor_required: z.boolean(),
  /** Minutes without a request after which an admin's session ends. */
  admin_idle_minutes: z.number().int(),
  /** Days after which the words of calls are erased; null keeps them. */
  transcripts_days: z.number().int().nullable(),
  /** Days after which callers' numbers are erased; null keeps them. */
  numbers_days: z.number().int().nullable(),
  /** Days after which the last known positions of units are erased; null keeps them. */
  positions_days: z.number().int().nullable(),
  /** Days after which facts leave the history, 90 at least; null keeps them. */
  audit_days: z.number().int().nullable(),
  /** What free drive times are multiplied by in each hour of the day, from midnight on. */
  drive_slowdowns: z.array(z.number()),
  /** Who is told of what, and how. */
  notification_rules: z.array(notificationRule),
  /** Words of the centre in place of the usual ones. */
  message_templates: z.array(messageTemplate),
  /** When alarms are raised. */
  alarm_times: alarmTimes,
  /** Words of the command line by which a centre knows its own, in capitals: word to word. */
  command_aliases: z.record(z.string(), z.string()),
  /** What crews call the desk by; null where they are given no number. */
  desk_phone: z.string().nullable(),
  /**
   * Desks ask before they send what leaves a station without a free ambulance so near, crow-fly, other than
   * for priority 1; null never asks.
   */
  cover_metres: z.number().int().nullable(),
  /** When all contacts are tested by themselves. */
  contact_test: contactTestTimes,
  /** Languages in which a caller is spoken to whom nobody else answers, one after the other. */
  caller_languages: z.array(z.enum(languages)),
  /** Seconds that intervals should take, by priority: for timers at the desk and for figures. */
  targets,
})

const change = z.object({ name: z.string(), updated_at: instant, updated_by: z.string().nullable() })

/**
 * What a centre decides for itself, and what would hold if it had decided nothing. `changed` tells of each
 * setting that was ever set.
 */
export const settings = values.extend({ defaults: values, changed: z.array(change) }).meta({ id: 'Settings' })
export type ShownSettings = z.output<typeof settings>

export const settingNames = [
  'response_plans',
  'auto_incident',
  'incident_number_template',
  'second_factor_required',
  'admin_idle_minutes',
  'transcripts_days',
  'numbers_days',
  'positions_days',
  'audit_days',
  'drive_slowdowns',
  'notification_rules',
  'message_templates',
  'alarm_times',
  'command_aliases',
  'desk_phone',
  'cover_metres',
  'contact_test',
  'caller_languages',
  'targets',
] as const
export type SettingName = (typeof settingNames)[number]

/** The settings as the server works by them. */
export type Settings = {
  response_plans: PlannedNeeds
  auto_incident: boolean
  incident_number_template: string
  second_factor_required: boolean
  admin_idle_minutes: number
  transcripts_days: number | null
  numbers_days: number | null
  positions_days: number | null
  audit_days: number | null
  drive_slowdowns: readonly number[]
  notification_rules: readonly NotificationRule[]
  message_templates: readonly MessageTemplate[]
  alarm_times: AlarmTimes
  command_aliases: CommandAliases
  desk_phone: string | null
  cover_metres: number | null
  contact_test: ContactTestTimes
  caller_languages: readonly Language[]
  targets: Targets
}

/**
 * The count comes last and after no digit: so different counts never make the same number, also when the
 * template is changed and changed back.
 */
const templateShape = /^(?:(?:[\p{L}\p{N} ._/-]|\{yy(?:yy)?\})*[\p{L} ._/-])?\{0{1,10}\}$/u
const template = plainText(40).regex(
  templateShape,
  'Must end with the count, such as {000000}, after no digit. Before it: letters, digits, space . _ / - ' +
    'and {yy} or {yyyy}.',
)

/** A hundred years at most; null keeps what it is about for ever. */
const days = numberWithin(1, 36_500, true).nullable()
/** The database lets no fact go that is younger. */
export const fewestAuditDays = 90

const oneLanguage = z.enum(languages, { error: `Must be one of ${languages.join(', ')}.` })
const callerLanguages = z
  .array(z.preprocess(lowerCase, oneLanguage), { error: 'Must be a list of languages.' })
  .min(1, 'Must name at least 1 language.')
  .max(languages.length, `Must name at most ${languages.length} languages.`)
  .refine((list) => new Set(list).size === list.length, 'Must name each language once.')

/** Body of PATCH /api/settings/; what is left out keeps its value, also within response_plans. */
export const settingsChange = z
  .strictObject({
    response_plans: responsePlansChange,
    auto_incident: z.boolean({ error: 'Must be true or false.' }),
    incident_number_template: template,
    second_factor_required: z.boolean({ error: 'Must be true or false.' }),
    admin_idle_minutes: numberWithin(5, 720, true),
    transcripts_days: days,
    numbers_days: days,
    positions_days: days,
    audit_days: numberWithin(fewestAuditDays, 36_500, true).nullable(),
    drive_slowdowns: z
      .array(numberWithin(0.5, 3), { error: 'Must be a list of numbers.' })
      .length(24, 'Must be 24 numbers, one for each hour from midnight on.'),
    notification_rules: notificationRules,
    message_templates: messageTemplates,
    alarm_times: alarmTimes,
    command_aliases: commandAliases,
    desk_phone: deskPhone,
    cover_metres: coverMetres,
    contact_test: contactTestTimes,
    caller_languages: callerLanguages,
    targets: targetsChange,
  })
  .partial()
  .meta({ id: 'SettingsChange' })
export type SettingsChange = z.output<typeof settingsChange>
