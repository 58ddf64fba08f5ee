import { type Answer, type Client, createClient } from '@toneout/contract/client.ts'
import type { OperationId } from '@toneout/contract/operations/all.ts'
import type { Random } from './random.ts'
import { patience, withRetries } from './retry.ts'
import { type Credential, openSession, type Session } from './session.ts'

/** One request as it went over the wire; `status` 0 when no reply came. */
export type Exchange = { id: OperationId; status: number; ms: number; retried: boolean }

export type AgentOptions = {
  baseUrl: string
  credential: Credential
  /** For the jitter of retries. */
  random: Random
  onExchange?: (exchange: Exchange) => void
  signal?: AbortSignal
  fetch?: typeof fetch
  timeoutMs?: number
  tries?: number
}

/**
 * The AI phone agent's connection: signs in once, keeps its token fresh, tries again what failed in passing.
 */
export type Agent = { send: Client; readonly session: Session['counts'] }

/** A token may expire once more while a bad network is waited for. */
const mostRenewals = 2

export function openAgent(options: AgentOptions): Agent {
  const { baseUrl, onExchange } = options
  const retries = { ...patience, tries: options.tries ?? patience.tries, random: options.random }
  const shared = { baseUrl, fetch: options.fetch, timeoutMs: options.timeoutMs }

  /** Measures each request and sends the same one again when it pays. */
  const persistent = (client: Client): Client => {
    return (id, request, signal) => {
      let attempt = 0
      const send = async () => {
        const retried = ++attempt > 1
        const began = performance.now()
        const report = (status: number) =>
          onExchange?.({ id, status, ms: performance.now() - began, retried })
        try {
          const answer = await client(id, request, signal)
          report(answer.status)
          return answer
        } catch (error) {
          report(0)
          throw error
        }
      }
      return withRetries(send, { ...retries, signal: options.signal })
    }
  }
  const session = openSession(options.credential, persistent(createClient(shared)))
  const client = persistent(
    createClient({ ...shared, headers: () => ({ ...session.headers() }) as Record<string, string> }),
  )

  const send: Client = async (id, request, signal) => {
    for (let renewals = 0; ; renewals++) {
      await session.prepare()
      const used = session.headers().authorization
      const answer: Answer = await client(id, request, signal)
      if (answer.status !== 401 || renewals === mostRenewals || !(await session.renew(used))) return answer
    }
  }
  return { send, session: session.counts }
}
