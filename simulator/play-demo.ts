import { randomBytes } from 'node:crypto'
import { describeMoment } from './calendar.ts'
import type { DemoArguments } from './demo-arguments.ts'
import { say, showStatus } from './demo-status.ts'
import { KeyRefused, openPlay, type Play } from './play.ts'
import { loadScenario } from './scenario.ts'
import { openTally } from './tally.ts'

/** Minutes that are over when the demo opens: units are out, some at a hospital, calls in all states. */
const warmMinutes = 45
/** How fast they are played. */
const warmSpeed = 240
/** Longer than anybody watches; the week of the calendar comes round again. */
const forEver = 10 * 365 * 24 * 3_600_000

/** Plays calls and centre until the end or the signal; gives the exit code. */
export async function playDemo(demo: DemoArguments & { key: string }, signal: AbortSignal): Promise<number> {
  const tally = openTally()
  const { url, key, account, seed, speed, minutes } = demo
  const scenario = {
    ...loadScenario(demo.scenario),
    ...(demo.callsPerHour && { callsPerHour: demo.callsPerHour }),
  }
  if (!account) say('Calls only: give a supervisor by --username and --password for a dispatcher and crews.')
  const run = randomBytes(6).toString('hex')
  const play: Play = { url, key, account, seed, speed, run, scenario, tally, dispatches: !demo.byHand }
  const warm = account && demo.warm && !demo.byHand ? warmMinutes : 0
  const opened = await openPlay(play, warm).catch((error: unknown) => {
    if (!(error instanceof KeyRefused)) throw error
    say(error.message)
    return undefined
  })
  if (!opened) return 2
  for (const line of opened.centre?.missing ?? []) say(`Not in the demo: ${line}`)
  say(`\nLook at ${url}  (${scenario.title}, speed ${speed}, seed ${seed}). Ctrl-C stops.\n`)
  const clock = () => describeMoment(opened.world.weekTime(opened.timetable.now()))
  const status = showStatus(tally, clock)
  if (warm > 0) {
    await opened.until(0, warmSpeed, signal)
    if (!signal.aborted) say(`It is ${clock()}: the first ${warm} minutes were played quickly.`)
  }
  await opened.until(demo.once ? minutes * 60_000 : forEver, speed, signal)
  await opened.close()
  status.stop()
  if (!signal.aborted || signal.reason === 'asked') return 0
  say(`Stopped: ${signal.reason}.`)
  return 1
}
