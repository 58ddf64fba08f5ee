import { emergencyTypes } from '@toneout/contract/model/call.ts'
import type { NotificationRule } from '@toneout/contract/model/message.ts'
import type { SettingName, ShownSettings } from '@toneout/contract/model/settings.ts'
import { targetNames } from '@toneout/contract/model/targets.ts'
import { SideFacts } from '../frame/side-panel.tsx'
import { channelWord, eventWord } from '../messages/message-words.ts'
import { dash } from '../ui/format.ts'
import { kindWord, roleWord, typeWord } from '../ui/words.ts'
import { alarmLabels, alarmNames } from './alarm-words.ts'
import { targetWords } from './target-words.ts'

const priorities = [1, 2, 3, 4] as const

/** Settings that hold more than a line, as they are. */
export function ValueView({ name, settings }: { name: SettingName; settings: ShownSettings }) {
  if (name === 'response_plans') return <Plans plans={settings.response_plans} />
  if (name === 'targets') return <Targets targets={settings.targets} />
  if (name === 'notification_rules') return <Rules rules={settings.notification_rules} />
  if (name === 'alarm_times') {
    const times = settings.alarm_times
    const facts = alarmNames.map((one) => [alarmLabels[one].label, `${times[one]} ${alarmLabels[one].unit}`])
    return <SideFacts label="Times as they are" facts={facts as [string, string][]} />
  }
  return null
}

type Line = { name: string; word: string | null; cells: (priority: 1 | 2 | 3 | 4) => string | number }

/** What differs by priority, a line for each. */
function ByPriority({ caption, first, lines }: { caption: string; first: string; lines: readonly Line[] }) {
  return (
    <table className="plans">
      <caption className="unseen">{caption}</caption>
      <thead>
        <tr>
          <th scope="col">{first}</th>
          {priorities.map((priority) => (
            <th key={priority} scope="col">
              P{priority}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map(({ name, word, cells }) => (
          <tr key={name}>
            <th scope="row">{word ?? name}</th>
            {priorities.map((priority) => (
              <td key={priority}>{cells(priority)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function Plans({ plans }: { plans: ShownSettings['response_plans'] }) {
  const lines = emergencyTypes.map((name) => ({
    name,
    word: typeWord(name),
    cells: (priority: 1 | 2 | 3 | 4) => plans[name][priority].map(kindWord).join(' '),
  }))
  return <ByPriority caption="Units to send by type of emergency and priority" first="Type" lines={lines} />
}

function Targets({ targets }: { targets: ShownSettings['targets'] }) {
  const lines = targetNames.map((name) => ({
    name,
    word: targetWords[name],
    cells: (priority: 1 | 2 | 3 | 4) => targets[name][priority] ?? dash,
  }))
  return <ByPriority caption="Targets in seconds by interval and priority" first="Seconds" lines={lines} />
}

/** A rule in words: to whom and how, and for what alone. */
export function ruleWords({ roles, channels, ...only }: NotificationRule): string {
  const parts = [
    only.priorities?.length && `P${only.priorities.join(', P')}`,
    only.emergency_types?.length && only.emergency_types.map((type) => typeWord(type)).join(', '),
    only.station_ids?.length && `${only.station_ids.length} stations`,
    only.shifts?.length && `shift ${only.shifts.join(', ')}`,
  ].filter(Boolean)
  const to = `${roles.map((role) => roleWord(role)).join(', ')} by ${channels.map(channelWord).join(', ')}`
  return parts.length === 0 ? to : `${to}; only ${parts.join('; ')}`
}

function Rules({ rules }: { rules: readonly NotificationRule[] }) {
  return (
    <ul className="report" aria-label="Rules as they are">
      {rules.map((rule, at) => (
        <li key={at}>
          <b>{eventWord(rule.event)}</b>: {ruleWords(rule)}
        </li>
      ))}
    </ul>
  )
}
