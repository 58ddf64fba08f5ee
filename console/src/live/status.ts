import type { Call } from '@toneout/contract/model/call.ts'
import type { Level, Recovery } from './freshness.ts'

/** What the page shows about the feed itself; replaced as a whole when a part changes. */
export type Status = {
  /** Lists may be loaded: the feed has spoken, or has kept the page waiting too long. */
  readonly ready: boolean
  /** Grows when everything must be loaded again; part of the key of every request. */
  readonly epoch: number
  readonly connected: boolean
  readonly online: boolean
  readonly level: Level
  readonly recovery: Recovery | null
  /** Grows, at most every 2 s, when calls began or changed: counts and searches are asked for anew. */
  readonly turns: number
  /** Grows, at most every second, when incidents, units or hospitals changed: plans are asked for anew. */
  readonly moves: number
}

export function firstStatus(online: boolean): Status {
  return {
    ready: false,
    epoch: 0,
    connected: false,
    online,
    level: 'live',
    recovery: null,
    turns: 0,
    moves: 0,
  }
}

/** What the feed needs from the page around it. */
export type Wiring = {
  /** The feed was cut or refused: whoever asks finds out whether the session still stands. */
  onLost: () => void
  /** Which calls a list shows, and the one that is selected: these are kept in memory. */
  shown: (call: Call) => boolean
  selected: () => string | null
  selectedIncident: () => number | null
}
