import type { Call, CallStatus } from '@toneout/contract/model/call.ts'
import { callStatuses, isTerminal } from '@toneout/contract/model/call.ts'
import type { Board, CallKey } from './board.ts'
import { byNewest } from './board.ts'

export const shows = ['all', 'active', 'ended', 'lost'] as const
export type Show = (typeof shows)[number]
export type Filter = { readonly show: Show; readonly search: string }

/**
 * What one request asks for. The server filters by one status, so some lists are merged from several
 * requests.
 */
export type Part = { readonly status?: CallStatus; readonly lost_contact?: true; readonly search?: string }

/** How far one part has been read: `cursor` asks for its next page, null when there is none. */
export type Progress = { readonly part: Part; readonly cursor: string | null; readonly last: CallKey | null }

/** One page of a list, made of a page of each part that was behind. */
export type ListPage = {
  readonly progress: readonly Progress[]
  readonly sids: readonly string[]
}

const openStatuses = callStatuses.filter((status) => !isTerminal(status))
const endedStatuses = callStatuses.filter(isTerminal)

export function partsOf(filter: Filter): Part[] {
  const search = filter.search === '' ? {} : { search: filter.search }
  if (filter.show === 'active') return openStatuses.map((status) => ({ status, ...search }))
  if (filter.show === 'ended') return endedStatuses.map((status) => ({ status, ...search }))
  return [filter.show === 'lost' ? { lost_contact: true, ...search } : search]
}

export function matches(show: Show, call: Call): boolean {
  if (show === 'active') return !isTerminal(call.status)
  if (show === 'ended') return isTerminal(call.status)
  return show === 'all' || call.lost_contact
}

/**
 * Down to where the list is complete: of all parts with more pages, the newest of their last rows. Below it a
 * part may still have rows that are not here. Null when every part has been read to its end.
 */
export function boundaryOf(progress: readonly Progress[]): CallKey | null {
  const lasts = progress
    .filter((each) => each.cursor !== null && each.last !== null)
    .map((each) => each.last!)
  return lasts.sort(byNewest)[0] ?? null
}

/** The parts that hold the list back; their next pages move the boundary. */
export function partsBehind(progress: readonly Progress[]): Progress[] {
  const boundary = boundaryOf(progress)
  return progress.filter((each) => each.cursor !== null && (!boundary || each.last?.id === boundary.id))
}

/** The server knows which calls match a search; what changed since is found by asking again. */
function found(filter: Filter, pages: readonly ListPage[]): ReadonlySet<string> | null {
  return filter.search === '' ? null : new Set(pages.flatMap((page) => page.sids))
}

/**
 * The rows of a list, newest first: loaded ones and those that facts brought, down to where it is complete.
 */
export function rowsOf(board: Board, filter: Filter, pages: readonly ListPage[]): Call[] {
  const last = pages.at(-1)
  if (!last) return []
  const [boundary, { floor }] = [boundaryOf(last.progress), board]
  const within = (call: Call) =>
    (!boundary || byNewest(call, boundary) <= 0) && (!floor || byNewest(call, floor) < 0)
  const only = found(filter, pages)
  const rows: Call[] = []
  for (const sid of board.order) {
    const call = board.calls.get(sid)!.row
    if (!within(call)) break
    if (matches(filter.show, call) && (!only || only.has(sid))) rows.push(call)
  }
  return rows
}

/** All open calls, newest first. */
export function openCalls(board: Board): Call[] {
  const rows: Call[] = []
  for (const sid of board.order) {
    const call = board.calls.get(sid)!.row
    if (!isTerminal(call.status)) rows.push(call)
  }
  return rows
}

export type Counts = {
  active: number
  withoutPriority: number
  withoutLocation: number
  lostContact: number
}

export function countsOf(open: readonly Call[]): Counts {
  const count = (is: (call: Call) => boolean) => open.filter(is).length
  return {
    active: open.length,
    withoutPriority: count((call) => call.priority_level === null),
    withoutLocation: count((call) => call.location === ''),
    lostContact: count((call) => call.lost_contact),
  }
}

/** The cursor of a page's `next`, which is an address or the cursor itself. */
export function nextCursor(next: string | null): string | null {
  if (next === null) return null
  const query = next.indexOf('?')
  return query < 0 ? next : new URLSearchParams(next.slice(query)).get('cursor')
}
