import { type FocusEvent, useLayoutEffect, useRef, useState } from 'react'
import { useListKeys } from '../ui/keyboard.ts'
import { stepTo } from '../ui/keys.ts'
import { focusDetail } from './call-detail-focus.ts'
import { changeView } from './view-store.ts'

/** Below this width the selected call covers the list, so moving through the list must not select. */
const narrow = window.matchMedia('(max-width: 759px)')

/**
 * One tab stop for a whole list: the row with the focus, else the selected one, else the first. Moving
 * selects too, except on a narrow screen. `reveal` scrolls to a row by its index.
 */
export function useRoving(
  name: string,
  sids: readonly string[],
  selected: string | null,
  reveal: (index: number) => void,
) {
  const [focused, setFocused] = useState<string | null>(null)
  const list = useRef<HTMLDivElement>(null)
  const mustFocus = useRef(false)
  const before = useRef(0)
  const index = stopOf(sids, focused, selected, before.current)

  useListKeys(name, (act) => {
    if (sids.length === 0) return
    const sid = sids[stepTo(act, index, sids.length)]!
    if (act === 'open') {
      openCall(sid)
      focusDetail()
      return
    }
    mustFocus.current = true
    setFocused(sid)
    if (!narrow.matches) changeView({ call: sid })
  })

  useLayoutEffect(() => {
    before.current = index
    // The row with the focus has gone, e.g. because its call ended: the row in its place takes over.
    const orphaned = focused !== null && !sids.includes(focused) && document.activeElement === document.body
    if (!mustFocus.current && !orphaned) return
    mustFocus.current = false
    reveal(index)
    list.current?.querySelector<HTMLElement>('[data-stop="true"]')?.focus({ preventScroll: true })
  })

  return {
    list,
    index,
    onFocus: (event: FocusEvent) => {
      const row = event.target.closest<HTMLElement>('[data-sid]')
      if (row) setFocused(row.dataset.sid ?? null)
    },
    onBlur: (event: FocusEvent) => {
      if (!event.currentTarget.contains(event.relatedTarget)) setFocused(null)
    },
  }
}

/** The row with the focus, or the one that took its place; else the selected row, else the first. */
function stopOf(sids: readonly string[], focused: string | null, selected: string | null, before: number) {
  if (focused === null) return Math.max(0, sids.indexOf(selected ?? ''))
  const index = sids.indexOf(focused)
  return index >= 0 ? index : Math.max(0, Math.min(before, sids.length - 1))
}

/** On a narrow screen the Back button returns from the call to the list. */
export function openCall(sid: string) {
  changeView({ call: sid }, narrow.matches)
}
