import { setTimeout as sleep } from 'node:timers/promises'
import { buildFleet } from './build-fleet.ts'
import { openCrews } from './drive-crews.ts'
import { lookEveryMinutes } from './hospitals.ts'
import { createRandom } from './random.ts'
import { openDesk } from './run-desk.ts'
import { openWards } from './run-hospitals.ts'
import { signInSupervisor } from './supervisor.ts'
import type { Tally } from './tally.ts'

export type CentreOptions = {
  baseUrl: string
  username: string
  password: string
  seed: string
  speed: number
  run: string
  tally: Tally
  signal: AbortSignal
}
/** `missing` tells in words which of the fleet's rows could not be had. */
export type Centre = { missing: string[]; ended: Promise<void> }

/** Milliseconds between two ticks, simulated and real: often enough to be smooth, and cheap. */
const pause = { simulated: 3_000, least: 100, most: 2_000 }

/**
 * The demo's dispatcher, crews and hospitals at work beside the calls, until `signal` says stop. Throws
 * AccountRefused with a sentence for people.
 */
export async function openCentre(options: CentreOptions): Promise<Centre> {
  const { speed, run, tally, signal } = options
  const random = createRandom(`${options.seed}/centre`)
  const { agent, me } = await signInSupervisor(options, random.stream('jitter'))
  const fleet = await buildFleet(agent.send)
  if (fleet.stations.length === 0) throw new Error(`The demo has no stations: ${fleet.missing.join('; ')}`)
  const startedAt = Date.now()
  const clock = () => (Date.now() - startedAt) * speed
  const send: typeof agent.send = (id, request) => agent.send(id, request, signal)
  const counts = { open: 0, dispatched: 0, closed: 0, busy: 0, crews: fleet.units.length }
  tally.centre = counts
  const ours = new Set(fleet.units.map(({ id }) => id))
  const crews = openCrews({ send, clock, random: random.stream('crews'), fleet })
  const desk = openDesk({ send, clock, random: random.stream('crews'), speed, ours, me: me.id, run, counts })
  const wards = openWards({ ...agent, clock, random: random.stream('wards'), hospitals: fleet.hospitals })
  const often = Math.min(pause.most, Math.max(pause.least, pause.simulated / speed))
  const work = [
    every(often, options, async () => {
      counts.busy = await crews.tick()
    }),
    every(often, options, desk.tick),
    every(Math.max(often, (lookEveryMinutes * 60_000) / speed), options, wards.tick),
  ]
  const ended = Promise.all(work).then(() => wards.reopen().catch(() => {}))
  return { missing: fleet.missing, ended }
}

/** Does it again and again until it is to stop. What fails once is counted and comes again. */
async function every(ms: number, { signal, tally }: CentreOptions, work: () => Promise<void>): Promise<void> {
  while (!signal.aborted) {
    try {
      await work()
    } catch (error) {
      if (!signal.aborted) tally.fault(`centre: ${(error as Error).message}`)
    }
    await sleep(ms, undefined, { signal }).catch(() => {})
  }
}
