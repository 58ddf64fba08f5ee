import { choosePlace, type Place } from './city/choose-place.ts'
import { type PlannedCall, planCall } from './plan-call.ts'
import { createRandom } from './random.ts'
import type { Script } from './script.ts'
import type { World } from './world.ts'

/** Minutes within which those around a disaster call. */
const crowdMinutes = 5

/** People around one place who tell of the same. */
export function planCrowd(
  { place, callers }: World['crowds'][number],
  scripts: ReadonlyMap<string, Script>,
  seed: string,
): PlannedCall[] {
  const random = createRandom(seed)
  const [first, others] = [scripts.get('collision')!, scripts.get('collision-witness')!]
  const near = choosePlace(random.stream('place'), 'landmark')
  const there: Place = { ...near, ...place }
  return Array.from({ length: callers }, (_, i) => {
    const at = i === 0 ? 0 : random.int(15_000, crowdMinutes * 60_000)
    return planCall(`crowd ${i}`, at, i === 0 ? first : others, random.stream(`call ${i}`), there)
  })
}
