import type { Client } from '@toneout/contract/client.ts'
import type { ExpectedCall } from './expectation.ts'
import type { PlannedCall } from './plan-call.ts'
import { hangUp, perform } from './play-call.ts'
import type { Scenario } from './scenario.ts'
import type { Script } from './script.ts'
import type { Tally } from './tally.ts'
import type { Timetable } from './timetable.ts'
import type { World } from './world.ts'

export type Phones = {
  scripts: ReadonlyMap<string, Script>
  scenario: Scenario
  world: World
  timetable: Timetable
  seed: string
  /** Names this run in the call_sids. */
  run: string
  send: Client
  tally: Tally
  /** Simulated milliseconds in a real one. */
  speed: () => number
  /** What a person notes of a call that comes in while the AI is away. */
  byHand: (call: PlannedCall) => Promise<void>
}

/** Answers a call and puts down what will be said; a person answers while the AI is away. */
export async function answerCall(
  call: PlannedCall,
  expected: ExpectedCall,
  open: Map<string, () => Promise<void>>,
  keep: (expected: ExpectedCall) => void,
  on: Phones,
): Promise<void> {
  const { timetable, tally, world } = on
  const begun = timetable.now()
  tally.callsStarted += 1
  if (world.isAiAway(begun)) return on.byHand(call)
  tally.callsOpen += 1
  keep(expected)
  const stage = { send: on.send, tally, expected, startedAt: Date.now() }
  let isOver = false
  const finish = (isLost: boolean) => {
    isOver = true
    open.delete(expected.call_sid)
    tally.callsOpen -= 1
    if (isLost) tally.callsLost += 1
    else tally.callsEnded += 1
  }
  open.set(expected.call_sid, async () => {
    if (call.ends) await hangUp(expected, on)
    finish(!call.ends)
  })
  const last = call.steps.at(-1)
  for (const step of call.steps) {
    timetable.at(begun + step.at, async () => {
      if (isOver) return
      if (world.isAiAway(timetable.now())) return finish(true)
      try {
        await perform(step, { ...stage, speed: on.speed() })
      } catch (error) {
        tally.fault(`call broken off: ${String(error)}`)
        return finish(true)
      }
      if (step === last) finish(!call.ends)
    })
  }
}
