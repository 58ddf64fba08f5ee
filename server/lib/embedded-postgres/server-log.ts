import { createWriteStream, renameSync, statSync, type WriteStream } from 'node:fs'
import type { Readable } from 'node:stream'

export type Log = (line: { level: 'info' | 'warn' | 'error'; msg: string; [k: string]: unknown }) => void

/** PostgreSQL's own log lines: the last of them in memory, the rest in one file and its predecessor. */
export type ServerLog = {
  file: string
  read(from: Readable): void
  /** Why the server ended, from its own words; empties the memory for the next attempt. */
  takeReason(): string
  close(): Promise<void>
}

/** What settings.ts gives PostgreSQL as log_line_prefix; the pattern below reads it back. */
export const linePrefix = '%m [%p] %b %e '
const linePattern = /^\S+ \S+ \S+ \[\d+\] (.+?) ([0-9A-Z]{5}) ([A-Z]+\d?): {2}(.*)$/

const fileLimitBytes = 5 * 1024 * 1024
const lineLimitBytes = 8 * 1024
const linesInMemory = 50
const forwardEveryMs = 1000

// Faults of the machine: resources, operator intervention, input/output, corruption, configuration file.
const machineFault = /^(53|57|58|XX|F0)/

export function openServerLog(file: string, log: Log): ServerLog {
  const sink = openBoundedFile(file)
  let recent: string[] = []
  let lastForward = Number.NEGATIVE_INFINITY
  let hidden = false

  function take(line: string): void {
    const found = linePattern.exec(line)
    if (!found && hidden) return
    hidden = found !== null && tellsCallerData(found)
    // The lines of a session's error repeat values of its query, which may be a caller's words.
    const shown = found && hidden ? `${line.slice(0, line.length - found[4]!.length)}(text withheld)` : line
    recent = [...recent.slice(1 - linesInMemory), shown]
    sink.write(`${shown}\n`)
    if (found && isAlarming(found) && performance.now() - lastForward >= forwardEveryMs) {
      lastForward = performance.now()
      log({ level: 'error', msg: `PostgreSQL: ${found[4]}`, sqlstate: found[2] })
    }
  }

  return {
    file,
    read: (from) => readLines(from, take),
    takeReason() {
      const reason = reasonIn(recent)
      recent = []
      return reason
    },
    close: sink.close,
  }
}

function tellsCallerData([, backend, sqlstate, severity]: RegExpExecArray): boolean {
  if (severity === 'STATEMENT' || severity === 'DETAIL' || severity === 'CONTEXT') return true
  if (backend !== 'client backend' && backend !== 'parallel worker') return false
  return /^(DEBUG\d|INFO|NOTICE|WARNING|ERROR)$/.test(severity!) && !machineFault.test(sqlstate!)
}

function isAlarming([, backend, sqlstate, severity]: RegExpExecArray): boolean {
  if (severity === 'PANIC') return true
  // 57 holds "the database system is starting up" and the like: said to clients, no fault.
  if (severity === 'FATAL') return backend !== 'client backend'
  return /^(WARNING|ERROR)$/.test(severity!) && /^(53|58|XX)/.test(sqlstate!)
}

function reasonIn(lines: string[]): string {
  const told = lines.map((line) => linePattern.exec(line))
  // A client's FATAL says only that it was turned away meanwhile.
  const isFatal = (found: RegExpExecArray | null) => /^(FATAL|PANIC)$/.test(found?.[3] ?? '')
  const worst = told.findLast((found) => isFatal(found) && found?.[1] !== 'client backend')
  return worst?.[4] ?? lines.findLast((line) => line.trim() !== '')?.trim() ?? 'it said nothing'
}

function readLines(from: Readable, take: (line: string) => void): void {
  let rest = ''
  from.setEncoding('utf8')
  from.on('error', () => {})
  from.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop()!.slice(0, lineLimitBytes)
    for (const line of lines) take(line.slice(0, lineLimitBytes))
  })
  from.on('end', () => rest && take(rest))
}

function openBoundedFile(file: string): { write(text: string): void; close(): Promise<void> } {
  let stream = openForAppending(file)
  let size = statSync(file, { throwIfNoEntry: false })?.size ?? 0
  return {
    write(text) {
      if (stream.writableLength > lineLimitBytes * 100) return
      if (size > fileLimitBytes) {
        stream.end()
        moveAside(file)
        stream = openForAppending(file)
        size = 0
      }
      size += Buffer.byteLength(text)
      stream.write(text)
    },
    close: () => new Promise((done) => stream.end(() => done())),
  }
}

function moveAside(file: string): void {
  try {
    renameSync(file, `${file}.1`)
  } catch {
    // Somebody removed it: then there is nothing to keep.
  }
}

function openForAppending(file: string): WriteStream {
  // A full disk must not end the server by way of its log.
  return createWriteStream(file, { flags: 'a', mode: 0o600 }).on('error', () => {})
}
