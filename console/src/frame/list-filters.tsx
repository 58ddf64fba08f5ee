import { Field } from '../ui/field.tsx'
import { ChevronIcon } from '../ui/icons.tsx'
import { changeQuery, useQueryWords } from './address.ts'

/** One filter of a list; `name` is its word of the address, empty for no filter. */
export type Filter = { name: string; label: string } & (
  | { options: readonly { value: string; words: string }[] }
  | { type: 'date' | 'text'; placeholder?: string; longest?: number }
)

/** Filters as the address holds them; each change is a step that the Back button undoes. */
export function ListFilters({ filters }: { filters: readonly Filter[] }) {
  const words = useQueryWords()
  const isSet = filters.some(({ name }) => words.get(name))
  return (
    <form className="list-filters" aria-label="Filters" onSubmit={(event) => event.preventDefault()}>
      {filters.map((filter) => (
        <Field key={filter.name} label={filter.label}>
          {(given) =>
            'options' in filter ? (
              <span className="with-chevron">
                <select
                  className="select"
                  value={words.get(filter.name) ?? ''}
                  onChange={(event) => changeQuery({ [filter.name]: event.target.value })}
                  {...given}
                >
                  {filter.options.map(({ value, words: shown }) => (
                    <option key={value} value={value}>
                      {shown}
                    </option>
                  ))}
                </select>
                <ChevronIcon />
              </span>
            ) : (
              <input
                type={filter.type}
                placeholder={filter.placeholder}
                maxLength={filter.longest}
                spellCheck={false}
                value={words.get(filter.name) ?? ''}
                onChange={(event) => changeQuery({ [filter.name]: event.target.value }, 'replace')}
                {...given}
              />
            )
          }
        </Field>
      ))}
      {isSet && (
        <button
          type="button"
          className="button"
          onClick={() => changeQuery(Object.fromEntries(filters.map(({ name }) => [name, ''])))}
        >
          Clear all filters
        </button>
      )}
    </form>
  )
}
