import { emergencyTypes } from '@toneout/contract/model/call.ts'
import { type NotificationRule, notices, personChannels } from '@toneout/contract/model/message.ts'
import { personRoles } from '@toneout/contract/roles.ts'
import { channelWord, eventWord } from '../messages/message-words.ts'
import { listOf, textOf } from '../places/kept-form.tsx'
import { useStationChoices } from '../places/use-kept.ts'
import { InputField, SelectField } from '../ui/field.tsx'
import { roleWord, typeWord } from '../ui/words.ts'

const events = notices.map((value) => ({ value, words: eventWord(value) }))

type ChecksProps = {
  legend: string
  name: string
  options: readonly { value: string; words: string }[]
  chosen: readonly (string | number)[] | undefined
}

function Checks({ legend, name, options, chosen = [] }: ChecksProps) {
  return (
    <fieldset className="kept-checks">
      <legend>{legend}</legend>
      {options.map(({ value, words }) => (
        <label key={value}>
          <input
            type="checkbox"
            name={name}
            value={value}
            defaultChecked={chosen.map(String).includes(value)}
          />
          {words}
        </label>
      ))}
    </fieldset>
  )
}

const words = <Word extends string>(all: readonly Word[], say: (word: Word) => string) =>
  all.map((value) => ({ value, words: say(value) }))
const priorities = ['1', '2', '3', '4'].map((value) => ({ value, words: `P${value}` }))

/** What is not ticked at all does not narrow, and is left out. */
export function readRule(given: FormData): NotificationRule {
  const ticked = (name: string) => given.getAll(name).map(String)
  const narrowing = {
    priorities: ticked('priorities').map(Number),
    emergency_types: ticked('emergency_types'),
    station_ids: ticked('station_ids').map(Number),
    shifts: listOf(given, 'shifts'),
  }
  const only = Object.fromEntries(Object.entries(narrowing).filter(([, list]) => list.length > 0))
  const [roles, channels] = [ticked('roles'), ticked('channels')]
  return { event: textOf(given, 'event'), roles, channels, ...only } as NotificationRule
}

export function RuleFields({ rule }: { rule: NotificationRule | undefined }) {
  const stations = (useStationChoices().data ?? []).map(({ id, name }) => ({
    value: String(id),
    words: name,
  }))
  return (
    <>
      <SelectField label="Event" name="event" options={events} defaultValue={rule?.event ?? 'DISPATCHED'} />
      <Checks
        legend="Roles"
        name="roles"
        options={words(personRoles, (one) => roleWord(one, true))}
        chosen={rule?.roles}
      />
      <Checks
        legend="Channels"
        name="channels"
        options={words(personChannels, channelWord)}
        chosen={rule?.channels}
      />
      <Checks legend="Only priorities" name="priorities" options={priorities} chosen={rule?.priorities} />
      <Checks
        legend="Only types"
        name="emergency_types"
        options={words(emergencyTypes, (one) => typeWord(one) ?? one)}
        chosen={rule?.emergency_types}
      />
      {stations.length > 0 && (
        <Checks
          key={stations.length}
          legend="Only stations"
          name="station_ids"
          options={stations}
          chosen={rule?.station_ids}
        />
      )}
      <InputField
        label="Only shifts"
        name="shifts"
        defaultValue={rule?.shifts?.join(', ') ?? ''}
        hint="Names with commas between them. What is not ticked or empty does not narrow."
      />
    </>
  )
}
