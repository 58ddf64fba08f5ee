import { setTimeout as delay } from 'node:timers/promises'
import { launch } from './launch.ts'
import { endChildren, removeSharedMemory } from './leftovers.ts'
import { endPostmaster, type Plan, type Postmaster } from './postmaster.ts'
import { signal } from './processes.ts'

export type Supervised = { pid(): number | undefined; stop(): Promise<void> }

const backOffMs = [0, 250, 500, 1000, 2000, 5000]

/**
 * Starts PostgreSQL and keeps it running: whenever it ends unasked it is started again, at once and then
 * ever more slowly, without giving up. `onState` hears `up` and, for an end nobody asked for, `down`.
 */
export async function supervise(plan: Plan, onState: (state: 'up' | 'down') => void): Promise<Supervised> {
  let current: Postmaster | undefined
  const cancel = new AbortController()
  const isWanted = () => !cancel.signal.aborted

  function start(): Promise<Postmaster> {
    const onSpawn = (postmaster: Postmaster) => {
      current = postmaster
      if (!isWanted()) signal(postmaster.pid, 'SIGQUIT')
    }
    return launch(plan, onSpawn, isWanted)
  }

  async function startAgain(): Promise<void> {
    for (let attempt = 0; isWanted(); attempt++) {
      await wait(backOffMs[Math.min(attempt, backOffMs.length - 1)]!, cancel.signal)
      if (!isWanted()) return
      try {
        await start()
        plan.log({ level: 'info', msg: 'PostgreSQL is up again', attempt: attempt + 1 })
        return onState('up')
      } catch (error) {
        plan.log({ level: 'error', msg: (error as Error).message, attempt: attempt + 1 })
      }
    }
  }

  async function keepRunning(postmaster: Postmaster): Promise<void> {
    for (current = postmaster; isWanted(); ) {
      const how = await current.ended
      if (!isWanted()) return
      plan.log({ level: 'error', msg: `PostgreSQL ${how}; starting it again`, pid: current.pid })
      onState('down')
      await startAgain()
    }
  }

  async function stopAll(): Promise<void> {
    cancel.abort()
    if (current) await endPostmaster(current)
    await Promise.race([running, delay(300)])
    await endChildren(plan)
    await removeSharedMemory(plan)
  }

  const running = keepRunning(await start())
  let stopped: Promise<void> | undefined
  onState('up')
  return {
    pid: () => (current && !current.isOver() ? current.pid : undefined),
    stop() {
      stopped ??= stopAll()
      return stopped
    },
  }
}

function wait(ms: number, signal: AbortSignal): Promise<void> {
  return delay(ms, undefined, { signal }).catch(() => {})
}
