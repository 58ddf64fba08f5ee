import { setTimeout as delay } from 'node:timers/promises'
import type pg from 'pg'
import type { Random } from '../../../simulator/random.ts'
import type { ServerPair } from './server-pair.ts'

export type FaultCounts = { kills: number; terminations: number; connections: number }
export type Faults = { counts: FaultCounts; stop: () => Promise<void> }

type Fault = 'kill' | 'terminate'

/** One fault for so many commands; every fourth is a kill, which takes seconds to mend. */
const commandsPerFault = 500

function plan(random: Random, commands: number): { at: number; fault: Fault }[] {
  const count = Math.max(4, Math.round(commands / commandsPerFault))
  const share = commands / (count + 1)
  return Array.from({ length: count }, (_, number) => ({
    at: Math.round(share * (number + 0.5 + random.next())),
    fault: number % 4 === 1 ? 'kill' : 'terminate',
  }))
}

/** Half of the connections of the servers to this database, chosen by chance; gives how many. */
async function terminate(client: pg.Client, random: Random): Promise<number> {
  const { rows } = await client.query(`SELECT pid FROM pg_stat_activity
    WHERE datname = current_database() AND application_name LIKE 'toneout%'`)
  const pids = rows.map(({ pid }) => Number(pid))
  const chosen = random.shuffled(pids).slice(0, Math.ceil(pids.length / 2))
  await client.query('SELECT pg_terminate_backend(pid) FROM unnest($1::int[]) pid', [chosen])
  return chosen.length
}

export type FaultOptions = {
  random: Random
  client: pg.Client
  pair: ServerPair
  /** Commands of the whole run, and those begun so far. */
  commands: number
  done: () => number
}

/** Faults in an order the seed gives, at points of its progress, so that slow machines have them too. */
export function startFaults({ random, client, pair, commands, done }: FaultOptions): Faults {
  const counts: FaultCounts = { kills: 0, terminations: 0, connections: 0 }
  let stopped = false
  let victim = random.int(0, 1)
  const run = async () => {
    for (const { at, fault } of plan(random, commands)) {
      while (done() < at && !stopped) await delay(5)
      if (stopped) return
      if (fault === 'kill') {
        await pair.kill(victim)
        victim = 1 - victim
        counts.kills += 1
      } else {
        counts.connections += await terminate(client, random)
        counts.terminations += 1
      }
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
