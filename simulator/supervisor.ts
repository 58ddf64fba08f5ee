import type { Me } from '@toneout/contract/model/person.ts'
import { type Agent, openAgent } from './agent.ts'
import type { Random } from './random.ts'
import { SignInRefused } from './session.ts'
import type { Tally } from './tally.ts'

export class AccountRefused extends Error {}

type Account = { baseUrl: string; username: string; password: string; tally: Tally; signal: AbortSignal }

/** Requests at most for one thing; a tick comes again soon. */
const tries = 3

/** A connection for the demo's dispatcher. Throws AccountRefused with a sentence for people. */
export async function signInSupervisor(
  { baseUrl, username, password, tally, signal }: Account,
  random: Random,
): Promise<{ agent: Agent; me: Me }> {
  const onExchange: typeof tally.exchanged = (exchange) => {
    // What is broken off at the end is no fault, and to be refused is part of the work: somebody was quicker.
    if (exchange.status === 0 && signal.aborted) return
    tally.exchanged(exchange.status === 409 ? { ...exchange, status: 200 } : exchange)
  }
  const agent = openAgent({ baseUrl, credential: { username, password }, random, onExchange, signal, tries })
  const answer = await agent.send('readMe', {}).catch((error: unknown) => {
    if (error instanceof SignInRefused) return undefined
    throw error
  })
  const me = answer?.body as Me | undefined
  if (answer?.status === 200 && me?.role === 'supervisor') return { agent, me }
  const why = answer ? 'is not a supervisor' : 'does not exist or has another password'
  throw new AccountRefused(`The account "${username}" ${why}; the demo's dispatcher needs a supervisor's.`)
}
