import { changeQuery, useQueryWords } from '../frame/address.ts'

const days = [
  { name: 'from', label: 'From' },
  { name: 'to', label: 'To' },
] as const

/** The first and the last day of calls, as the address holds them: 2026-11-21. */
export function DayFields() {
  const words = useQueryWords()
  return (
    <details className="facet-days" open={days.some(({ name }) => words.get(name))}>
      <summary>Choose dates…</summary>
      {days.map(({ name, label }) => (
        <label key={name}>
          {label}
          <input
            type="date"
            value={words.get(name) ?? ''}
            onChange={(event) => changeQuery({ [name]: event.target.value, received: '' })}
          />
        </label>
      ))}
    </details>
  )
}
