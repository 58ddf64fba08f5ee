import type { CallFacets } from '@toneout/contract/model/call-list.ts'
import { changeQuery, useQueryWords } from '../frame/address.ts'
import { amount } from '../ui/format.ts'
import { DayFields } from './day-fields.tsx'
import { type CallsQuery, filterNames, flags, type Group, groups, periods } from './list-query.ts'
import { useFacets } from './use-call-list.ts'

/** What the list can be filtered by, and how many calls there would be. */
export function FacetPanel({ query, now }: { query: CallsQuery; now: number }) {
  const words = useQueryWords()
  const { data } = useFacets(query, now)
  const clear = () => changeQuery(Object.fromEntries(filterNames.map((name) => [name, ''])))
  return (
    <section className="panel facets" aria-label="Filters">
      <header className="panel-head">
        <h2>Filters</h2>
        {filterNames.some((name) => words.get(name)) && (
          <button type="button" className="link" onClick={clear}>
            Clear
          </button>
        )}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by key */}
      <section className="scroll" tabIndex={0} aria-label="All filters">
        <Received data={data} chosen={words.get('received') ?? ''} />
        {groups.map((group) => (
          <Facet key={group.name} group={group} data={data} chosen={words.get(group.name) ?? ''} />
        ))}
        <fieldset className="facet">
          <legend>Attention</legend>
          {flags.map((group) => (
            <Values key={group.name} group={group} data={data} chosen={words.get(group.name) ?? ''} />
          ))}
        </fieldset>
        {data && !data.exact && (
          <p className="quiet facet-note">Counts are of the newest {amount(data.counted)} calls.</p>
        )}
      </section>
    </section>
  )
}

type ValueProps = { group: Group; data: CallFacets | undefined; chosen: string }

function Facet(props: ValueProps) {
  return (
    <fieldset className="facet">
      <legend>{props.group.label}</legend>
      <Values {...props} />
    </fieldset>
  )
}

function countOf(data: CallFacets | undefined, name: string, value: string): string {
  const counts = data?.[name as 'status']
  const count = counts?.find((one) => one.value === value)?.count
  return count === undefined ? '' : amount(count)
}

/** A value that nothing has stays where it is, so that nothing jumps under the pointer. */
function Values({ group: { name, options }, data, chosen }: ValueProps) {
  return options.map(({ value, words }) => (
    <FacetButton
      key={value}
      words={words}
      count={countOf(data, name, value)}
      pressed={value === chosen}
      onPress={() => changeQuery({ [name]: value === chosen ? '' : value })}
    />
  ))
}

function Received({ data, chosen }: { data: CallFacets | undefined; chosen: string }) {
  return (
    <fieldset className="facet">
      <legend>Received</legend>
      {periods.map(({ value, words }, at) => {
        const counted = data?.received[at]
        return (
          <FacetButton
            key={value}
            words={words}
            count={counted ? `${amount(counted.count)}${counted.exact ? '' : '+'}` : ''}
            pressed={value === chosen}
            onPress={() => changeQuery({ received: value === chosen ? '' : value, from: '', to: '' })}
          />
        )
      })}
      <DayFields />
    </fieldset>
  )
}

type ButtonProps = { words: string; count: string; pressed: boolean; onPress: () => void }

function FacetButton({ words, count, pressed, onPress }: ButtonProps) {
  return (
    <button type="button" className="facet-value" aria-pressed={pressed} onClick={onPress}>
      <span>{words}</span>
      <span className="count">{count}</span>
    </button>
  )
}
