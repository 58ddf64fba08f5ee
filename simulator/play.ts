import { openAgent } from './agent.ts'
import { type Centre, type CentreOptions, openCentre } from './centre.ts'
import type { ExpectedCall } from './expectation.ts'
import { loadScripts } from './library.ts'
import { createRandom } from './random.ts'
import type { Scenario } from './scenario.ts'
import { openPhones } from './schedule-calls.ts'
import type { Tally } from './tally.ts'
import { openTimetable, type Timetable } from './timetable.ts'
import { openWorld, type World } from './world.ts'

export type Play = {
  url: string
  /** Of the role ai_dispatcher. */
  key: string
  /** A supervisor's; without it calls are played only. */
  account?: { username: string; password: string }
  scenario: Scenario
  seed: string
  /** Names this run: the same seed can be played again on the same server under another name. */
  run: string
  speed: number
  tally: Tally
  record?: CentreOptions['record']
  dispatches?: boolean
  keep?: (expected: ExpectedCall) => void
}

export class KeyRefused extends Error {}

export type Playing = {
  centre?: Centre
  timetable: Timetable
  world: World
  /** Plays to a moment of the simulation's clock, in milliseconds. */
  until: (moment: number, speed: number, signal: AbortSignal) => Promise<void>
  /** Ends the calls that are open. */
  hangUp: () => Promise<void>
  /** Hangs up and lets everybody go home. */
  close: () => Promise<void>
}

/**
 * The city at work: puts everything into a timetable that begins so many minutes before the scenario does, so
 * that at its beginning the centre is in the middle of its work. Throws KeyRefused, AccountRefused or
 * ScenarioFault with a sentence for people.
 */
export async function openPlay(play: Play, warmMinutes: number): Promise<Playing> {
  const { url: baseUrl, key, account, scenario, seed, run, tally } = play
  const closing = new AbortController()
  const world = openWorld(scenario)
  const timetable = openTimetable(-warmMinutes * 60_000)
  const random = createRandom(`${seed}/jitter`)
  const agent = openAgent({ baseUrl, credential: { key }, random, onExchange: tally.exchanged })
  const allowed = await agent.send('listCalls', { query: { page_size: 1 } })
  if (allowed.status !== 200) {
    throw new KeyRefused(
      `The server at ${baseUrl} does not accept this key (${allowed.status}); an ai_dispatcher's is needed.`,
    )
  }
  const { speed, record, dispatches } = play
  const shared = { seed, run, tally, timetable, world, speed, record, dispatches, signal: closing.signal }
  const centre = account ? await openCentre({ ...account, baseUrl, ...shared }) : undefined
  let pace = speed
  const phones = openPhones(
    {
      ...{ scripts: loadScripts(), scenario, world, timetable, seed, run, tally, send: agent.send },
      speed: () => pace,
      byHand: async (call) => centre?.byHand(call),
    },
    play.keep ?? (() => {}),
  )
  phones.start(timetable.now())
  return {
    centre,
    timetable,
    world,
    until(moment, speed, signal) {
      pace = speed
      return timetable.run(moment, speed, signal)
    },
    hangUp: phones.hangUp,
    async close() {
      await phones.hangUp()
      await centre?.close()
      closing.abort('played')
    },
  }
}
