import { answerCall, type Phones } from './answer-call.ts'
import { demandAt, hourOf } from './calendar.ts'
import { planHour } from './demand.ts'
import { type ExpectedCall, expectCall } from './expectation.ts'
import type { PlannedCall } from './plan-call.ts'
import { planCrowd } from './plan-crowd.ts'
import { callSid } from './run.ts'

const minute = 60_000
/** Minutes of calls that are put down at once. */
const stretch = 30

/**
 * Puts the calls of a time to come into the timetable, half an hour after the other: a demo of days needs
 * no more memory than one of an hour. `expected` is what must be on the server of each call that is kept.
 */
export function openPhones(on: Phones, keep: (expected: ExpectedCall) => void) {
  const open = new Map<string, () => Promise<void>>()
  const ring = (call: PlannedCall, key: string, at: number) =>
    on.timetable.at(at, () => answerCall(call, expectCall(callSid(on.run, key), call.script), open, keep, on))
  const stretchFrom = async (from: number): Promise<void> => {
    const { callsPerHour, more } = on.scenario
    const week = on.world.weekTime(from)
    const number = Math.round(from / minute)
    const plan = planHour(on.scripts, {
      ...{ seed: `${on.seed}/${number}`, minutes: stretch, goesOn: true, more },
      callsPerHour: callsPerHour * demandAt(week),
      hour: hourOf(week),
    })
    for (const call of plan) ring(call, `${number}/${call.key}`, from + call.at)
    on.timetable.at(from + stretch * minute, () => stretchFrom(from + stretch * minute))
  }
  return {
    start(from: number): void {
      on.timetable.at(from, () => stretchFrom(from))
      for (const [n, crowd] of on.world.crowds.entries()) {
        for (const [i, call] of planCrowd(crowd, on.scripts, `${on.seed}/crowd/${n}`).entries())
          ring(call, `crowd/${n}/${i}`, crowd.at + call.at)
      }
    },
    /** Ends what is still open, so that no call stays so because the simulation has ended. */
    async hangUp(): Promise<void> {
      for (const end of [...open.values()]) await end()
    },
  }
}
