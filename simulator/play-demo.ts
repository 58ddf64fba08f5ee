import { randomBytes } from 'node:crypto'
import { openAgent } from './agent.ts'
import { openCentre } from './centre.ts'
import { planHour } from './demand.ts'
import type { DemoArguments } from './demo-arguments.ts'
import { say, showStatus } from './demo-status.ts'
import { loadScripts } from './library.ts'
import { createRandom } from './random.ts'
import { playPlan } from './run.ts'
import { openTally, type Tally } from './tally.ts'

/** Starts dispatcher, crews and hospitals, or says why only calls are played. */
async function staff(demo: DemoArguments, run: string, tally: Tally, signal: AbortSignal) {
  const { account, url: baseUrl, seed, speed } = demo
  if (!account) {
    say('Calls only: give a supervisor by --username and --password for a dispatcher and crews.')
    return undefined
  }
  const centre = await openCentre({ ...account, baseUrl, seed, speed, run, tally, signal })
  for (const line of centre.missing) say(`Not in the demo: ${line}`)
  return centre
}

/** Plays calls and centre until the end or the signal; gives the exit code. */
export async function playDemo(demo: DemoArguments & { key: string }, signal: AbortSignal): Promise<number> {
  const scripts = loadScripts()
  const tally = openTally()
  const { url: baseUrl, key, speed, minutes, callsPerHour } = demo
  const random = createRandom(demo.seed)
  const agent = openAgent({ baseUrl, credential: { key }, random, onExchange: tally.exchanged, signal })
  const allowed = await agent.send('listCalls', { query: { page_size: 1 } })
  if (allowed.status !== 200) {
    say(
      `The server at ${baseUrl} does not accept this key (${allowed.status}); an ai_dispatcher's is needed.`,
    )
    return 2
  }
  // Another name each time: the same seed played twice on one server is two sets of calls.
  const run = randomBytes(6).toString('hex')
  const closing = new AbortController()
  const centre = await staff(demo, run, tally, AbortSignal.any([signal, closing.signal]))
  say(`\nLook at ${baseUrl}  (speed ${speed}, seed ${demo.seed}, ${scripts.size} scripts). Ctrl-C stops.\n`)
  const status = showStatus(tally)
  for (let round = 0; !signal.aborted && (round === 0 || !demo.once); round++) {
    const seed = round === 0 ? demo.seed : `${demo.seed}+${round}`
    const plan = planHour(scripts, { seed, minutes, callsPerHour })
    await playPlan(plan, { send: agent.send, tally, speed, run: `${run}/${round}`, signal })
  }
  closing.abort('played')
  await centre?.ended
  status.stop()
  if (!signal.aborted || signal.reason === 'asked') return 0
  say(`Stopped: ${signal.reason}.`)
  return 1
}
