import type { Context } from '../context.ts'
import { fitDrives } from './fit-drives.ts'
import { createPredictions } from './keep-predictions.ts'
import { liftEndedClosures } from './lift-closure.ts'
import type { Streets } from './streets.ts'

/** Small work about streets that recurs; each is safe on several processes at once. */
export const streetChores = (ctx: Context, streets: Streets) => [
  { everyMs: 1_000, run: createPredictions(ctx, streets) },
  { everyMs: 15_000, run: () => liftEndedClosures(ctx) },
  { everyMs: 1_800_000, run: () => fitDrives(ctx) },
]
