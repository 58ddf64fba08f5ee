import { settings, settingsChange } from '../model/settings.ts'
import { operation } from '../operation.ts'
import { keepers } from '../roles.ts'

const way = ['invalid', 'not_authenticated', 'forbidden'] as const
const path = '/api/settings/'

export const readSettings = operation({
  method: 'GET',
  path,
  group: 'System',
  summary: 'Read what the centre has set',
  description: '`changed` names the settings that are not the defaults any more.',
  who: keepers,
  replies: { 200: settings },
  refusals: way,
})

export const changeSettings = operation({
  method: 'PATCH',
  path,
  group: 'System',
  summary: 'Set response plans, whether calls raise incidents, and how incidents are numbered',
  description:
    'What is left out keeps its value, also types and priorities within response_plans. Every process works ' +
    'by it within moments; an incident that is open keeps its number.',
  who: ['admin'],
  body: settingsChange,
  replies: { 200: settings },
  refusals: [...way, 'body_too_large', 'unsupported_media_type'],
})
