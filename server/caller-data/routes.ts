import type { Context } from '../context.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import { holdCall } from './hold-call.ts'
import { revealCaller } from './reveal-caller.ts'

export function callerDataRoutes(ctx: Context): SomeHandlers<'revealCaller' | 'holdCall' | 'releaseCall'> {
  return {
    revealCaller: async ({ params, body }, { caller }) =>
      revealCaller(ctx, caller.actor, params.call_sid, body.reason),
    holdCall: async ({ params, body }, { caller }) =>
      holdCall(ctx, caller.actor, params.call_sid, body.reason),
    releaseCall: async ({ params }, { caller }) => holdCall(ctx, caller.actor, params.call_sid, null),
  }
}
