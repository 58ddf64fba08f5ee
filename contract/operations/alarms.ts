import { z } from 'zod'
import { alarm, alarmQuery } from '../model/alarm.ts'
import { oneRow } from '../model/field.ts'
import { operation } from '../operation.ts'
import { dispatchers } from '../roles.ts'

const way = ['invalid', 'not_authenticated', 'forbidden'] as const

export const listAlarms = operation({
  method: 'GET',
  path: '/api/alarms/',
  group: 'Notifications',
  summary: 'List alarms that stand, newest first, at most 200',
  who: [...dispatchers, 'admin'],
  query: alarmQuery,
  replies: { 200: z.object({ results: z.array(alarm) }) },
  refusals: way,
})

export const acknowledgeAlarm = operation({
  method: 'POST',
  path: '/api/alarms/{id}/acknowledge/',
  group: 'Notifications',
  summary: 'Take an alarm on, so that it goes to no supervisor',
  description: 'The same again, and one that is over, changes nothing.',
  who: dispatchers,
  params: oneRow,
  replies: { 204: null },
  refusals: [...way, 'not_found'],
})
