import type { TargetName } from '@toneout/contract/model/targets.ts'

/** What each interval is between, in few words. */
export const targetWords: Record<TargetName, string> = {
  answer: 'Answer of a call',
  processing: 'Waiting for the first unit',
  turnout: 'Turnout of the crew',
  travel: 'Travel to the scene',
  scene: 'Time at the scene',
  wall_time: 'Time at the hospital',
  total_response: 'Total response',
  total_response_ambulance: 'Total response, first ambulance',
}
