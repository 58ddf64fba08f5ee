import type { Key } from '@toneout/contract/model/key.ts'
import { SideFacts, SidePanel } from '../frame/side-panel.tsx'
import { stamp } from '../ui/format.ts'
import { Failed, Skeleton } from '../ui/panel-states.tsx'
import { ChangeKey } from './change-key.tsx'
import { keyRoleWords, stateOf, stateWords } from './key-words.ts'
import { RevokeKey } from './revoke-key.tsx'
import { useKey } from './use-keys.ts'

/** One key: what is known of it, and what may be changed. */
export function KeySide({ id, onClose }: { id: number; onClose: () => void }) {
  const query = useKey(id)
  const key = query.data
  return (
    <SidePanel title={key?.name ?? `Key ${id}`} onClose={onClose}>
      {query.isPending && <Skeleton rows={6} what="the key" />}
      {query.isError && <Failed what="The key" read={query} />}
      {key && <SideFacts label={`Facts of ${key.name}`} facts={factsOf(key)} />}
      {key && key.revoked_at === null && <ChangeKey before={key} />}
      {key && key.revoked_at === null && <RevokeKey row={key} />}
    </SidePanel>
  )
}

function factsOf(key: Key): [string, string][] {
  const now = Date.now()
  const facts: [string, string][] = [
    ['State', stateWords[stateOf(key, now)]],
    ['Role', keyRoleWords[key.role].name],
    ['Created', `${stamp(key.created_at, now)} by ${key.created_by ?? 'the server'}`],
    ['Last used', key.last_used_at ? stamp(key.last_used_at, now) : 'Never'],
    ['Expires', key.expires_at ? stamp(key.expires_at, now) : 'Never'],
  ]
  if (key.revoked_at !== null)
    facts.push(['Revoked', `${stamp(key.revoked_at, now)} by ${key.revoked_by ?? 'the server'}`])
  return facts
}
