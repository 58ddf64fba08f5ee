import { createHash } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Client } from '@toneout/contract/client.ts'
import { type ExpectedCall, expectCall } from './expectation.ts'
import type { PlannedCall } from './plan-call.ts'
import { playCall } from './play-call.ts'
import type { Tally } from './tally.ts'

export type RunOptions = {
  send: Client
  tally: Tally
  /** 1 is real time, 60 plays an hour in a minute. */
  speed: number
  /** Names this run: the same plan can be played again on the same server under another name. */
  run: string
  /** Calls open at once at most; further ones ring until another has ended. */
  maxOpen?: number
  signal?: AbortSignal
}

const defaultMaxOpen = 200

/** Plays a plan to its end and returns what must be in the database now. */
export async function playPlan(plan: readonly PlannedCall[], options: RunOptions): Promise<ExpectedCall[]> {
  const { speed, signal, maxOpen = defaultMaxOpen } = options
  const startedAt = Date.now()
  const open = new Set<Promise<void>>()
  const expected: ExpectedCall[] = []
  for (const call of plan) {
    const left = startedAt + call.at / speed - Date.now()
    if (left >= 1) await sleep(left, undefined, { signal }).catch(() => {})
    while (open.size >= maxOpen) await Promise.race(open)
    if (signal?.aborted) break
    const one = expectCall(callSid(options.run, call.key), call.script)
    expected.push(one)
    const playing = playCall(call, one, options).finally(() => open.delete(playing))
    open.add(playing)
  }
  await Promise.all(open)
  return expected
}

/** A call_sid in the form of Twilio's: CA and 32 hexadecimal digits. */
export function callSid(run: string, key: string): string {
  return `CA${createHash('sha256').update(`${run}/${key}`).digest('hex').slice(0, 32)}`
}
