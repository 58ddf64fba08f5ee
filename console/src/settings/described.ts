import { templateFields } from '@toneout/contract/model/message-template.ts'
import type { SettingName, ShownSettings } from '@toneout/contract/model/settings.ts'
import { amount, dash, plural } from '../ui/format.ts'
import { languageWord } from '../ui/words.ts'

export const groups = ['Dispatch', 'Alerts', 'Access', 'Retention'] as const

/** One setting for people: what it is about, what it may be, and its value in a line. */
export type Described<Value> = {
  title: string
  group: (typeof groups)[number]
  meaning: string
  limits: string
  show: (value: Value) => string
}

const days = (value: number | null) => (value === null ? 'Kept for ever' : plural(value, 'day'))
const yesNo = (value: boolean) => (value ? 'Yes' : 'No')
const upTo = 'days, from 1 to 36,500; empty keeps it for ever.'

const retention = (title: string, meaning: string, limits = `Whole ${upTo}`) => ({
  title,
  group: 'Retention' as const,
  meaning,
  limits,
  show: days,
})

const seconds = (of: ShownSettings['targets']['processing'], priority: number) =>
  of[priority as 1 | 2 | 3 | 4] ?? dash

const isSlower = (factor: number) => factor !== 1

export const described: { readonly [Name in SettingName]: Described<ShownSettings[Name]> } = {
  response_plans: {
    title: 'Response plans',
    group: 'Dispatch',
    meaning:
      'What is recommended by type of emergency and priority: one unit for each word, the most needed first.',
    limits: '1 to 6 units for each priority.',
    show: (plans) => `${Object.keys(plans).length} types of emergency`,
  },
  auto_incident: {
    title: 'Calls raise incidents',
    group: 'Dispatch',
    meaning: 'A call whose type and place are known raises an incident; otherwise a dispatcher raises each.',
    limits: 'Yes or no.',
    show: yesNo,
  },
  incident_number_template: {
    title: 'Incident numbers',
    group: 'Dispatch',
    meaning: 'How incidents are numbered from now on. Incidents keep the numbers they have.',
    limits: 'Up to 40 characters that end with the count, such as {000000}; before it {yy} or {yyyy}.',
    show: (template) => template,
  },
  drive_slowdowns: {
    title: 'Slower hours',
    group: 'Dispatch',
    meaning:
      'What drive times on empty roads are multiplied by in each hour of the day: 1.5 is half as long again.',
    limits: '24 numbers from 0.5 to 3, for hours of local time from midnight on.',
    show: (hours) => {
      const slow = hours.filter(isSlower).length
      return slow === 0 ? 'None' : plural(slow, 'hour')
    },
  },
  targets: {
    title: 'Targets',
    group: 'Dispatch',
    meaning:
      'How long each interval should take, by priority: for the timers of the desk and for the figures.',
    limits: 'Whole seconds from 1 to 86,400; empty is no target.',
    show: ({ processing }) =>
      `First unit ${[1, 2, 3, 4].map((one) => seconds(processing, one)).join(', ')} s`,
  },
  cover_metres: {
    title: 'Cover of stations',
    group: 'Dispatch',
    meaning: 'Desks ask before they send what leaves a station without a free ambulance so near; not for P1.',
    limits: 'Whole metres as the crow flies, from 100 to 200,000; empty never asks.',
    show: (metres) => (metres === null ? 'Never asks' : `${amount(metres)} m`),
  },
  command_aliases: {
    title: 'Own words of the command line',
    group: 'Dispatch',
    meaning: 'Words by which the centre knows what the command line calls otherwise.',
    limits: 'Words in capitals, each with the word it stands for.',
    show: (aliases) => plural(Object.keys(aliases).length, 'word'),
  },
  desk_phone: {
    title: 'Number of the desk',
    group: 'Dispatch',
    meaning: 'What crews call the desk by; it stands behind a button of their page.',
    limits: 'A telephone number, such as +1 555 0100; empty is none.',
    show: (phone) => phone ?? 'None',
  },
  alarm_times: {
    title: 'Alarm times',
    group: 'Alerts',
    meaning: 'When a crew that does not answer is alerted again, and when desk and supervisor are told.',
    limits:
      'Seconds from 5 to 3,600, the wait for a first unit from 10 to 7,200; the early warning in percent.',
    show: ({ acknowledge_seconds, moving_seconds }) =>
      `No answer ${acknowledge_seconds} s, not moving ${moving_seconds} s`,
  },
  notification_rules: {
    title: 'Who is told of what',
    group: 'Alerts',
    meaning:
      'For each event the roles that are told and by which channels. Whoever is off duty is never told.',
    limits: 'At most 100 rules; each names at least 1 role and 1 channel.',
    show: (rules) => plural(rules.length, 'rule'),
  },
  message_templates: {
    title: 'Words of messages',
    group: 'Alerts',
    meaning: 'What a message says, by event, channel and language, in place of the usual words.',
    limits: `At most 100. In braces: ${templateFields.join(', ')}.`,
    show: (templates) => (templates.length === 0 ? 'The usual ones' : plural(templates.length, 'template')),
  },
  contact_test: {
    title: 'Contact tests',
    group: 'Alerts',
    meaning:
      'Everybody on duty gets a test by every channel, so that a wrong number is found before it matters.',
    limits: 'Every 1 to 365 days at a full hour of UTC; empty never tests by itself.',
    show: ({ every_days, hour_utc }) =>
      every_days === null ? 'Never by itself' : `Every ${plural(every_days, 'day')} at ${hour_utc}:00 UTC`,
  },
  caller_languages: {
    title: 'Languages for callers',
    group: 'Alerts',
    meaning: 'In which languages a caller is spoken to whom nobody else answers, one after the other.',
    limits: 'At least 1; each once.',
    show: (languages) => languages.map((one) => languageWord(one) ?? one).join(', ') || dash,
  },
  second_factor_required: {
    title: 'Authenticator app required',
    group: 'Access',
    meaning:
      'Supervisors and admins need an authenticator app beside the password, 7 days after they were added.',
    limits: 'Yes or no.',
    show: yesNo,
  },
  admin_idle_minutes: {
    title: 'Admins signed out when idle',
    group: 'Access',
    meaning: 'Minutes without anything done after which the session of an admin ends.',
    limits: 'Whole minutes from 5 to 720.',
    show: (minutes) => plural(minutes, 'minute'),
  },
  transcripts_days: retention(
    'Words of calls',
    'Days after which what was said in a call is erased, within the hour.',
  ),
  numbers_days: retention(
    'Callers’ numbers',
    'Days after which callers’ numbers are erased, within the hour.',
  ),
  positions_days: retention(
    'Positions of units',
    'Days after which the last known positions of units are erased.',
  ),
  audit_days: retention(
    'The history',
    'Days after which lines leave the history. The cut is itself sealed and recorded.',
    'Whole days, from 90 to 36,500; empty keeps it for ever.',
  ),
}

/** The value of a setting in a line. */
export function lineOf(name: SettingName, settings: Pick<ShownSettings, SettingName>): string {
  const { show } = described[name] as Described<unknown>
  return show(settings[name])
}
