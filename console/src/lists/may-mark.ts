import type { Me } from '@toneout/contract/model/person.ts'
import { changeCalls } from '@toneout/contract/operations/call-lists.ts'
import { holdCall } from '@toneout/contract/operations/caller-data.ts'
import { listInteractions } from '@toneout/contract/operations/calls.ts'
import { hearRecording } from '@toneout/contract/operations/telephony.ts'

/** Who reviews, tags and ends calls, and reads what became of each. */
export const mayMark = ({ role }: Pick<Me, 'role'>) => (changeCalls.who as readonly string[]).includes(role)
/** Who hears recordings. */
export const mayHear = ({ role }: Me) => (hearRecording.who as readonly string[]).includes(role)
/** Who reads what was said. */
export const mayReadWords = ({ role }: Me) => (listInteractions.who as readonly string[]).includes(role)
/** Who keeps a call back from erasure. */
export const mayHold = ({ role }: Me) => (holdCall.who as readonly string[]).includes(role)
