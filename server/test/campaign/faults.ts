import { setTimeout as delay } from 'node:timers/promises'
import type { Random } from '../../../simulator/random.ts'
import type { Servers } from './servers.ts'
import type { SteadyClient } from './world.ts'

const faults = ['terminate', 'kill', 'backend', 'freeze', 'postmaster'] as const
type Fault = (typeof faults)[number]

/** How often each was done; `connections` are those that were terminated by halves. */
export type FaultCounts = Record<Fault | 'connections', number>
export type Faults = { counts: FaultCounts; stop: () => Promise<void> }

export const noFaults = (): FaultCounts => ({
  ...{ terminate: 0, kill: 0, backend: 0, freeze: 0, postmaster: 0 },
  connections: 0,
})

/** One fault for so many commands, and each kind twice at least. */
const commandsPerFault = 500
const fewestFaults = faults.length * 2
/** Milliseconds a server stands still: longer than the database's patience with it would be a kill. */
const freezeMs = { least: 300, most: 1_800 }

function plan(random: Random, commands: number): { at: number; fault: Fault }[] {
  const count = Math.max(fewestFaults, Math.round(commands / commandsPerFault))
  const share = commands / (count + 1)
  return Array.from({ length: count }, (_, number) => ({
    at: Math.round(share * (number + 0.5 + random.next())),
    fault: faults[number % faults.length] as Fault,
  }))
}

const ours = `SELECT pid FROM pg_stat_activity WHERE datname = current_database()
  AND application_name LIKE 'toneout%'`

/** Some of the connections of the servers to this database, chosen by chance; gives how many. */
async function terminate(steady: SteadyClient, random: Random, share: number): Promise<number> {
  const client = await steady.get()
  const pids = (await client.query(ours)).rows.map(({ pid }) => Number(pid))
  const chosen = random.shuffled(pids).slice(0, Math.ceil(pids.length * share))
  await client.query('SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) pid', [chosen])
  return chosen.length
}

export type FaultOptions = {
  random: Random
  steady: SteadyClient
  servers: Servers
  /** Kills the postmaster with -9; whoever owns it starts it again. */
  killPostmaster: () => void
  /** Commands of the whole run, and those begun so far. */
  commands: number
  done: () => number
}

/** Faults in an order the seed gives, at points of its progress, so that slow machines have them too. */
export function startFaults(options: FaultOptions): Faults {
  const { random, steady, servers, commands, done } = options
  const counts = noFaults()
  let stopped = false
  let victim = random.int(0, servers.proxies.length - 1)
  const next = () => {
    victim = (victim + 1) % servers.proxies.length
    return victim
  }
  const deeds: Record<Fault, () => Promise<unknown>> = {
    terminate: async () => {
      counts.connections += await terminate(steady, random, 0.5)
    },
    backend: () => terminate(steady, random, Number.MIN_VALUE),
    kill: () => servers.kill(next()),
    freeze: () => servers.freeze(next(), random.int(freezeMs.least, freezeMs.most)),
    postmaster: async () => options.killPostmaster(),
  }
  const run = async () => {
    for (const { at, fault } of plan(random, commands)) {
      while (done() < at && !stopped) await delay(5)
      if (stopped) return
      await deeds[fault]()
      counts[fault] += 1
    }
  }
  const running = run()
  // Whoever stops the faults hears of it; until then it must not end the process.
  running.catch(() => {})
  return {
    counts,
    stop: () => {
      stopped = true
      return running
    },
  }
}
