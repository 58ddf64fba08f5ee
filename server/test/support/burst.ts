import { setTimeout as delay } from 'node:timers/promises'
import type { Ask, Seen } from './http.ts'

/** One thing a client wants done exactly once, and what came of it. */
export type Wish = {
  /** call_sid of a call to open, or of the call the words belong to. */
  call_sid: string
  /** The words; undefined to open the call. */
  message?: string
  /** The first 2xx that came. */
  acknowledged?: Seen
  /** Sent at least once without an answer. */
  isUnknown: boolean
}

/** Milliseconds a client waits for an answer; a silent server must not hold a test for ever. */
const patienceMs = 15_000

/** Sends a wish; undefined when no answer came. */
export async function send(ask: Ask, wish: Wish): Promise<Seen | undefined> {
  const patience = new AbortController()
  const late = delay(patienceMs, undefined, { signal: patience.signal }).catch(() => undefined)
  const answer = sendOnce(ask, wish).catch(() => undefined)
  return Promise.race([answer, late]).finally(() => patience.abort())
}

function sendOnce(ask: Ask, { call_sid, message }: Wish): Promise<Seen> {
  return message === undefined
    ? ask('POST', '/api/calls/', {
        call_sid,
        caller_number: '+15550164738',
        location: `at ${call_sid}`,
      })
    : ask(
        'POST',
        `/api/calls/${call_sid}/interactions/`,
        { speaker: 'CALLER', message },
        { 'idempotency-key': message },
      )
}

export type Burst = {
  name: string
  wishes: Wish[]
  /** Answers that were neither 2xx nor 503 with Retry-After in the error shape. */
  strange: Seen[]
  acknowledged: () => number
  unavailable: () => number
  /** Stops the clients and waits for them. */
  stop: () => Promise<void>
}

const isUnavailable = ({ status, headers, body }: Seen) =>
  status === 503 &&
  Number(headers.get('retry-after')) > 0 &&
  body.code === 'internal' &&
  typeof body.detail === 'string' &&
  typeof body.request_id === 'string'

/**
 * Clients that at the same time open calls and add words to them, one request after the other each; what is
 * not acknowledged is tried again under the same name, unless `once`: then a client ends at the first
 * silence.
 */
export function startBurst(ask: Ask, name: string, options: { clients: number; once: boolean }): Burst {
  const wishes: Wish[] = []
  const strange: Seen[] = []
  let [acknowledged, unavailable] = [0, 0]
  let running = true

  /** False when the client has to end. */
  async function fulfil(wish: Wish): Promise<boolean> {
    wishes.push(wish)
    while (running) {
      const answer = await send(ask, wish)
      if (answer && answer.status < 300) {
        wish.acknowledged = answer
        acknowledged += 1
        return true
      }
      wish.isUnknown = true
      if (answer && !isUnavailable(answer)) strange.push(answer)
      if (answer) unavailable += 1
      if (!answer && options.once) return false
      await delay(20)
    }
    return false
  }

  async function client(number: number): Promise<void> {
    for (let call = 0; running; call += 1) {
      const call_sid = `${name}-${number}-${call}`
      if (!(await fulfil({ call_sid, isUnknown: false }))) return
      for (let word = 0; word < 4 && running; word += 1) {
        if (!(await fulfil({ call_sid, message: `${call_sid} says ${word}`, isUnknown: false }))) return
      }
    }
  }

  const clients = Array.from({ length: options.clients }, (_, number) => client(number))
  return {
    name,
    wishes,
    strange,
    acknowledged: () => acknowledged,
    unavailable: () => unavailable,
    async stop() {
      running = false
      await Promise.all(clients)
    },
  }
}
