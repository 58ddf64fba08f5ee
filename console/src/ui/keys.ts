/** A key press, as far as it matters here. */
export type Press = {
  readonly key: string
  readonly altKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
  readonly isComposing: boolean
}

export type ListAct = 'next' | 'previous' | 'first' | 'last' | 'page_down' | 'page_up' | 'open'
export type PageAct = 'next_call' | 'previous_call' | 'next_waiting'

const inLists: Record<string, ListAct> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  Home: 'first',
  End: 'last',
  PageDown: 'page_down',
  PageUp: 'page_up',
  Enter: 'open',
}

const anywhere: Record<string, PageAct> = { ArrowDown: 'next_call', ArrowUp: 'previous_call' }
const functionKeys: Record<string, PageAct> = { F2: 'next_waiting' }

/**
 * What a press means, first anywhere on the page, then in the list that has the focus; null leaves it alone.
 */
export function pageAct(press: Press): PageAct | null {
  if (press.isComposing || press.ctrlKey || press.metaKey || press.shiftKey) return null
  return (press.altKey ? anywhere : functionKeys)[press.key] ?? null
}

export function listAct(press: Press): ListAct | null {
  if (press.isComposing || press.ctrlKey || press.metaKey || press.shiftKey || press.altKey) return null
  return inLists[press.key] ?? null
}

const rowsPerPage = 10

/** Where a step leads in a list of `count` rows, staying inside it. `open` stays in place. */
export function stepTo(act: ListAct, index: number, count: number): number {
  const steps = { next: 1, previous: -1, page_down: rowsPerPage, page_up: -rowsPerPage, open: 0 }
  if (act === 'first') return 0
  if (act === 'last') return count - 1
  return Math.min(count - 1, Math.max(0, index + steps[act]))
}
