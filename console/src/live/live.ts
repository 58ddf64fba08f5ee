import type { Call } from '@toneout/contract/model/call.ts'
import type { LiveFact } from '@toneout/contract/model/fact.ts'
import type { Interaction } from '@toneout/contract/model/interaction.ts'
import * as boards from './board.ts'
import { gatherByFrame } from './frames.ts'
import { behindAfterMs, type Hearing, levelAt, type Recovery } from './freshness.ts'
import { changedIn, markMs, noGap, withChanged } from './gap.ts'
import { addSample, clockOffset, delayOf, type Samples } from './server-time.ts'
import { firstStatus, type Status, type Wiring } from './status.ts'
import type { Hearer } from './stream.ts'

const turnMs = 2_000
const recoveryShownMs = 20_000

/** The page's picture of the centre: loaded rows and facts in one board, and how far it can be trusted. */
export class Live implements Hearer {
  board: boards.Board = boards.emptyBoard
  status: Status = firstStatus(navigator.onLine)
  marked: ReadonlySet<string> = new Set()
  /** How long the last event took from the server to this screen, in ms. */
  delayMs: number | null = null
  hearing: Hearing = { heardAt: null, startedAt: Date.now() }
  /** The timeline has been read to here; replies asked for now are at least as new. */
  cursor = 0

  #samples: Samples = []
  #gap = noGap
  #turn = { at: 0, timer: undefined as ReturnType<typeof setTimeout> | undefined }
  #listeners = new Set<() => void>()
  #wiring: Wiring
  #facts = gatherByFrame<LiveFact>((facts) => this.#apply(facts))

  constructor(wiring: Wiring) {
    this.#wiring = wiring
  }

  subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** This computer's clock corrected to the server's, which stamped the rows. */
  serverTime(now: number): number {
    return now - clockOffset(this.#samples)
  }

  hello(cursor: number) {
    const [since, now] = [this.hearing.heardAt, Date.now()]
    this.#hear(now)
    if (since === null) {
      this.cursor = cursor
      // Lists that were loaded without waiting for the feed may lack what happened until it opened.
      const epoch = this.status.epoch + (this.status.ready ? 1 : 0)
      this.set({ ready: true, connected: true, epoch })
      return
    }
    this.#gap = { ...noGap, since, end: now }
    const late = now - since >= behindAfterMs
    this.set({ connected: true, recovery: late ? this.#recovered('resumed') : this.status.recovery })
  }

  fact(fact: LiveFact) {
    this.#hear(Date.now())
    this.cursor = Math.max(this.cursor, fact.id)
    this.#facts.add(fact)
  }

  heartbeat(serverAt: number) {
    const now = Date.now()
    this.#hear(now)
    this.#samples = addSample(this.#samples, now, serverAt)
    this.delayMs = delayOf(this.#samples, now, serverAt)
  }

  reset(cursor: number) {
    this.#facts.flush()
    const now = Date.now()
    const since = this.#gap === noGap ? (this.hearing.heardAt ?? now) : this.#gap.since
    this.#hear(now)
    this.#gap = { ...noGap, before: this.board, since, end: now }
    this.board = boards.distrust(this.board)
    this.cursor = cursor
    this.set({ recovery: this.#recovered('reloaded'), epoch: this.status.epoch + 1 })
  }

  lost() {
    this.set({ connected: false })
    this.#wiring.onLost()
  }

  addCalls(rows: readonly Call[], cursor: number) {
    this.#replace(boards.addCalls(this.board, rows, cursor))
    this.#reloaded(rows.map((row) => row.call_sid))
  }

  addLines(sid: string, rows: readonly Interaction[], cursor: number) {
    this.#replace(boards.addLines(this.board, sid, rows, cursor))
    this.#reloaded([sid])
  }

  dropUnseenOpen(seen: ReadonlySet<string>, cursor: number) {
    this.#replace(boards.dropUnseenOpen(this.board, seen, cursor))
    this.#tell()
  }

  /** Called by the page's clock. */
  watch(now: number) {
    const level = levelAt(this.hearing, now)
    if (level !== this.status.level) this.set({ level })
    const { recovery } = this.status
    if (recovery && now - recovery.at >= recoveryShownMs) this.endRecovery()
  }

  /** The notice goes, and with it the board from before the gap. */
  endRecovery() {
    this.#gap = { ...this.#gap, before: boards.emptyBoard }
    this.set({ recovery: null })
  }

  set(next: Partial<Status>) {
    this.status = { ...this.status, ...next }
    this.#tell()
  }

  #tell() {
    for (const listener of this.#listeners) listener()
  }

  #hear(now: number) {
    this.hearing = { ...this.hearing, heardAt: now }
    if (this.status.level !== 'live') this.set({ level: 'live' })
  }

  #replace(board: boards.Board) {
    this.board = boards.trim(board, this.#wiring.shown, this.#wiring.selected())
  }

  #apply(facts: readonly LiveFact[]) {
    this.#replace(boards.applyFacts(this.board, facts))
    const missed = facts.filter((fact) => Date.parse(fact.at) < this.serverTime(this.#gap.end))
    this.#mark(missed.flatMap((fact) => fact.call?.call_sid ?? []))
    if (facts.some((fact) => fact.call && !fact.interaction)) this.#takeTurn()
    this.#tell()
    const last = facts.at(-1)!
    if (missed.includes(last)) return
    requestAnimationFrame(() => {
      this.delayMs = delayOf(this.#samples, Date.now(), Date.parse(last.at))
    })
  }

  /** After a gap that was too long to replay, rows loaded again show what changed in it. */
  #reloaded(sids: readonly string[]) {
    if (this.status.recovery?.kind === 'reloaded') this.#mark(changedIn(this.#gap, this.board, sids))
    this.#tell()
  }

  #recovered(kind: Recovery['kind']): Recovery {
    const { end, since, changed } = this.#gap
    return { kind, at: end, since, changed: changed.size }
  }

  #mark(sids: readonly string[]) {
    const fresh = sids.filter((sid) => !this.#gap.changed.has(sid))
    if (fresh.length === 0) return
    this.#gap = withChanged(this.#gap, fresh)
    this.marked = new Set([...this.marked, ...fresh])
    const { recovery } = this.status
    if (recovery) this.status = { ...this.status, recovery: this.#recovered(recovery.kind) }
    setTimeout(() => {
      this.marked = new Set([...this.marked].filter((sid) => !fresh.includes(sid)))
      this.#tell()
    }, markMs)
  }

  #takeTurn() {
    if (this.#turn.timer !== undefined) return
    const wait = Math.max(0, this.#turn.at + turnMs - Date.now())
    this.#turn.timer = setTimeout(() => {
      this.#turn = { at: Date.now(), timer: undefined }
      this.set({ turns: this.status.turns + 1 })
    }, wait)
  }
}
