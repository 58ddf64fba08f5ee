import { ask, Refused } from '../access/ask.ts'

/** Says that this desk has seen it. `failed` is called when it is not known that the server heard of it. */
export function acknowledgeDuress(unitId: number, failed: () => void = () => {}) {
  ask('acknowledgeDuress', { params: { id: unitId } }).catch((error: unknown) => {
    // One that another desk has cleared meanwhile needs nobody's eyes.
    if (!(error instanceof Refused && error.status === 404)) failed()
  })
}
