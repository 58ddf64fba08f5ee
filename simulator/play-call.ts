import { setTimeout as sleep } from 'node:timers/promises'
import type { Answer, Client } from '@toneout/contract/client.ts'
import { doubt, type ExpectedCall, type ExpectedLine, expectChange, expectOpening } from './expectation.ts'
import type { Facts, PlannedCall, Step } from './plan-call.ts'
import type { Tally } from './tally.ts'

export type Stage = {
  send: Client
  tally: Tally
  /** Simulated milliseconds in a real one. */
  speed: number
  signal?: AbortSignal
}

/** Plays one call to its end, one request after the other as a phone agent does. Never throws. */
export async function playCall(call: PlannedCall, expected: ExpectedCall, stage: Stage): Promise<void> {
  const startedAt = Date.now()
  const { tally } = stage
  tally.callsStarted += 1
  tally.callsOpen += 1
  try {
    for (const step of call.steps) {
      await sleepUntil(startedAt + step.at / stage.speed, stage.signal)
      await perform(step, { ...stage, expected, startedAt })
    }
  } catch (error) {
    if (!stage.signal?.aborted) tally.fault(`call broken off: ${String(error)}`)
    if (expected.id !== undefined && call.ends) await hangUp(expected, stage)
  }
  tally.callsOpen -= 1
  if (call.ends) tally.callsEnded += 1
  else tally.callsLost += 1
}

export type Doing = Omit<Stage, 'signal'> & { expected: ExpectedCall; startedAt: number }

export async function perform(step: Step, on: Doing): Promise<void> {
  if (step.do === 'open') await Promise.all(Array.from({ length: step.copies }, () => open(step.body, on)))
  else if (step.do === 'open_again') await open(step.body, on)
  else if (step.do === 'update') await update(step, on)
  else if (step.do === 'say') await say(step, on)
  else await revise(step, on)
}

async function open(facts: Facts, on: Doing): Promise<void> {
  const body = { call_sid: on.expected.call_sid, caller_number: facts.caller_number, ...facts }
  const answer = await on.send('openCall', { body })
  if (answer.status !== 201 && answer.status !== 200) return doubt(on.expected, facts)
  expectOpening(on.expected, facts)
  on.expected.id ??= idOf(answer)
  if (on.expected.id !== idOf(answer)) on.tally.fault('one call_sid answered with two ids')
}

async function update(step: Extract<Step, { do: 'update' }>, on: Doing): Promise<void> {
  const request = { params: { call_sid: on.expected.call_sid }, body: step.body }
  const answer = await attempt(() => on.send(step.method === 'PUT' ? 'putCall' : 'patchCall', request))
  if (answer?.status === 200) expectChange(on.expected, step.body)
  else doubt(on.expected, step.body)
}

async function say({ sequence, line }: Extract<Step, { do: 'say' }>, on: Doing): Promise<void> {
  const { call_sid } = on.expected
  const { startedAt, ...words } = line
  const spoken_at = new Date(on.startedAt + startedAt / on.speed).toISOString()
  const headers = { 'idempotency-key': `${call_sid}-${sequence}` }
  const body = { ...words, sequence, spoken_at }
  const answer = await attempt(() => on.send('addInteraction', { params: { call_sid }, headers, body }))
  const id = answer?.status === 201 ? idOf(answer) : undefined
  const sure = id !== undefined
  const confidence = line.confidence ?? null
  on.expected.lines.set(sequence, { ...words, spoken_at, confidence, id, unsure: !sure })
  if (sure) on.tally.lines += 1
}

async function revise(step: Extract<Step, { do: 'revise' }>, on: Doing): Promise<void> {
  const line = on.expected.lines.get(step.sequence)
  if (line?.id === undefined) return
  const { message, confidence, is_final } = step
  const body = { message, confidence, is_final }
  const params = { call_sid: on.expected.call_sid, id: line.id }
  const answer = await attempt(() => on.send('reviseInteraction', { params, body }))
  if (answer?.status === 200) Object.assign(line, revised(line, step))
  else line.unsure = true
}

function revised(line: ExpectedLine, step: Extract<Step, { do: 'revise' }>): Partial<ExpectedLine> {
  const { message, is_final } = step
  return { message, is_final, confidence: step.confidence ?? line.confidence }
}

/** A lost reply must not end the call: the agent goes on talking to the caller. */
async function attempt(send: () => Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await send()
  } catch {
    return undefined
  }
}

/** The demo is stopped: no call may stay open for ever because of it. */
export async function hangUp(expected: ExpectedCall, stage: Pick<Stage, 'send'>): Promise<void> {
  const body = { status: 'CANCELLED' }
  const answer = await attempt(() => stage.send('putCall', { params: { call_sid: expected.call_sid }, body }))
  if (answer?.status === 200) expectChange(expected, body)
  else doubt(expected, body)
}

function idOf(answer: Answer): number {
  return (answer.body as { id: number }).id
}

async function sleepUntil(at: number, signal?: AbortSignal): Promise<void> {
  const left = at - Date.now()
  signal?.throwIfAborted()
  if (left >= 1) await sleep(left, undefined, { signal })
}
