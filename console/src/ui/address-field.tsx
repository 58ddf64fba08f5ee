import type { FoundAddress } from '@toneout/contract/operations/addresses.ts'
import { type KeyboardEvent, type ReactNode, useId, useState } from 'react'
import { reason } from '../access/ask.ts'
import { AddressOptions } from './address-options.tsx'
import { aboutAddress } from './address-words.ts'
import { Field } from './field.tsx'
import { useAddressSearch } from './use-address-search.ts'

/** Words for a place, and the position once one of the addresses was chosen for them. */
export type TypedPlace = { location: string; found: FoundAddress | null }

type AddressFieldProps = {
  label: string
  value: TypedPlace
  onChange: (value: TypedPlace) => void
  fault?: string | undefined
}

type Search = ReturnType<typeof useAddressSearch>

/** What is known of what was typed, in a sentence; read aloud when it changes. */
function stateOf({ location, found }: TypedPlace, { results, fallback, isCurrent, isLong, query }: Search) {
  if (found) return found.note ?? `Position set: ${aboutAddress(found)}.`
  if (location.trim() === '') return 'Type a number and street, a corner, a place, or latitude, longitude.'
  if (!isLong) return 'No position yet.'
  if (query.isError) return `Addresses could not be looked up. ${reason(query.error)} The words are kept.`
  if (!isCurrent) return 'No position yet.'
  if (results.length === 0) return 'No such address is known. The words are kept; a person sets the pin.'
  const which = results.length === 1 ? 'the address' : `one of ${results.length} addresses`
  return `No position yet: choose ${which}.${fallback ? ` ${fallback}` : ''}`
}

/** A step among the addresses; before the first and after the last is the field itself. */
function stepOf(key: string, at: number, count: number): number {
  const next = at + (key === 'ArrowDown' ? 1 : -1)
  return next >= count ? -1 : next < -1 ? count - 1 : next
}

/**
 * A place that completes while it is typed (WAI-ARIA combobox with a list). Words alone are fine: choosing an
 * address only adds its position, and changing the words takes it away again.
 */
export function AddressField({ label, value, onChange, fault }: AddressFieldProps) {
  const listId = useId()
  const [isOpen, setOpen] = useState(false)
  const [active, setActive] = useState(-1)
  const search = useAddressSearch(value.location, value.found === null)
  const options = isOpen && value.found === null ? search.results : []
  const shown = options.length > 0
  const at = active < options.length ? active : -1

  const choose = (found: FoundAddress) => {
    onChange({ location: found.kind === 'position' ? value.location.trim() : found.label, found })
    setOpen(false)
    setActive(-1)
  }
  // The owner of the keyboard leaves alone what is handled here, where the focus is.
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    const { key, altKey, ctrlKey, metaKey, nativeEvent } = event
    if (altKey || ctrlKey || metaKey || nativeEvent.isComposing) return
    if (key === 'ArrowDown' || key === 'ArrowUp') {
      setOpen(true)
      setActive(stepOf(key, at, search.results.length))
    } else if (key === 'Enter' && shown && at >= 0) choose(options[at] as FoundAddress)
    else if (key === 'Escape' && shown) setOpen(false)
    else return
    event.preventDefault()
  }
  const hint: ReactNode = <span aria-live="polite">{stateOf(value, search)}</span>
  return (
    <div className="address-field">
      <Field label={label} hint={hint} fault={fault}>
        {(given) => (
          <input
            {...given}
            role="combobox"
            aria-autocomplete="list"
            aria-expanded={shown}
            aria-controls={shown ? listId : undefined}
            aria-activedescendant={at >= 0 ? `${listId}-${at}` : undefined}
            autoComplete="off"
            spellCheck={false}
            maxLength={1_000}
            value={value.location}
            onChange={(event) => {
              onChange({ location: event.target.value, found: null })
              setOpen(true)
              setActive(-1)
            }}
            onKeyDown={press}
            onBlur={() => setOpen(false)}
          />
        )}
      </Field>
      {shown && <AddressOptions id={listId} options={options} active={at} onChoose={choose} />}
    </div>
  )
}
