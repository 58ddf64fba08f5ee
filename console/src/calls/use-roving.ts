import { type FocusEvent, useLayoutEffect, useRef, useState } from 'react'
import { useListKeys } from '../ui/keyboard.ts'
import { stepTo } from '../ui/keys.ts'

type Roving = {
  /** The name in `data-keys`. */
  name: string
  keys: readonly string[]
  selected: string | null
  /** Scrolls to a row by its index. */
  reveal: (index: number) => void
  open: (key: string) => void
  /** Told of every step; lists whose rows are selected by moving through them select here. */
  move?: (key: string) => void
}

/** One tab stop for a whole list: the row with the focus, else the selected one, else the first. */
export function useRoving({ name, keys, selected, reveal, open, move = () => {} }: Roving) {
  const [focused, setFocused] = useState<string | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const mustFocus = useRef(false)
  const before = useRef(0)
  const index = stopOf(keys, focused, selected, before.current)

  useListKeys(name, (act) => {
    if (keys.length === 0) return
    const key = keys[stepTo(act, index, keys.length)]!
    if (act === 'open') return open(key)
    mustFocus.current = true
    setFocused(key)
    move(key)
  })

  useLayoutEffect(() => {
    before.current = index
    // The row with the focus has moved, which loses it, or has gone: then the row in its place takes over.
    const orphaned = focused !== null && document.activeElement === document.body
    if (!mustFocus.current && !orphaned) return
    mustFocus.current = false
    reveal(index)
    list.current?.querySelector<HTMLElement>('[data-stop="true"]')?.focus({ preventScroll: true })
  })

  return {
    list,
    index,
    onFocus: (event: FocusEvent) => {
      const row = event.target.closest<HTMLElement>('[data-key]')
      if (row) setFocused(row.dataset.key ?? null)
    },
    onBlur: (event: FocusEvent) => {
      if (!event.currentTarget.contains(event.relatedTarget)) setFocused(null)
    },
  }
}

/** The row with the focus, or the one that took its place; else the selected row, else the first. */
function stopOf(keys: readonly string[], focused: string | null, selected: string | null, before: number) {
  if (focused === null) return Math.max(0, keys.indexOf(selected ?? ''))
  const index = keys.indexOf(focused)
  return index >= 0 ? index : Math.max(0, Math.min(before, keys.length - 1))
}
