import type { Me } from '@toneout/contract/model/person.ts'
import { changeCalls } from '@toneout/contract/operations/call-lists.ts'
import { listInteractions } from '@toneout/contract/operations/calls.ts'

/** Who reviews, tags and ends calls, and reads what became of each. */
export const mayMark = ({ role }: Me) => (changeCalls.who as readonly string[]).includes(role)
/** Who reads what was said. */
export const mayReadWords = ({ role }: Me) => (listInteractions.who as readonly string[]).includes(role)
