import type { Call } from '@toneout/contract/model/call.ts'
import { isTerminal } from '@toneout/contract/model/call.ts'
import type { LiveFact } from '@toneout/contract/model/fact.ts'
import type { Interaction } from '@toneout/contract/model/interaction.ts'
import { type Dated, distrusted, put } from './dated.ts'

/** What was said in one call: by id for merging, and in the order of speech for reading. */
export type Script = {
  readonly lines: ReadonlyMap<number, Dated<Interaction>>
  readonly spoken: readonly Interaction[]
}

/** Everything the page knows of calls. Never changed in place: an unchanged row stays the same object. */
export type Board = {
  readonly calls: ReadonlyMap<string, Dated<Call>>
  /** call_sids, newest call first. */
  readonly order: readonly string[]
  readonly scripts: ReadonlyMap<string, Script>
  /** The newest call that was dropped to save memory: lists end above it. */
  readonly floor: CallKey | null
}

/** Place of a call in lists: the keyset of the server's default ordering. */
export type CallKey = { readonly created_at: string; readonly id: number }

export const emptyBoard: Board = { calls: new Map(), order: [], scripts: new Map(), floor: null }

/** Newest first. Instants are UTC with milliseconds, so their texts sort as they do. */
export function byNewest(a: CallKey, b: CallKey): number {
  if (a.created_at !== b.created_at) return a.created_at < b.created_at ? 1 : -1
  return b.id - a.id
}

const bySpeech = (a: Interaction, b: Interaction) => a.sequence - b.sequence || a.id - b.id

function mergeCalls(board: Board, rows: readonly Dated<Call>[]): Board {
  if (rows.length === 0) return board
  const calls = new Map(board.calls)
  let moved = false
  for (const next of rows) {
    const known = calls.get(next.row.call_sid)?.row
    put(calls, next.row.call_sid, next)
    moved ||= known?.created_at !== next.row.created_at
  }
  return { ...board, calls, order: moved ? sorted(calls) : board.order }
}

function sorted(calls: ReadonlyMap<string, Dated<Call>>): string[] {
  const rows = [...calls.values()].map((entry) => entry.row).sort(byNewest)
  return rows.map((row) => row.call_sid)
}

function mergeLines(board: Board, rows: readonly Dated<Interaction>[]): Board {
  if (rows.length === 0) return board
  const scripts = new Map(board.scripts)
  for (const [sid, added] of Map.groupBy(rows, (line) => line.row.call_sid)) {
    const known = scripts.get(sid)
    const lines = new Map(known?.lines)
    let changed = !known
    for (const line of added) changed = put(lines, line.row.id, line) || changed
    const spoken = changed ? [...lines.values()].map((line) => line.row).sort(bySpeech) : known!.spoken
    // Taken out and put in again, so that the map's order is the order of use, which `trim` goes by.
    scripts.delete(sid)
    scripts.set(sid, { lines, spoken })
  }
  return { ...board, scripts }
}

/** Facts as they came. They carry whole rows, so repeats and facts older than what is loaded do no harm. */
export function applyFacts(board: Board, facts: readonly LiveFact[]): Board {
  const calls: Dated<Call>[] = []
  const lines: Dated<Interaction>[] = []
  for (const fact of facts) {
    if (fact.call) calls.push({ row: fact.call, cursor: fact.id })
    if (fact.interaction) lines.push({ row: fact.interaction, cursor: fact.id })
  }
  return mergeLines(mergeCalls(board, calls), lines)
}

/** Calls from a reply asked for when the timeline had been read to `cursor`: later facts win over it. */
export function addCalls(board: Board, calls: readonly Call[], cursor: number): Board {
  return mergeCalls(
    board,
    calls.map((row) => ({ row, cursor })),
  )
}

/** A call's lines from a reply asked for at `cursor`; a call without any is then known to have none. */
export function addLines(board: Board, sid: string, lines: readonly Interaction[], cursor: number): Board {
  if (lines.length === 0 && !board.scripts.has(sid)) {
    return { ...board, scripts: new Map(board.scripts).set(sid, { lines: new Map(), spoken: [] }) }
  }
  return mergeLines(
    board,
    lines.map((row) => ({ row, cursor })),
  )
}

/**
 * The same rows, none of them trusted any more: whatever is read from now on replaces them. After a reset the
 * timeline may have begun anew, below the cursors that were known.
 */
export function distrust(board: Board): Board {
  const scripts = [...board.scripts].map(
    ([sid, script]) => [sid, { ...script, lines: distrusted(script.lines) }] as const,
  )
  return { ...board, calls: distrusted(board.calls), scripts: new Map(scripts) }
}

/**
 * Drops open calls that a full reading of the open calls at `cursor` did not show: they ended unseen, in a
 * gap that was too long to replay.
 */
export function dropUnseenOpen(board: Board, seen: ReadonlySet<string>, cursor: number): Board {
  const gone = (entry: Dated<Call>) =>
    !isTerminal(entry.row.status) && entry.cursor < cursor && !seen.has(entry.row.call_sid)
  const lost = new Set([...board.calls.values()].filter(gone).map((entry) => entry.row.call_sid))
  return lost.size === 0 ? board : without(board, lost)
}

function without(board: Board, lost: ReadonlySet<string>): Board {
  const calls = new Map([...board.calls].filter(([sid]) => !lost.has(sid)))
  return { ...board, calls, order: board.order.filter((sid) => !lost.has(sid)) }
}

export type Limits = { calls: number; scripts: number }
export const limits: Limits = { calls: 5_000, scripts: 200 }

/**
 * Keeps memory bounded over a shift. Ended calls that no list shows go first, then the oldest ended ones, and
 * then `floor` says where lists must end; transcripts go by disuse. `kept` is the selected call.
 */
export function trim(board: Board, shown: (call: Call) => boolean, kept: string | null, max = limits): Board {
  return trimScripts(trimCalls(board, shown, kept, max.calls), kept, max.scripts)
}

function trimCalls(board: Board, shown: (call: Call) => boolean, kept: string | null, max: number): Board {
  // A tenth of slack, so that the work is done once in a while and not with every new call.
  if (board.calls.size <= max * 1.1) return board
  const rows = board.order.map((sid) => board.calls.get(sid)!.row)
  const ended = rows.filter((row) => isTerminal(row.status) && row.call_sid !== kept)
  const unseen = ended.filter((row) => !shown(row))
  const excess = Math.max(0, rows.length - unseen.length - max)
  const oldest = excess === 0 ? [] : ended.filter(shown).slice(-excess)
  const lost = new Set([...unseen, ...oldest].map((row) => row.call_sid))
  return { ...without(board, lost), floor: oldest[0] ?? board.floor }
}

function trimScripts(board: Board, kept: string | null, max: number): Board {
  if (board.scripts.size <= max) return board
  const disused = [...board.scripts.keys()].filter((sid) => sid !== kept)
  const lost = new Set(disused.slice(0, board.scripts.size - max))
  return { ...board, scripts: new Map([...board.scripts].filter(([sid]) => !lost.has(sid))) }
}
