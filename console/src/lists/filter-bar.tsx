import { changeQuery, useQueryWords } from '../frame/address.ts'
import { Field } from '../ui/field.tsx'
import { ChevronIcon } from '../ui/icons.tsx'
import { choices, days, filterNames } from './call-filters.ts'

/** The filters of the list as the address holds them; each change is a step that the Back button undoes. */
export function FilterBar() {
  const words = useQueryWords()
  const isSet = filterNames.some((name) => words.get(name))
  return (
    <form className="filters" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      {days.map(({ name, label }) => (
        <Field key={name} label={label}>
          {(given) => (
            <input
              type="date"
              value={words.get(name) ?? ''}
              onChange={(event) => changeQuery({ [name]: event.target.value })}
              {...given}
            />
          )}
        </Field>
      ))}
      {choices.map(({ name, label, options }) => (
        <Field key={name} label={label}>
          {(given) => (
            <span className="with-chevron">
              <select
                className="select"
                value={words.get(name) ?? ''}
                onChange={(event) => changeQuery({ [name]: event.target.value })}
                {...given}
              >
                {options.map(({ value, words }) => (
                  <option key={value} value={value}>
                    {words}
                  </option>
                ))}
              </select>
              <ChevronIcon />
            </span>
          )}
        </Field>
      ))}
      {isSet && (
        <button
          type="button"
          className="button"
          onClick={() => changeQuery(Object.fromEntries(filterNames.map((name) => [name, ''])))}
        >
          Clear all filters
        </button>
      )}
    </form>
  )
}
