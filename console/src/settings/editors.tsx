import type { SettingName } from '@toneout/contract/model/settings.ts'
import type { ComponentType } from 'react'
import { AliasesEditor, PhoneEditor, TargetsEditor } from './desk-editors.tsx'
import { HoursEditor, PlanEditor } from './plan-editors.tsx'
import { RulesEditor } from './rules-editor.tsx'
import {
  AlarmEditor,
  ContactTestEditor,
  type EditorProps,
  flagEditor,
  LanguagesEditor,
  numberEditor,
  TemplateEditor,
} from './simple-editors.tsx'
import { WordsEditor } from './words-editor.tsx'

/** The form of each setting. */
export const editors: Readonly<Record<SettingName, ComponentType<EditorProps>>> = {
  response_plans: PlanEditor,
  auto_incident: flagEditor('auto_incident'),
  incident_number_template: TemplateEditor,
  drive_slowdowns: HoursEditor,
  targets: TargetsEditor,
  cover_metres: numberEditor('cover_metres', 'Metres', 'Never asks'),
  command_aliases: AliasesEditor,
  desk_phone: PhoneEditor,
  alarm_times: AlarmEditor,
  notification_rules: RulesEditor,
  message_templates: WordsEditor,
  contact_test: ContactTestEditor,
  caller_languages: LanguagesEditor,
  second_factor_required: flagEditor('second_factor_required'),
  admin_idle_minutes: numberEditor('admin_idle_minutes', 'Minutes', null),
  transcripts_days: numberEditor('transcripts_days', 'Days', 'For ever'),
  numbers_days: numberEditor('numbers_days', 'Days', 'For ever'),
  positions_days: numberEditor('positions_days', 'Days', 'For ever'),
  audit_days: numberEditor('audit_days', 'Days', 'For ever'),
}
