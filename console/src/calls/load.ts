import { callStatuses, isTerminal } from '@toneout/contract/model/call.ts'
import type { Interaction } from '@toneout/contract/model/interaction.ts'
import { ask, askWhole } from '../access/ask.ts'
import type { ListPage, Part, Progress } from '../live/listing.ts'
import { nextCursor, partsBehind } from '../live/listing.ts'
import type { Live } from '../live/live.ts'

const listPageSize = 100
const openPageSize = 200

/** Open calls above this are not loaded; a centre with a thousand open calls has another problem. */
const mostOpen = 1_000
/** Lines of one call above this are not loaded. */
const mostLines = 5_000

type Ticket = { live: Live; signal: AbortSignal }

async function pageOf({ live, signal }: Ticket, part: Part, cursor: string | null, size: number) {
  // Taken before asking: the reply is at least as new as what has been heard by now.
  const heard = live.cursor
  const query = { ...part, page_size: size, cursor: cursor ?? undefined }
  const page = await ask('listCalls', { query }, signal)
  live.addCalls(page.results, heard)
  return page
}

/** The next page of each part that holds the list back, or the first page of all. */
export async function loadPage(ticket: Ticket, from: readonly Part[] | ListPage): Promise<ListPage> {
  const first = !('progress' in from)
  const behind: readonly Progress[] = first
    ? from.map((part) => ({ part, cursor: null, last: null }))
    : partsBehind(from.progress)
  const read = await Promise.all(behind.map((each) => pageOf(ticket, each.part, each.cursor, listPageSize)))
  const moved = new Map(
    behind.map((each, index) => {
      const { next, results } = read[index]!
      return [each.part, { part: each.part, cursor: nextCursor(next), last: results.at(-1) ?? each.last }]
    }),
  )
  return {
    progress: first ? [...moved.values()] : from.progress.map((each) => moved.get(each.part) ?? each),
    sids: read.flatMap((page) => page.results.map((row) => row.call_sid)),
  }
}

/**
 * Every open call. The server filters by one status at a time; a call that moves between two reads is a fact.
 */
export async function loadOpen(ticket: Ticket): Promise<boolean> {
  const heard = ticket.live.cursor
  const seen = new Set<string>()
  const read = async (part: Part) => {
    let cursor: string | null = null
    do {
      const page = await pageOf(ticket, part, cursor, openPageSize)
      for (const row of page.results) seen.add(row.call_sid)
      cursor = nextCursor(page.next)
    } while (cursor !== null && seen.size < mostOpen)
    return cursor === null
  }
  const parts = callStatuses.filter((status) => !isTerminal(status)).map((status) => ({ status }))
  const whole = (await Promise.all(parts.map(read))).every(Boolean)
  if (whole) ticket.live.dropUnseenOpen(seen, heard)
  return whole
}

/** The call and all its lines; false when there are more of them than are loaded. */
export async function loadScript({ live, signal }: Ticket, sid: string): Promise<boolean> {
  const heard = live.cursor
  const params = { call_sid: sid }
  const [call, { lines, whole }] = await Promise.all([
    ask('readCall', { params }, signal),
    readLines(sid, signal),
  ])
  live.addCalls([call], heard)
  live.addLines(sid, lines, heard)
  return whole
}

async function readLines(sid: string, signal: AbortSignal) {
  const lines: Interaction[] = []
  let cursor: string | null = null
  do {
    const request = { params: { call_sid: sid }, query: { cursor: cursor ?? undefined } }
    const reply = await askWhole('listInteractions', request, signal)
    lines.push(...reply.body)
    cursor = linkedCursor(reply.headers.get('link'))
  } while (cursor !== null && lines.length < mostLines)
  return { lines, whole: cursor === null }
}

/** The cursor in a Link header's rel="next". */
export function linkedCursor(link: string | null): string | null {
  const next = /<([^>]*)>\s*;[^,]*rel="?next"?/.exec(link ?? '')?.[1]
  return next === undefined ? null : nextCursor(next)
}
