import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Client } from '@toneout/contract/client.ts'
import { openAgent } from './agent.ts'
import type { ExpectedCall } from './expectation.ts'
import { readAttempts } from './history/attempts.ts'
import { openRecorder } from './history/recorder.ts'
import { judge, type Verdict } from './judge.ts'
import { openPlay } from './play.ts'
import { createRandom } from './random.ts'
import { newestIncident } from './read-final-state.ts'
import { recordClient } from './record-client.ts'
import type { Scenario } from './scenario.ts'
import { openTally, type Tally } from './tally.ts'

export type Headless = {
  url: string
  key: string
  account: { username: string; password: string }
  scenario: Scenario
  minutes: number
  speed: number
  seed: string
  /** Names this run, so that the same seed can be played on the same server again. */
  run: string
  /** File for the history; a temporary one when nobody wants it. */
  history?: string
  signal: AbortSignal
  onStart?: (tally: Tally, clock: () => number) => void
  /** Called before everything is read back. */
  onPlayed?: () => void
}
/** How fast it really was, and what is wrong with what is left. */
export type Played = Verdict & { reachedSpeed: number; tally: Tally }

/** Commands in one history, far more than a day of a busy city gives. */
const mostCommands = 2_000_000
/** Calls that are read back at the end. */
const mostKept = 20_000
/** Incidents that may wait for a unit at the end, for each hundred calls in an hour; two always may. */
const waitingPerHundred = 25

/** Plays a scenario as fast as asked, then reads everything back and judges it. */
export async function runHeadless(asked: Headless): Promise<Played> {
  const { url: baseUrl, key, scenario, minutes, speed, seed, signal } = asked
  const folder = mkdtempSync(join(tmpdir(), 'toneout-history-'))
  const file = asked.history ?? join(folder, 'history.jsonl')
  const recorder = openRecorder(file, { requests: mostCommands })
  try {
    const tally = openTally()
    const calls: ExpectedCall[] = []
    const keep = (one: ExpectedCall) => {
      if (calls.length < mostKept) calls.push(one)
    }
    const record = (client: Client) => recordClient(client, recorder, 'centre')
    const playing = await openPlay({ ...asked, url: baseUrl, tally, keep, record, run: asked.run }, 0)
    const desk = playing.centre!.send
    const after = await newestIncident(desk)
    asked.onStart?.(tally, playing.timetable.now)
    const began = performance.now()
    await playing.until(minutes * 60_000, speed, signal)
    const reachedSpeed = playing.timetable.now() / Math.max(1, performance.now() - began)
    await playing.hangUp()
    asked.onPlayed?.()
    const random = createRandom(`${seed}/reading`)
    const agent = openAgent({ baseUrl, credential: { key }, random }).send
    const attempts = readAttempts(readFileSync(file, 'utf8'))
    // An evening of the week has more calls than its mean, which the scenario names.
    const inAnHour = Math.max(scenario.callsPerHour, (tally.callsStarted * 60) / minutes)
    const mostWaiting = 2 + Math.ceil((inAnHour * waitingPerHundred) / 100)
    const verdict = await judge({ desk, agent, attempts, calls, tally, after, mostWaiting })
    await playing.close()
    return { ...verdict, reachedSpeed, tally }
  } finally {
    recorder.close()
    rmSync(folder, { recursive: true, force: true })
  }
}
