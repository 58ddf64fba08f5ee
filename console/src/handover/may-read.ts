import type { Me } from '@toneout/contract/model/person.ts'
import { listHandovers } from '@toneout/contract/operations/handovers.ts'

/** Who may read what shifts leave for each other. */
export const mayReadHandovers = ({ role }: Me) => (listHandovers.who as readonly string[]).includes(role)
