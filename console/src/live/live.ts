import type { LiveFact, MovedUnits } from '@toneout/contract/model/fact.ts'
import * as boards from './board.ts'
import * as centres from './centre.ts'
import { gatherByFrame, takeTurns } from './frames.ts'
import { behindAfterMs, type Hearing, levelAt } from './freshness.ts'
import { changedIn, noGap, recoveredFrom, slowestWordMs, withChanged } from './gap.ts'
import { incidentKey, keysOf, Marks } from './marks.ts'
import { addSample, clockOffset, delayOf, type Samples } from './server-time.ts'
import { firstStatus, type Status, type Wiring } from './status.ts'
import type { Hearer } from './stream.ts'

const turnMs = 2_000
const moveMs = 1_000
const recoveryShownMs = 20_000

/** The page's picture of the centre: loaded rows and facts in one board, and how far it can be trusted. */
export class Live implements Hearer {
  board: boards.Board = boards.emptyBoard
  centre: centres.Centre = centres.emptyCentre
  readonly whereabouts = new centres.Positions()
  /** Told of facts as they are applied; for what no board keeps. */
  readonly news = new Set<(facts: readonly LiveFact[]) => void>()
  status: Status = firstStatus(navigator.onLine)
  readonly marks = new Marks(() => this.#tell())
  /** How long the last event took from the server to this screen, in ms. */
  delayMs: number | null = null
  hearing: Hearing = { heardAt: null, startedAt: Date.now() }
  /** The timeline has been read to here; replies asked for now are at least as new. */
  cursor = 0

  #samples: Samples = []
  #gap = noGap
  #turn = takeTurns(turnMs, () => this.set({ turns: this.status.turns + 1 }))
  #move = takeTurns(moveMs, () => this.set({ moves: this.status.moves + 1 }))
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
  serverTime(now: number) {
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
    this.set({ connected: true, recovery: late ? recoveredFrom(this.#gap, 'resumed') : this.status.recovery })
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

  positions(units: MovedUnits['units']) {
    this.#hear(Date.now())
    this.whereabouts.hear(units)
  }

  reset(cursor: number) {
    this.#facts.flush()
    const now = Date.now()
    const since = this.#gap === noGap ? (this.hearing.heardAt ?? now) : this.#gap.since
    this.#hear(now)
    const begunFrom = this.serverTime(since) - slowestWordMs
    this.#gap = { ...noGap, before: this.board, centreBefore: this.centre, since, end: now, begunFrom }
    this.board = boards.distrust(this.board)
    this.centre = centres.distrustCentre(this.centre)
    this.cursor = cursor
    this.set({ recovery: recoveredFrom(this.#gap, 'reloaded'), epoch: this.status.epoch + 1 })
  }

  lost() {
    this.set({ connected: false })
    this.#wiring.onLost()
  }

  addCalls(rows: boards.Calls, cursor: number) {
    this.#replace(boards.addCalls(this.board, rows, cursor))
    this.#reloaded(() =>
      changedIn(
        this.#gap,
        this.board,
        rows.map((row) => row.call_sid),
      ),
    )
  }

  addLines(sid: string, rows: boards.Lines, cursor: number) {
    this.#replace(boards.addLines(this.board, sid, rows, cursor))
    this.#reloaded(() => changedIn(this.#gap, this.board, [sid]))
  }

  dropUnseenOpen(seen: ReadonlySet<string>, cursor: number) {
    this.#replace(boards.dropUnseenOpen(this.board, seen, cursor))
    this.#tell()
  }

  addToCentre(rows: centres.CentreRows, cursor: number) {
    this.#replace(this.board, centres.addToCentre(this.centre, rows, cursor))
    this.whereabouts.hear(rows.units ?? [])
    const ids = (rows.incidents ?? []).map((row) => row.id)
    const { centreBefore, begunFrom } = this.#gap
    this.#reloaded(() => centres.changedIncidents(centreBefore, this.centre, begunFrom, ids).map(incidentKey))
  }

  dropUnseen(seen: centres.Seen, cursor: number) {
    this.#replace(this.board, centres.dropUnseen(this.centre, seen, cursor))
    this.#tell()
  }

  /** Called by the page's clock. */
  watch(now: number) {
    const level = levelAt(this.hearing, now)
    if (level !== this.status.level) this.set({ level })
    if (now - (this.status.recovery?.at ?? now) >= recoveryShownMs) this.endRecovery()
  }

  /** The notice goes, and with it the board from before the gap. */
  endRecovery() {
    this.#gap = { ...this.#gap, before: boards.emptyBoard, centreBefore: centres.emptyCentre }
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

  #replace(board: boards.Board, centre = this.centre) {
    this.board = boards.trim(board, this.#wiring.shown, this.#wiring.selected())
    this.centre = centres.trimCentre(centre, this.#wiring.selectedIncident())
  }

  #apply(facts: readonly LiveFact[]) {
    this.#replace(boards.applyFacts(this.board, facts), centres.applyToCentre(this.centre, facts))
    this.whereabouts.hear(facts.flatMap((fact) => fact.unit ?? []))
    const missed = facts.filter((fact) => Date.parse(fact.at) < this.serverTime(this.#gap.end))
    this.#mark(missed.flatMap(keysOf))
    if (facts.some((fact) => fact.call && !fact.interaction)) this.#turn()
    if (facts.some((fact) => fact.incident || fact.unit || fact.hospital)) this.#move()
    for (const hear of this.news) hear(facts)
    this.#tell()
    const last = facts.at(-1)!
    if (missed.includes(last)) return
    requestAnimationFrame(() => {
      this.delayMs = delayOf(this.#samples, Date.now(), Date.parse(last.at))
    })
  }

  /** After a gap that was too long to replay, rows loaded again show what changed in it. */
  #reloaded(changed: () => string[]) {
    if (this.status.recovery?.kind === 'reloaded') this.#mark(changed())
    this.#tell()
  }

  #mark(keys: readonly string[]) {
    const fresh = [...new Set(keys)].filter((key) => !this.#gap.changed.has(key))
    if (fresh.length === 0) return
    this.#gap = withChanged(this.#gap, fresh)
    this.marks.add(fresh)
    const { recovery } = this.status
    if (recovery) this.status = { ...this.status, recovery: recoveredFrom(this.#gap, recovery.kind) }
  }
}
