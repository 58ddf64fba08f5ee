import { randomBytes } from 'node:crypto'
import { describeMoment } from './calendar.ts'
import { say, showStatus } from './demo-status.ts'
import { type OwnServer, openOwnServer } from './own-server.ts'
import { runHeadless } from './run-headless.ts'
import { loadScenario } from './scenario.ts'
import type { PlayArguments } from './simulate-arguments.ts'

/** Plays a scenario without a page and tells what came of it; exit code 0 when every check is content. */
export async function playScenario(asked: PlayArguments, stopping: AbortController): Promise<number> {
  const scenario = loadScenario(asked.scenario)
  const minutes = asked.minutes ?? scenario.minutes
  const { signal } = stopping
  const given = asked.url && asked.key && asked.account
  let own: OwnServer | undefined
  if (!given) {
    say('Starting a server on a fresh database.')
    own = await openOwnServer(signal)
    void own.ended.then(() => stopping.abort('the server has ended'))
  }
  try {
    const { url, key, account } = own ?? { url: asked.url!, key: asked.key!, account: asked.account! }
    const { speed, seed, history } = asked
    let status: { stop: () => void } | undefined
    say(`${scenario.title}: ${minutes} minutes at speed ${speed}, seed ${seed}.`)
    // On a server that others use too the same seed may be played again; on its own it is the first.
    const run = own ? 'simulation' : randomBytes(6).toString('hex')
    const { faults, summary, reachedSpeed } = await runHeadless({
      ...{ url, key, account, scenario, minutes, speed, seed, run, history, signal },
      onStart(tally, now) {
        status = showStatus(tally, () => describeMoment(scenario.startsAt + now()))
      },
      onPlayed: () => status?.stop(),
    })
    for (const line of summary) say(line)
    say(`speed        ${reachedSpeed.toFixed(0)} of ${speed} asked for`)
    for (const fault of faults) say(`FAULT        ${fault}`)
    say(faults.length === 0 ? 'All checks passed.' : 'Checks have failed.')
    return faults.length === 0 ? 0 : 1
  } finally {
    await own?.stop()
  }
}
