import { useMutation } from '@tanstack/react-query'
import type { Key } from '@toneout/contract/model/key.ts'
import { ask, reason } from '../access/ask.ts'
import { focusSide } from '../frame/side-panel.tsx'
import { Confirm } from '../ui/confirm.tsx'
import { useKeysAgain } from './use-keys.ts'

/** For good, after a second press that names the key. */
export function RevokeKey({ row }: { row: Key }) {
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
