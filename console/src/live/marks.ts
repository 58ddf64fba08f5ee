import type { LiveFact } from '@toneout/contract/model/fact.ts'

/** How long a row that changed in a gap stays marked. */
export const markMs = 5_000

/** The key of an incident among marked rows; calls are there by their call_sid. */
export const incidentKey = (id: number) => `incident ${id}`
/** The rows that a fact is about and that can be marked. */
export const keysOf = ({ call, incident }: LiveFact) => [
  ...(call ? [call.call_sid] : []),
  ...(incident ? [incidentKey(incident.id)] : []),
]
export const isIncidentKey = (key: string) => key.startsWith('incident ')

/** Rows that changed while the feed was not heard, each for a while. */
export class Marks {
  now: ReadonlySet<string> = new Set()
  #tell: () => void

  constructor(tell: () => void) {
    this.#tell = tell
  }

  add(keys: readonly string[]) {
    this.now = new Set([...this.now, ...keys])
    setTimeout(() => {
      this.now = new Set([...this.now].filter((key) => !keys.includes(key)))
      this.#tell()
    }, markMs)
  }
}
