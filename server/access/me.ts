import type { Me } from '@toneout/contract/model/person.ts'
import type { Context } from '../context.ts'
import { secondFactorOf } from '../sign-in/rules.ts'
import type { KnownPerson } from './store.ts'

/** A person as they are told who they are. */
export function meOf({ settings }: Context, { id, username, role, enrolled, factor_from }: KnownPerson): Me {
  const { second_factor_required } = settings.current()
  const second_factor = secondFactorOf({ role, enrolled, from: factor_from }, second_factor_required)
  return { id, username, role, second_factor }
}
