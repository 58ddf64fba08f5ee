import type { Context } from '../context.ts'
import { createGate } from './attempts.ts'
import { entryRoutes } from './routes-entry.ts'
import { ownRoutes } from './routes-own.ts'
import { secondFactorRoutes } from './routes-second-factor.ts'

/** Signing in, and what people do about it; all attempts of this process go through one gate. */
export function signInRoutes(ctx: Context, tokens: Parameters<typeof entryRoutes>[2]) {
  const gate = createGate(ctx)
  return { ...entryRoutes(ctx, gate, tokens), ...ownRoutes(ctx, gate), ...secondFactorRoutes(ctx, gate) }
}
