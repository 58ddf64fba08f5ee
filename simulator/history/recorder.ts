import { closeSync, openSync, writeSync } from 'node:fs'
import type { Actions, Kind, Line, Replies } from './entry.ts'

/** A request under way; it is ended once. */
export type Pending<K extends Kind> = {
  ok: (reply: Replies[K]) => void
  /** It was refused: it has certainly not been done. */
  fail: (why: string) => void
  /** No answer, or one that leaves it open. */
  unknown: (why: string) => void
}

export type Recorder = {
  invoke: <K extends Kind>(client: string, kind: K, action: Actions[K]) => Pending<K>
  /** Requests begun so far. */
  invoked: () => number
  close: () => void
}

/** The history may not grow without end; whoever records decides beforehand how much it may hold. */
export class HistoryFull extends Error {}

/**
 * Appends to a new JSONL file, one line before and one after each request. A line is written before the
 * request leaves, so that what a crash interrupts is in the history as unknown, never absent.
 */
export function openRecorder(path: string, limit: { requests: number }): Recorder {
  const file = openSync(path, 'wx')
  let invoked = 0
  const write = (line: Line) => void writeSync(file, `${JSON.stringify(line)}\n`)
  const at = () => new Date().toISOString()
  return {
    invoke(client, kind, action) {
      if (invoked >= limit.requests) throw new HistoryFull(`${limit.requests} requests are the limit`)
      const n = invoked
      invoked += 1
      write({ n, phase: 'invoke', at: at(), client, kind, action })
      return {
        ok: (reply) => write({ n, phase: 'ok', at: at(), reply }),
        fail: (why) => write({ n, phase: 'fail', at: at(), why: why.slice(0, 500) }),
        unknown: (why) => write({ n, phase: 'unknown', at: at(), why: why.slice(0, 500) }),
      }
    },
    invoked: () => invoked,
    close: () => closeSync(file),
  }
}
