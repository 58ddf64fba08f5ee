import { isRefusal, type Refusal, refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import { moveUnit } from './move-unit.ts'
import { setDuty } from './set-duty.ts'

export const noUnit = refuse('not_found', { detail: 'There is no unit with this id.' })

/** A command's answer as a reply: the row it gives, or its refusal. */
export function answer<T extends object>(given: T | Refusal) {
  if (!isRefusal(given)) return { status: 200, body: given } as const
  return given.refused === 'not_found' ? noUnit : given
}

/** What a desk sets of a unit beside its assignments. */
export function dutyRoutes(ctx: Context): SomeHandlers<'setUnitDuty' | 'moveUnit'> {
  return {
    setUnitDuty: async ({ params, body }, { caller: { actor } }) =>
      answer(await setDuty(ctx, actor, params.id, body)),
    moveUnit: async ({ params, body }, { caller: { actor } }) =>
      answer(await moveUnit(ctx, actor, params.id, body)),
  }
}
