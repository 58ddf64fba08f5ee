import type { ContactTestTimes } from '@toneout/contract/model/contact-test.ts'
import type { AlarmTimes, NotificationRule } from '@toneout/contract/model/message.ts'

/** Who is told of what as long as a centre has not set it otherwise. */
export const defaultRules: readonly NotificationRule[] = [
  { event: 'DISPATCHED', roles: ['paramedic'], channels: ['SCREEN', 'PUSH', 'SMS'] },
  { event: 'DISPATCH_REPEATED', roles: ['paramedic'], channels: ['SCREEN', 'PUSH', 'SMS', 'VOICE'] },
  { event: 'STOOD_DOWN', roles: ['paramedic'], channels: ['SCREEN', 'PUSH', 'SMS'] },
  { event: 'CREW_MESSAGE', roles: ['paramedic'], channels: ['SCREEN', 'PUSH'] },
  { event: 'HOSPITAL_PREALERT', roles: ['hospital'], channels: ['SCREEN', 'EMAIL'] },
  { event: 'HOSPITAL_DIVERSION', roles: ['paramedic'], channels: ['SCREEN', 'PUSH', 'SMS'] },
  { event: 'ALARM_DESK', roles: ['dispatcher'], channels: ['SCREEN'] },
  { event: 'ALARM_SUPERVISOR', roles: ['supervisor'], channels: ['SCREEN', 'SMS'] },
]

export const defaultAlarmTimes: AlarmTimes = {
  acknowledge_seconds: 30,
  moving_seconds: 90,
  desk_seconds: 15,
  supervisor_seconds: 60,
  waiting_share: 66,
  waiting_seconds_1: 120,
  waiting_seconds_2: 300,
}

/** Never by itself: what it costs and whom it wakes is for the centre to decide. */
export const defaultContactTest: ContactTestTimes = { every_days: null, hour_utc: 10 }
