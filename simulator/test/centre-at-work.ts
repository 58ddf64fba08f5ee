import { setTimeout as sleep } from 'node:timers/promises'
import type { Assignment } from '@toneout/contract/model/assignment.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import type { Unit } from '@toneout/contract/model/unit.ts'
import { signIn } from '../../server/test/support/centre.ts'
import { startTestServer } from '../../server/test/support/test-server.ts'
import { openCentre } from '../centre.ts'
import { openTally } from '../tally.ts'
import { openCaller } from './rehearsal.ts'
import { openWeekday } from './weekday.ts'

type InFull = Incident & { assignments: Assignment[] }

/** A real server with the demo's account, and a supervisor of flesh and blood beside it. */
export async function openCity() {
  const server = await startTestServer()
  await signIn(server, 'demo-dispatcher', 'supervisor')
  const chief = await signIn(server, 'chief', 'supervisor')
  const read = async <T>(path: string) => (await chief.ask('GET', path)).body as T
  const rows = async <T>(path: string) => (await read<{ results: T[] }>(path)).results
  return {
    server,
    ask: chief.ask,
    rows,
    caller: openCaller({ key: server.key }, server.baseUrl),
    units: () => rows<Unit>('/api/units/?page_size=500'),
    incidents: (query = '') => rows<Incident>(`/api/incidents/?page_size=200${query}`),
    inFull: (id: number) => read<InFull>(`/api/incidents/${id}/`),
    /** The demo's dispatcher, crews and hospitals at work until `stop`. */
    async work(username = 'demo-dispatcher') {
      const closing = new AbortController()
      const tally = openTally()
      const account = { username, password: `password of ${username}` }
      const shared = { baseUrl: server.baseUrl, seed: 'centre', speed: 600, run: 'test', tally }
      const { timetable, world } = openWeekday()
      const { signal } = closing
      const centre = await openCentre({ ...shared, ...account, timetable, world, signal })
      const playing = timetable.run(Number.MAX_SAFE_INTEGER, shared.speed, signal)
      const stop = async () => {
        closing.abort('played')
        await playing
        await centre.close()
      }
      return { ...centre, tally, stop }
    },
  }
}
export type City = Awaited<ReturnType<typeof openCity>>

export async function untilSeen<T>(what: string, look: () => Promise<T | undefined | false>): Promise<T> {
  for (const end = Date.now() + 120_000; Date.now() < end; await sleep(100)) {
    const seen = await look()
    if (seen) return seen
  }
  throw new Error(`waited in vain for ${what}`)
}
