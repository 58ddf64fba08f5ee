import type { Me } from '@toneout/contract/model/person.ts'
import { measurers } from '@toneout/contract/roles.ts'

/** Who may read figures over periods. */
export const mayMeasure = ({ role }: Me) => (measurers as readonly string[]).includes(role)
