import { useEffect, useRef } from 'react'
import { isTyped, type LineAct, type ListAct, lineAct, listAct, type PageAct, pageAct } from './keys.ts'

/**
 * The one owner of the keyboard: no other part of the page listens to keys, so a press never does two things.
 * A list carries its name in `data-keys` and is told of presses while the focus is inside it. The line is
 * told of its own, and of those that are pressed while nothing has the focus.
 */
const lists = new Map<string, (act: ListAct) => void>()
const pages = new Set<(act: PageAct) => void>()
type Line = { input: HTMLInputElement; handle: (act: LineAct) => boolean }
let line: Line | null = null

/** Back to where the focus rests; where there is no line, it stays. */
export const focusLine = () => line?.input.focus()

const isText = (target: EventTarget | null) =>
  target instanceof HTMLTextAreaElement ||
  target instanceof HTMLSelectElement ||
  (target instanceof HTMLInputElement && target.type !== 'checkbox')

/** What is typed somewhere else is taken back there, and Escape there is for what is there. */
function isElsewhere(act: PageAct, target: EventTarget | null): boolean {
  if (act !== 'undo' && act !== 'clear') return false
  if (line && target === line.input) return act === 'undo' && line.input.value !== ''
  return isText(target)
}

function inLine(event: KeyboardEvent, { input, handle }: Line): boolean {
  const rests = event.target === document.body || event.target === document.documentElement
  if (event.target !== input && !rests) return false
  const act = lineAct(event)
  if (act === 'run' && event.repeat) return true
  if (rests && (isTyped(event) || act !== null)) input.focus()
  return act !== null && !(rests && act === 'complete') && handle(act)
}

window.addEventListener('keydown', (event) => {
  if (event.defaultPrevented) return
  const wide = pageAct(event)
  if (wide && pages.size > 0 && !isElsewhere(wide, event.target)) {
    event.preventDefault()
    if (!event.repeat || wide === 'next_call' || wide === 'previous_call')
      for (const handle of pages) handle(wide)
    return
  }
  if (line && inLine(event, line)) {
    event.preventDefault()
    return
  }
  const list = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-keys]') : null
  const handle = list && lists.get(list.dataset.keys ?? '')
  const act = handle ? listAct(event) : null
  if (!handle || !act) return
  event.preventDefault()
  handle(act)
})

/** Keeps one handler registered that always is the latest one. */
function useRegistered<Act, Answer>(
  handle: (act: Act) => Answer,
  register: (told: (act: Act) => Answer) => () => void,
  name: string,
) {
  const latest = useRef(handle)
  latest.current = handle
  const how = useRef(register)
  how.current = register
  useEffect(() => how.current((act) => latest.current(act)), [name])
}

export function useListKeys(name: string, handle: (act: ListAct) => void) {
  const register = (told: (act: ListAct) => void) => {
    lists.set(name, told)
    return () => void lists.delete(name)
  }
  useRegistered(handle, register, name)
}

export function usePageKeys(handle: (act: PageAct) => void) {
  const register = (told: (act: PageAct) => void) => {
    pages.add(told)
    return () => void pages.delete(told)
  }
  useRegistered(handle, register, 'page')
}

/** The line's own keys; the handler says whether it took the press. */
export function useLineKeys(input: { current: HTMLInputElement | null }, handle: Line['handle']) {
  const register = (told: Line['handle']) => {
    line = input.current && { input: input.current, handle: told }
    return () => {
      line = null
    }
  }
  useRegistered(handle, register, 'line')
}
