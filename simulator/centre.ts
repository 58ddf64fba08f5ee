import type { Client } from '@toneout/contract/client.ts'
import { buildFleet } from './build-fleet.ts'
import { openCrews } from './drive-crews.ts'
import { lookEveryMinutes } from './hospitals.ts'
import { noteByHand } from './note-by-hand.ts'
import { openOrdinals } from './ordinals.ts'
import type { PlannedCall } from './plan-call.ts'
import { createRandom } from './random.ts'
import { openDesk } from './run-desk.ts'
import { openWards } from './run-hospitals.ts'
import { scheduleEvents } from './schedule-events.ts'
import { signInSupervisor } from './supervisor.ts'
import type { Tally } from './tally.ts'
import type { Timetable } from './timetable.ts'
import type { World } from './world.ts'

export type CentreOptions = {
  baseUrl: string
  username: string
  password: string
  seed: string
  speed: number
  run: string
  tally: Tally
  signal: AbortSignal
  timetable: Timetable
  world: World
  /** Stands between the centre and the server, to write down what is asked. */
  record?: (send: Client) => Client
  /** Whether units are sent by the simulation; otherwise people at the page send them. */
  dispatches?: boolean
}
/** `missing` tells in words which of the fleet's rows could not be had. */
export type Centre = {
  missing: string[]
  send: Client
  byHand: (call: PlannedCall) => Promise<void>
  close: () => Promise<void>
}

/** Simulated milliseconds between two looks, and real milliseconds at least: often, and not too often. */
const pause = { crews: 3_000, desk: 4_000, realMs: 60 } as const

/**
 * Puts the work of the demo's dispatcher, crews and hospitals into the timetable. Throws AccountRefused with
 * a sentence for people.
 */
export async function openCentre(options: CentreOptions): Promise<Centre> {
  const { speed, run, tally, signal, timetable, world } = options
  const random = createRandom(`${options.seed}/centre`)
  const { agent, me } = await signInSupervisor(options, random.stream('jitter'))
  const send: Client = (options.record ?? ((client) => client))((id, request) =>
    agent.send(id, request, signal),
  )
  const fleet = await buildFleet(send)
  if (fleet.stations.length === 0) throw new Error(`The demo has no stations: ${fleet.missing.join('; ')}`)
  const counts = { open: 0, dispatched: 0, closed: 0, busy: 0, crews: fleet.units.length }
  tally.centre = counts
  const clock = timetable.now
  const shared = { send, clock, timetable, fleet, crowdAt: world.crowdAt, ordinal: openOrdinals() }
  const crews = openCrews({ ...shared, drive: world.drive, random: random.stream('crews') })
  const guarded = (work: () => Promise<void>) => async () => {
    try {
      await work()
    } catch (error) {
      if (!signal.aborted) tally.fault(`centre: ${(error as Error).message}`)
    }
  }
  const look = guarded(async () => {
    await crews.look()
    counts.busy = crews.busy()
  })
  const ours = new Set(fleet.units.map(({ id }) => id))
  const onSent = () => timetable.at(clock(), look)
  const desk = openDesk({ ...shared, random: random.stream('crews'), ours, me: me.id, run, onSent, counts })
  const wards = openWards({ ...shared, random: random.stream('wards'), hospitals: fleet.hospitals })
  const often = (simulated: number) => Math.max(simulated, pause.realMs * speed)
  const now = clock()
  timetable.every(often(pause.crews), now, look)
  if (options.dispatches !== false) timetable.every(often(pause.desk), now, guarded(desk.tick))
  timetable.every(lookEveryMinutes * 60_000, now, guarded(wards.tick))
  scheduleEvents(world, { send, timetable, divert: wards.divert, guarded })
  return {
    missing: fleet.missing,
    send,
    byHand: (call) =>
      noteByHand(call, { send, timetable, random: random.stream(`by hand ${call.key}`), guarded }),
    close: () => wards.reopen().catch(() => {}),
  }
}
