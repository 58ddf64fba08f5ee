import { useEffect, useRef } from 'react'
import { type ListAct, listAct, type PageAct, pageAct } from './keys.ts'

/**
 * The one owner of the keyboard: no other part of the page listens to keys, so a press never does two things.
 * A list carries its name in `data-keys` and is told of presses while the focus is inside it.
 */
const lists = new Map<string, (act: ListAct) => void>()
const pages = new Set<(act: PageAct) => void>()

window.addEventListener('keydown', (event) => {
  const wide = pageAct(event)
  if (wide && pages.size > 0) {
    event.preventDefault()
    for (const handle of pages) handle(wide)
    return
  }
  const list = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-keys]') : null
  const handle = list && lists.get(list.dataset.keys ?? '')
  const act = handle ? listAct(event) : null
  if (!handle || !act) return
  event.preventDefault()
  handle(act)
})

export function useListKeys(name: string, handle: (act: ListAct) => void) {
  const latest = useRef(handle)
  latest.current = handle
  useEffect(() => {
    lists.set(name, (act) => latest.current(act))
    return () => {
      lists.delete(name)
    }
  }, [name])
}

export function usePageKeys(handle: (act: PageAct) => void) {
  const latest = useRef(handle)
  latest.current = handle
  useEffect(() => {
    const told = (act: PageAct) => latest.current(act)
    pages.add(told)
    return () => {
      pages.delete(told)
    }
  }, [])
}
