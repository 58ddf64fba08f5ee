import type { AlarmTimes } from '@toneout/contract/model/message.ts'

/** The times of alarms in the order in which they pass. */
export const alarmLabels: Record<keyof AlarmTimes, { label: string; unit: string; hint: string }> = {
  acknowledge_seconds: {
    label: 'No answer',
    unit: 's',
    hint: 'A crew that has not acknowledged is alerted again.',
  },
  moving_seconds: { label: 'Not moving', unit: 's', hint: 'A crew that is not en route is alerted again.' },
  desk_seconds: { label: 'Desk', unit: 's', hint: 'From that second alert to the alarm of the desk.' },
  supervisor_seconds: {
    label: 'Supervisor',
    unit: 's',
    hint: 'From the alarm of the desk, while nobody takes it on.',
  },
  waiting_share: {
    label: 'Early warning',
    unit: '%',
    hint: 'Share of the waiting time below, from 10 to 100.',
  },
  waiting_seconds_1: { label: 'P1 may wait', unit: 's', hint: 'For the first unit to be sent, up to 7,200.' },
  waiting_seconds_2: { label: 'P2 may wait', unit: 's', hint: 'For the first unit to be sent, up to 7,200.' },
}
export const alarmNames = Object.keys(alarmLabels) as (keyof AlarmTimes)[]
