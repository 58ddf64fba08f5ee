import { usernameForm } from '@toneout/contract/model/people.ts'
import type { Context } from '../context.ts'
import { networkOf } from '../lib/network.ts'

/** What is counted together; hashed with a key, as people type passwords where the name belongs. */
export function bucketsOf({ vault }: Context, { username, address }: { username: string; address: string }) {
  const network = networkOf(address, 'neighbours')
  return {
    network: vault.index(`sign-in|${network}`),
    account: vault.index(`sign-in|${network}|${usernameForm(username)}`),
  }
}
