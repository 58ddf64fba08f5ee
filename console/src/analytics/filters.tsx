import { emergencyTypes } from '@toneout/contract/model/call.ts'
import type { ReactNode } from 'react'
import { changeQuery, useQueryWords } from '../frame/address.ts'
import { Field, InputField } from '../ui/field.tsx'
import { ChevronIcon, PrintIcon } from '../ui/icons.tsx'
import { typeWord } from '../ui/words.ts'
import { useDays } from './use-analytics.ts'
import { useStationNames } from './use-station-names.ts'

type Option = readonly [value: string, word: string]
const shifts: readonly Option[] = [
  ['', 'All hours'],
  ['7-19', '7 to 19'],
  ['19-7', '19 to 7'],
  ['6-14', '6 to 14'],
  ['14-22', '14 to 22'],
  ['22-6', '22 to 6'],
]
const ranks: readonly Option[] = [['', 'All'], ...['1', '2', '3', '4'].map((one) => [one, one] as const)]
const types: readonly Option[] = [
  ['', 'All'],
  ...emergencyTypes.map((type) => [type, typeWord(type) ?? type] as const),
]

function Choice({ label, name, options }: { label: string; name: string; options: readonly Option[] }) {
  const chosen = useQueryWords().get(name) ?? ''
  return (
    <Field label={label}>
      {(given) => (
        <span className="with-chevron">
          <select
            className="select"
            value={chosen}
            onChange={({ target }) => changeQuery({ [name]: target.value })}
            {...given}
          >
            {options.map(([value, word]) => (
              <option key={value} value={value}>
                {word}
              </option>
            ))}
          </select>
          <ChevronIcon />
        </span>
      )}
    </Field>
  )
}

/** What all of the page is about; the address says it, so that it can be sent to somebody. */
export function Filters({ children }: { children?: ReactNode }) {
  const { first, last } = useDays()
  const stations = [...useStationNames()].map(([id, name]) => [String(id), name] as const)
  const day = (name: string) => (value: string) => value !== '' && changeQuery({ [name]: value })
  const area = useQueryWords().get('area') ?? ''
  return (
    <form className="filters" aria-label="Period and filters" onSubmit={(event) => event.preventDefault()}>
      <InputField
        label="First day"
        type="date"
        value={first}
        max={last}
        onChange={({ target }) => day('first')(target.value)}
      />
      <InputField
        label="Last day"
        type="date"
        value={last}
        min={first}
        onChange={({ target }) => day('last')(target.value)}
      />
      <Choice label="Priority" name="priority" options={ranks} />
      <Choice label="Type" name="emergency_type" options={types} />
      <Choice label="Station" name="station_id" options={[['', 'All'], ...stations]} />
      <Choice label="Hours of the day" name="shift" options={shifts} />
      <InputField
        key={area}
        label="Area"
        placeholder="south,west,north,east"
        defaultValue={area}
        onBlur={({ target }) => changeQuery({ area: target.value.replaceAll(' ', '') })}
      />
      {children}
      <button type="button" className="button" onClick={() => window.print()}>
        <PrintIcon /> Print
      </button>
    </form>
  )
}
