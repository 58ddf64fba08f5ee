import type { EmergencyType } from '@toneout/contract/model/call.ts'
import type { Disposition, Incident } from '@toneout/contract/model/incident.ts'
import type { Unit } from '@toneout/contract/model/unit.ts'
import type { StatusCode } from './vocabulary.ts'
import type { Named } from './world.ts'

/** What a line asks for, with the rows it is about. */
export type Act =
  | { do: 'dispatch'; incident: Incident; units: readonly Unit[]; planned: boolean }
  | { do: 'status'; units: readonly Unit[]; code: StatusCode; hospital: Named | null }
  | { do: 'release'; units: readonly Unit[] }
  | { do: 'move'; unit: Unit; station: Named | null }
  | { do: 'divert'; unit: Unit; incident: Incident }
  | { do: 'open'; incident: Incident }
  | { do: 'show'; unit: Unit }
  | { do: 'note'; incident: Incident; text: string }
  | { do: 'priority'; incident: Incident; priority: number }
  | { do: 'place'; incident: Incident; text: string }
  | { do: 'join'; from: Incident; into: Incident }
  | { do: 'split'; incident: Incident }
  | { do: 'close'; incident: Incident; disposition: Disposition }
  | { do: 'message'; unit: Unit; text: string }
  | { do: 'new'; type: EmergencyType | null }

/** What a line says: nothing, an act, the beginning of one, or something that cannot be. */
export type Reading =
  | { is: 'empty' }
  | { is: 'act'; act: Act }
  | { is: 'open'; words: string }
  | { is: 'fault'; words: string }
