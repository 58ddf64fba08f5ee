import { startTestServer, type TestServer } from '../../server/test/support/test-server.ts'
import { openAgent } from '../agent.ts'
import { loadScripts } from '../library.ts'
import { type PlannedCall, planCall } from '../plan-call.ts'
import { createRandom } from '../random.ts'
import { playPlan } from '../run.ts'
import type { Credential } from '../session.ts'
import { openTally } from '../tally.ts'

export const scripts = loadScripts()

/** One call of a script, the same for the same seed. */
export function rehearse(script: string, seed: string): PlannedCall {
  const key = `${script} ${seed}`
  return planCall(key, 0, scripts.get(script)!, createRandom(key))
}

/** An agent that plays into a server. */
export function openCaller(credential: Credential, baseUrl: string) {
  const tally = openTally()
  const random = createRandom('jitter')
  const agent = openAgent({ baseUrl, credential, random, onExchange: tally.exchanged })
  const play = (
    plan: readonly PlannedCall[],
    run: string,
    more: { speed?: number; signal?: AbortSignal } = {},
  ) => playPlan(plan, { send: agent.send, tally, speed: 1_000, run, maxOpen: 30, ...more })
  return { ...agent, tally, play }
}

/** A real server with tokens that live two seconds, and agents that play into it. */
export async function openStage() {
  const server: TestServer = await startTestServer({ config: { accessTokenSeconds: 2 } })
  return {
    server,
    withKey: () => openCaller({ key: server.key }, server.baseUrl),
    withPassword: (baseUrl = server.baseUrl) =>
      openCaller({ username: server.username, password: server.password }, baseUrl),
  }
}
export type Stage = Awaited<ReturnType<typeof openStage>>
