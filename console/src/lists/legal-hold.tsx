import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Call } from '@toneout/contract/model/call.ts'
import { ask } from '../access/ask.ts'
import { KeptForm, textOf } from '../places/kept-form.tsx'
import { Confirm } from '../ui/confirm.tsx'
import { generalFault } from '../ui/fault-words.ts'
import { InputField } from '../ui/field.tsx'
import { useHistory } from './use-call.ts'

const labels = { reason: 'Why' }

/** Keeps a call, its words and its caller whatever the retention says, until somebody ends that. */
export function LegalHold({ call }: { call: Call }) {
  const queries = useQueryClient()
  const params = { call_sid: call.call_sid }
  const told = useHistory(call.call_sid, true).data?.results
  const again = () => queries.invalidateQueries({ queryKey: ['calls', 'history', call.call_sid] })
  const hold = useMutation({
    mutationFn: (reason: string) => ask('holdCall', { params, body: { reason } }),
    onSuccess: again,
  })
  const release = useMutation({ mutationFn: () => ask('releaseCall', { params }), onSuccess: again })
  const last = told?.find(({ type }) => type === 'call_held' || type === 'call_released')
  if (last?.type === 'call_held') {
    return (
      <div className="side-part">
        <p>{last.words}.</p>
        <Confirm
          ask="End the legal hold"
          act="End the legal hold of this call"
          busy={release.isPending}
          onAct={() => release.mutate()}
          isDone={release.isSuccess}
          fault={generalFault(release.error, [])}
        >
          What the retention says is erased again: the number, the words and the place, once they are old
          enough.
        </Confirm>
      </div>
    )
  }
  return (
    <KeptForm
      title="Legal hold"
      labels={labels}
      change={hold}
      button="Keep this call"
      onSend={(given) => hold.mutate(textOf(given, 'reason'))}
    >
      {(faults) => (
        <InputField
          label={labels.reason}
          name="reason"
          maxLength={500}
          required
          hint="Nothing of the call is erased until the hold is ended. Your name goes on the timeline."
          fault={faults.reason}
        />
      )}
    </KeptForm>
  )
}
