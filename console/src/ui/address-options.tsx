import type { FoundAddress } from '@toneout/contract/operations/addresses.ts'
import { useEffect, useRef } from 'react'
import { aboutAddress } from './address-words.ts'

type AddressOptionsProps = {
  id: string
  options: readonly FoundAddress[]
  /** Which one the keyboard is at; -1 for none. */
  active: number
  onChoose: (found: FoundAddress) => void
}

/** The addresses below the field. The focus stays in the field, so that typing goes on. */
export function AddressOptions({ id, options, active, onChoose }: AddressOptionsProps) {
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    list.current?.children[active]?.scrollIntoView({ block: 'nearest' })
  }, [active])
  return (
    <div ref={list} id={id} role="listbox" aria-label="Addresses" className="address-options">
      {options.map((found, at) => (
        // biome-ignore lint/a11y/useFocusableInteractive: aria-activedescendant of the field points at it
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the keys
        <div
          key={`${found.label} ${found.latitude} ${found.longitude}`}
          id={`${id}-${at}`}
          role="option"
          aria-selected={at === active}
          className="address-option"
          // The press would take the focus out of the field, which closes the list before the click.
          onMouseDown={(event) => event.preventDefault()}
          onClick={() => onChoose(found)}
        >
          <span className="address-label">{found.label}</span>
          <span className="address-about">{aboutAddress(found)}</span>
          {found.note && <span className="address-note">{found.note}</span>}
        </div>
      ))}
    </div>
  )
}
