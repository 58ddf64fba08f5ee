import { createPool } from './dispatch-pool.ts'
import { signInDispatcher } from './dispatcher.ts'
import { pgbenchDispatch } from './raw-dispatch.ts'
import { createRequests } from './requests.ts'
import type { Scene } from './stage.ts'
import { noneYet } from './tally.ts'
import type { Scripts, WriteWorkload } from './workload.ts'

/** More than any machine that was tried sends a second; a phase that would need more fails. */
const mostPerSecond = 25_000

async function prepare(scene: Scene): Promise<Scripts> {
  const pool = createPool(scene.sql)
  const { id: dispatcher, name, token } = await signInDispatcher(scene)
  const requests = createRequests(scene.server.port, token)
  const { units, incidents } = pool
  return {
    ours: () => () => ({
      kind: 'sent',
      request: requests.dispatch(units.take(), incidents.take()),
      expect: 200,
    }),
    raw: () => () => {
      const [unit, incident] = [String(units.take()), String(incidents.take())]
      return { kind: 'sent', values: { unit, incident, dispatcher, name } }
    },
    pgbench: {
      script: pgbenchDispatch,
      variables: (clients) => ({
        ...{ dispatcher, name, turn: '-1', clients: String(clients) },
        ...{ units: String(units.first()), incidents: String(incidents.first()) },
      }),
      perRun: { ...noneYet(), sent: 1 },
    },
    stock: (seconds) => pool.stock(seconds * mostPerSecond, seconds * mostPerSecond),
  }
}

/** Every unit is free at its dispatch, and every incident waits for its first unit. */
export const dispatchWorkload: WriteWorkload = {
  name: 'dispatch',
  loads: [{ name: 'dispatch', connections: 32, ratioTarget: 1.3, p99TargetMs: 30 }],
  prepare,
}
