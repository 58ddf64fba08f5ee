import type { Attempt, Kind, Line } from './entry.ts'

/** Lines of a history; a last line that a crash cut short is left out. */
function readLines(text: string): Line[] {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1)
  return whole
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
}

/**
 * Ties the lines of a history together. What was begun and never ended is unknown. Throws when an end has no
 * beginning or a request ends twice: such a history proves nothing.
 */
export function readAttempts(text: string): Attempt[] {
  const begun = new Map<number, Attempt>()
  const ended = new Set<number>()
  for (const line of readLines(text)) {
    if (line.phase === 'invoke') {
      if (begun.has(line.n)) throw new Error(`request ${line.n} begins twice`)
      const { n, client, kind, action } = line
      begun.set(n, { n, client, kind, action, outcome: 'unknown' })
      continue
    }
    const attempt = begun.get(line.n)
    if (!attempt) throw new Error(`request ${line.n} ends and never began`)
    if (ended.has(line.n)) throw new Error(`request ${line.n} ends twice`)
    ended.add(line.n)
    attempt.outcome = line.phase
    if (line.phase === 'ok') attempt.reply = line.reply
    else attempt.why = line.why
  }
  return [...begun.values()]
}

export const ofKind = <K extends Kind>(attempts: readonly Attempt[], kind: K): Attempt<K>[] =>
  attempts.filter((one): one is Attempt<K> => one.kind === kind)

export type Acknowledged<K extends Kind> = Required<Pick<Attempt<K>, 'n' | 'action' | 'reply'>>

/** The requests of a kind that were answered with success. */
export function acknowledged<K extends Kind>(attempts: readonly Attempt[], kind: K): Acknowledged<K>[] {
  return ofKind(attempts, kind).flatMap(({ n, action, outcome, reply }) => {
    if (outcome !== 'ok') return []
    if (reply === undefined) throw new Error(`request ${n} succeeded without a reply`)
    return [{ n, action, reply } as Acknowledged<K>]
  })
}
