import { setTimeout as delay } from 'node:timers/promises'
import type { Actions, Kind, Replies } from '../../../simulator/history/entry.ts'
import type { Recorder } from '../../../simulator/history/recorder.ts'
import { type Ask, asker } from '../support/http.ts'
import type { Login } from './world.ts'

/** What came of a request; the reply only when it was acknowledged. */
export type Result<K extends Kind> =
  | { outcome: 'ok'; reply: Replies[K] }
  | { outcome: 'fail' | 'unknown'; reply?: undefined }

export type Exchange = {
  /** Asks, and writes the request and what came of it into the history. */
  send: <K extends Kind>(kind: K, action: Actions[K], path: string, body?: unknown) => Promise<Result<K>>
  /** Reads; nothing is promised by it, so it is not in the history. Undefined when no answer came. */
  look: (path: string) => Promise<unknown>
}

export type Line = { urls: readonly string[]; token: string; pickServer: () => number }
export type Ledger = {
  recorder: Recorder
  /** Answers that no server should give, the first of them. */
  strange: string[]
}

/** Somebody who is signed in, and what they ask outside of the history. */
export type Desk = { token: string; ask: Ask }

export async function signIn(url: string, who: Login): Promise<Desk> {
  const { body } = await asker(url, {})('POST', '/api/token/', who)
  if (!body.access) throw new Error(`nobody could sign in: ${JSON.stringify(body)}`)
  return { token: body.access, ask: asker(url, { authorization: `Bearer ${body.access}` }) }
}

/** Milliseconds a client waits for an answer. */
const patienceMs = 8_000
const backOffMs = 80
const strangeLimit = 20

const expected = new Set([200, 201, 409, 422])

/**
 * One client. A refusal is certain; no answer, and 503, leave it open. `at` in a body may be refused with
 * 400: it is the client's clock. A hospital may be out of use, which is 404.
 */
export function createExchange(client: string, { urls, token, pickServer }: Line, ledger: Ledger): Exchange {
  const ask = async (method: string, path: string, body?: unknown) => {
    const reply = await fetch(`${urls[pickServer()]}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(patienceMs),
    })
    return { status: reply.status, body: JSON.parse(await reply.text()) }
  }
  const note = (path: string, status: number, answer: unknown) => {
    if (ledger.strange.length >= strangeLimit) return
    ledger.strange.push(`${path} ${status} ${JSON.stringify(answer)}`)
  }
  return {
    async send(kind, action, path, body) {
      const pending = ledger.recorder.invoke(client, kind, action)
      const answer = await ask('POST', path, body).catch((error: Error) => error)
      if (answer instanceof Error) {
        pending.unknown(answer.message)
        // Not at once again: the run's commands would all be spent while a server is down.
        await delay(backOffMs)
        return { outcome: 'unknown' }
      }
      const { status } = answer
      const says = (name: string) => typeof body === 'object' && body !== null && name in body
      const mayBe = (status === 400 && says('at')) || (status === 404 && says('hospital_id'))
      if (!expected.has(status) && status !== 503 && !mayBe) {
        note(path, status, answer.body)
      }
      if (status < 300) {
        pending.ok(answer.body)
        return { outcome: 'ok', reply: answer.body }
      }
      if (status >= 500) pending.unknown(`${status}`)
      else pending.fail(`${status} ${answer.body.code}`)
      return { outcome: status >= 500 ? 'unknown' : 'fail' }
    },
    look: (path) =>
      ask('GET', path).then(
        ({ status, body }) => (status === 200 ? body : undefined),
        () => undefined,
      ),
  }
}
