import type { Client } from '@toneout/contract/client.ts'
import type { Diversion } from '@toneout/contract/model/hospital.ts'
import type { Closure } from '@toneout/contract/model/streets.ts'
import type { Timetable } from './timetable.ts'
import type { World } from './world.ts'

export type Events = {
  send: Client
  timetable: Timetable
  divert: (hospital: string, diversion: Diversion) => Promise<void>
  /** Counts what fails instead of ending the simulation. */
  guarded: (work: () => Promise<void>) => () => Promise<void>
}

/** Puts down what the scenario makes known to the server: hospitals that close, bridges that are shut. */
export function scheduleEvents(
  { diversions, closures }: World,
  { send, timetable, divert, guarded }: Events,
): void {
  for (const { at, until, hospital } of diversions) {
    timetable.at(
      at,
      guarded(() => divert(hospital, 'CLOSED')),
    )
    timetable.at(
      until,
      guarded(() => divert(hospital, 'OPEN')),
    )
  }
  for (const { at, until, bridge, ids } of closures) {
    const set: number[] = []
    const close = async () => {
      for (const segment_id of ids) {
        // A server without streets has nothing to close and says so.
        const { status, body } = await send('setClosure', {
          body: { segment_id, reason: `${bridge} is closed` },
        })
        if (status === 201) set.push((body as Closure).id)
      }
    }
    const open = async () => {
      for (const id of set.splice(0)) await send('liftClosure', { params: { id } })
    }
    timetable.at(at, guarded(close))
    timetable.at(until, guarded(open))
  }
}
