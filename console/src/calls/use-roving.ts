import { type FocusEvent, useLayoutEffect, useRef, useState } from 'react'
import { useListKeys } from '../ui/keyboard.ts'
import { stepTo } from '../ui/keys.ts'
import { focusDetail } from './call-detail-focus.ts'
import { changeView } from './view-store.ts'

/** Below this width the selected call covers the list, so moving through the list must not select. */
const narrow = window.matchMedia('(max-width: 759px)')

/**
 * One tab stop for a whole list: the row with the focus, else the selected one, else the first. Moving selects too,
 * except on a narrow screen. `reveal` scrolls to a row by its index.
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
  const index = Math.max(
    0,
    sids.indexOf(focused !== null && sids.includes(focused) ? focused : (selected ?? '')),
  )

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
    if (!mustFocus.current) return
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

/** On a narrow screen the Back button returns from the call to the list. */
export function openCall(sid: string) {
  changeView({ call: sid }, narrow.matches)
}
