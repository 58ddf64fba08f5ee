import { useMutation } from '@tanstack/react-query'
import type { Key } from '@toneout/contract/model/key.ts'
import type { FormEvent } from 'react'
import { ask, reason } from '../access/ask.ts'
import { focusSide, SideFacts, SidePanel } from '../frame/side-panel.tsx'
import { Confirm } from '../ui/confirm.tsx'
import { fieldFaults, generalFault } from '../ui/fault-words.ts'
import { useFocusOnFault } from '../ui/field.tsx'
import { stamp } from '../ui/format.ts'
import { Failed, Skeleton } from '../ui/panel-states.tsx'
import { KeyFields, type KeyGiven, keyLabels, readKeyFields } from './key-fields.tsx'
import { keyRoleWords, stateOf, stateWords } from './key-words.ts'
import { useKey, useKeysAgain } from './use-keys.ts'

/** One key: what is known of it, and what may be changed. */
export function KeySide({ id, onClose }: { id: number; onClose: () => void }) {
  const query = useKey(id)
  const key = query.data
  return (
    <SidePanel title={key?.name ?? `Key ${id}`} onClose={onClose}>
      {query.isPending && <Skeleton rows={6} what="the key" />}
      {query.isError && (
        <Failed
          what="The key"
          error={query.error}
          since={query.errorUpdatedAt}
          retry={() => void query.refetch()}
          busy={query.isFetching}
        />
      )}
      {key && <SideFacts label={`Facts of ${key.name}`} facts={factsOf(key)} />}
      {key && key.revoked_at === null && <ChangeKey before={key} />}
      {key && key.revoked_at === null && <Revoke row={key} />}
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

function ChangeKey({ before }: { before: Key }) {
  const again = useKeysAgain()
  const change = useMutation({
    mutationFn: (body: KeyGiven) => ask('patchKey', { params: { id: before.id }, body }),
    onSuccess: again,
  })
  const form = useFocusOnFault(change.error)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!change.isPending) change.mutate(readKeyFields(new FormData(event.currentTarget), before))
  }
  return (
    <form ref={form} className="side-part" onSubmit={submit} aria-label={`Change ${before.name}`}>
      <KeyFields before={before} faults={fieldFaults(change.error, keyLabels)} />
      <div role="alert" className="form-fault">
        {generalFault(change.error, Object.keys(keyLabels))}
      </div>
      <button type="submit" className="button" aria-disabled={change.isPending}>
        Save the key
      </button>
      <div role="status" className="form-fault">
        {change.isSuccess && 'Saved.'}
      </div>
    </form>
  )
}

function Revoke({ row }: { row: Key }) {
  const again = useKeysAgain()
  const revoke = useMutation({
    mutationFn: () => ask('revokeKey', { params: { id: row.id } }),
    onSuccess: () => {
      focusSide()
      return again()
    },
  })
  return (
    <div className="side-part">
      <Confirm
        ask="Revoke this key"
        act={`Revoke ${row.name}`}
        busy={revoke.isPending}
        onAct={() => revoke.mutate()}
        fault={revoke.error && `Not revoked. ${reason(revoke.error)}`}
      >
        Programs that use <b>{row.name}</b> are refused within a second, and their live streams end. It cannot
        be taken back.
      </Confirm>
    </div>
  )
}
