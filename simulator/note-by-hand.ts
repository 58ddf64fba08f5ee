import type { Client } from '@toneout/contract/client.ts'
import { callChange, type EmergencyType, type PriorityLevel } from '@toneout/contract/model/call.ts'
import type { PlannedCall } from './plan-call.ts'
import type { Random } from './random.ts'
import type { Timetable } from './timetable.ts'

type Notes = {
  send: Client
  timetable: Timetable
  random: Random
  guarded: (work: () => Promise<void>) => () => Promise<void>
}
type Told = {
  emergency_type?: EmergencyType
  priority_level?: PriorityLevel
  location?: string
  latitude?: number
  longitude?: number
}

/** What the caller has told by the end of the call, as the agent would have written it down. */
export function toldBy(call: PlannedCall): Told {
  const told: Told = {}
  for (const step of call.steps) {
    if (!('body' in step)) continue
    const { emergency_type, priority_level, location, latitude, longitude } = callChange.parse(step.body)
    const known = Object.entries({ emergency_type, priority_level, location, latitude, longitude })
    Object.assign(told, Object.fromEntries(known.filter(([, value]) => value !== undefined)))
  }
  return told
}

/** Seconds a person takes to hear what the matter is and to write it down. */
const seconds = [45, 120] as const

/** The phone rings while the AI is away: a person hears the caller out and raises the incident. */
export async function noteByHand(
  call: PlannedCall,
  { send, timetable, random, guarded }: Notes,
): Promise<void> {
  const { emergency_type, ...told } = toldBy(call)
  const isEmergency = emergency_type !== undefined && emergency_type !== 'OTHER'
  if (!isEmergency || !call.ends) return
  const work = guarded(async () => {
    const place =
      told.latitude === undefined || told.longitude === undefined ? { location: told.location } : told
    const { priority_level } = told
    await send('openIncident', {
      body: { ...place, priority_level, emergency_type, notes: `By phone ${call.key}` },
    })
  })
  timetable.at(timetable.now() + random.int(...seconds) * 1_000, work)
}
