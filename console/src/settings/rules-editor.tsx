import { useState } from 'react'
import { eventWord } from '../messages/message-words.ts'
import { SelectField } from '../ui/field.tsx'
import { roleWord } from '../ui/words.ts'
import { RuleFields, readRule } from './rule-fields.tsx'
import { RulePreview } from './rule-preview.tsx'
import { type EditorProps, Fault, SettingForm, TakeAway } from './simple-editors.tsx'

/** One rule at a time: another one, or one of those there are, which can also be taken away. */
export function RulesEditor({ settings }: EditorProps) {
  const rules = settings.notification_rules
  const [at, setAt] = useState<number | 'new'>('new')
  const rule = at === 'new' ? undefined : rules[at]
  const options = [
    { value: 'new', words: 'Another rule' },
    ...rules.map(({ event, roles }, place) => ({
      value: String(place),
      words: `${place + 1}. ${eventWord(event)} to ${roles.map((one) => roleWord(one)).join(', ')}`,
    })),
  ]
  const read = (given: FormData) => {
    if (rule === undefined) return [...rules, readRule(given)]
    const next = given.get('gone') === 'yes' ? [] : [readRule(given)]
    return rules.flatMap((one, place) => (place === at ? next : [one]))
  }
  return (
    <>
      <SettingForm key={rules.length} name="notification_rules" read={read}>
        {(fault) => (
          <>
            <SelectField
              label="Rule"
              name="rule"
              options={options}
              defaultValue={rule === undefined ? 'new' : String(at)}
              onChange={(chosen) => setAt(chosen === 'new' ? 'new' : Number(chosen))}
            />
            <RuleFields key={`${at} ${JSON.stringify(rule)}`} rule={rule} />
            {rule && <TakeAway key={at} legend="Or without it" words="Take this rule away" />}
            <Fault words={fault} />
          </>
        )}
      </SettingForm>
      <RulePreview />
    </>
  )
}
