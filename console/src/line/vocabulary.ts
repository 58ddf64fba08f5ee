import type { StepName } from '@toneout/contract/model/assignment.ts'
import type { CommandAliases, commandWords } from '@toneout/contract/model/desk.ts'
import type { Disposition } from '@toneout/contract/model/incident.ts'

/** What a status code of the radio stands for: a step of the assignment, a duty, or a place to wait. */
export type StatusMeaning =
  | { step: StepName; words: string }
  | { free: true; words: string }
  | { duty: 'OUT_OF_SERVICE'; reason?: string; words: string }
  | { wait: 'STAGING' | 'POST'; words: string }

export const statusCodes = {
  AK: { step: 'acknowledge', words: 'acknowledged' },
  EN: { step: 'en-route', words: 'en route' },
  SG: { wait: 'STAGING', words: 'waits near the scene' },
  OS: { step: 'on-scene', words: 'on scene' },
  PT: { step: 'at-patient', words: 'at the patient' },
  TR: { step: 'transport', words: 'transporting' },
  AH: { step: 'at-hospital', words: 'at the hospital' },
  HD: { step: 'handover', words: 'handed over' },
  AV: { free: true, words: 'available' },
  PO: { wait: 'POST', words: 'at its post' },
  BR: { duty: 'OUT_OF_SERVICE', reason: 'Crew break', words: 'on a break, out of service' },
  OO: { duty: 'OUT_OF_SERVICE', words: 'out of service' },
} as const satisfies Partial<Record<(typeof commandWords)[number], StatusMeaning>>
export type StatusCode = keyof typeof statusCodes

/** Verbs with what they do and how they are written, in the order of the help. */
export const verbs = {
  D: { words: 'dispatch', example: 'D M03 B21 E1043' },
  X: { words: 'release', example: 'X M03' },
  R: { words: 'divert', example: 'R M03 E1044' },
  M: { words: 'move up', example: 'M M03 St5' },
  N: { words: 'note', example: 'N E1043 gate code 4417' },
  P: { words: 'priority', example: 'P E1043 2' },
  L: { words: 'location', example: 'L E1043 214 Harbour St' },
  J: { words: 'join two incidents', example: 'J E1043 E1041' },
  SPLIT: { words: 'take a join back', example: 'SPLIT E1043' },
  C: { words: 'close', example: 'C E1043 RF' },
  MSG: { words: 'message to a crew', example: 'MSG M03 use the back gate' },
  NEW: { words: 'new incident by hand', example: 'NEW' },
  '?': { words: 'show', example: '? M03' },
} as const satisfies Partial<Record<(typeof commandWords)[number], unknown>>
export type Verb = keyof typeof verbs

/** Words that other systems have for the same; a centre may add its own and give these another meaning. */
export const usualAliases: Readonly<Record<string, Verb | StatusCode>> = {
  A: 'D',
  DISP: 'D',
  ER: 'EN',
  TX: 'TR',
  TP: 'TR',
  CU: 'AV',
  CL: 'C',
  CLOSE: 'C',
  NOTE: 'N',
  JOIN: 'J',
  MERGE: 'J',
  DIVERT: 'R',
  UP: 'M',
  RAISE: 'NEW',
}

const isVerb = (word: string): word is Verb | StatusCode =>
  Object.hasOwn(verbs, word) || Object.hasOwn(statusCodes, word)

/** A word as a verb or a code of a status, by the centre's own words too; undefined when it is neither. */
export function verbOf(word: string, own: CommandAliases): Verb | StatusCode | undefined {
  const upper = word.toUpperCase()
  const stands = Object.hasOwn(own, upper) ? own[upper] : upper
  if (stands !== undefined && isVerb(stands)) return stands
  return Object.hasOwn(usualAliases, upper) ? usualAliases[upper] : undefined
}

export const isStatusCode = (verb: Verb | StatusCode): verb is StatusCode => Object.hasOwn(statusCodes, verb)

/** How an incident ended, by two letters. */
export const closingCodes: Readonly<Record<string, Disposition>> = {
  TT: 'TREATED_AND_TRANSPORTED',
  TL: 'TREATED_AND_RELEASED',
  EV: 'EVALUATED_ONLY',
  RF: 'REFUSED',
  NP: 'NO_PATIENT',
  GA: 'GONE_ON_ARRIVAL',
  DS: 'DEAD_AT_SCENE',
  DU: 'DUPLICATE',
  CB: 'CANCELLED_BEFORE_ARRIVAL',
  FA: 'FALSE_ALARM',
}
