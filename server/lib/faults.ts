/** What a failed statement means for the caller; SQLSTATE codes are PostgreSQL's, appendix A. */
export type Fault = 'retry' | 'held' | 'away' | 'bug'

/**
 * A commit was sent and its answer did not come: the work may be there or not, so it must not be done again,
 * and nobody may be told that it succeeded.
 */
export class OutcomeUnknown extends Error {}

const retryable = new Set(['40001', '40P01'])
const socketFaults = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOENT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'EHOSTUNREACH',
  'ECONNABORTED',
])

/**
 * `retry`: the database undid the work and says to try again. `held`: somebody else held a row for too long
 * (lock_not_available). `away`: it cannot be reached, is starting or stopping, is full, or did not answer in
 * time. `bug`: anything else.
 */
export function classify(error: unknown): Fault {
  if (error instanceof OutcomeUnknown) return 'away'
  const { code, message } = error as { code?: string; message?: string }
  if (code && retryable.has(code)) return 'retry'
  if (code === '55P03') return 'held'
  const { syscall } = error as { syscall?: string }
  // Whatever a socket met on its way, the database was not reached.
  if (syscall === 'connect' || syscall === 'read' || syscall === 'write') return 'away'
  // A file that is missing is not a database that is away; a socket of PostgreSQL that is missing is.
  const isSocket = code !== 'ENOENT' || (error as { syscall?: string }).syscall === 'connect'
  if (code && ((socketFaults.has(code) && isSocket) || /^(08|53|57P|58)/.test(code))) return 'away'
  if (code === '57014' || code === '25006') return 'away'
  const words = /timeout|terminated|Connection (ended|closed)|not queryable|after being closed/i
  return !code && words.test(message ?? '') ? 'away' : 'bug'
}

/** Whether the failed work did nothing for certain, and a part of it may succeed when it is tried alone. */
export function isUndone(error: unknown): boolean {
  const fault = classify(error)
  return fault === 'bug' || fault === 'held'
}
