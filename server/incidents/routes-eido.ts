import { refuse } from '@toneout/contract/refusals.ts'
import type { Context } from '../context.ts'
import type { SomeHandlers } from '../lib/http/mount.ts'
import { readEido } from './read-eido.ts'

/** Incidents as other systems read them. */
export function eidoRoutes(ctx: Context): SomeHandlers<'readEido'> {
  return {
    readEido: async ({ params }) => {
      const body = await readEido(ctx, params.id)
      return body ? { status: 200, body } : refuse('not_found', { detail: 'There is no such incident.' })
    },
  }
}
