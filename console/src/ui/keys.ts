/** A key press, as far as it matters here. */
export type Press = {
  readonly key: string
  readonly code: string
  readonly altKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly isComposing: boolean
}

export type ListAct = 'next' | 'previous' | 'first' | 'last' | 'page_down' | 'page_up' | 'open'
export type LineAct = 'run' | 'up' | 'down' | 'complete'
export type PageAct =
  | 'next_call'
  | 'previous_call'
  | 'next_waiting'
  | 'help'
  | 'take_over'
  | 'unit_list'
  | 'acknowledge'
  | 'find'
  | 'undo'
  | 'clear'
  | { row: number }

const inLists: Record<string, ListAct> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  Home: 'first',
  End: 'last',
  PageDown: 'page_down',
  PageUp: 'page_up',
  Enter: 'open',
}

const inLine: Record<string, LineAct> = { Enter: 'run', ArrowUp: 'up', ArrowDown: 'down', Tab: 'complete' }

const withAlt: Record<string, PageAct> = { ArrowDown: 'next_call', ArrowUp: 'previous_call' }
const withCtrl: Record<string, PageAct> = { k: 'find', K: 'find', z: 'undo', Z: 'undo' }
const alone: Record<string, PageAct> = {
  F1: 'help',
  F2: 'next_waiting',
  F4: 'take_over',
  F8: 'unit_list',
  F9: 'acknowledge',
  Escape: 'clear',
}

/**
 * What a press means, first anywhere on the page, then in the list or the line that has the focus; null
 * leaves it alone.
 */
export function pageAct(press: Press): PageAct | null {
  const { altKey, ctrlKey, metaKey, shiftKey, isComposing } = press
  if (isComposing || shiftKey) return null
  // Macs have another key where others have Ctrl.
  if (ctrlKey !== metaKey && !altKey) return withCtrl[press.key] ?? null
  if (ctrlKey || metaKey) return null
  if (!altKey) return alone[press.key] ?? null
  // By its place: with Alt some keyboards write another sign than the digit.
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(press.code)?.[1]
  return digit === undefined ? (withAlt[press.key] ?? null) : { row: Number(digit) }
}

const isPlain = (press: Press) =>
  !(press.isComposing || press.ctrlKey || press.metaKey || press.shiftKey || press.altKey)

export function listAct(press: Press): ListAct | null {
  return isPlain(press) ? (inLists[press.key] ?? null) : null
}

export function lineAct(press: Press): LineAct | null {
  return isPlain(press) ? (inLine[press.key] ?? null) : null
}

/** Whether a press writes a sign, so that it belongs into the line when nothing else has the focus. */
export function isTyped(press: Press): boolean {
  return !press.isComposing && !press.ctrlKey && !press.metaKey && !press.altKey && press.key.length === 1
}

const rowsPerPage = 10

/** Where a step leads in a list of `count` rows, staying inside it. `open` stays in place. */
export function stepTo(act: ListAct, index: number, count: number): number {
  const steps = { next: 1, previous: -1, page_down: rowsPerPage, page_up: -rowsPerPage, open: 0 }
  if (act === 'first') return 0
  if (act === 'last') return count - 1
  return Math.min(count - 1, Math.max(0, index + steps[act]))
}
