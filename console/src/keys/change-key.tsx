import { useMutation } from '@tanstack/react-query'
import type { Key } from '@toneout/contract/model/key.ts'
import type { FormEvent } from 'react'
import { ask } from '../access/ask.ts'
import { fieldFaults, generalFault } from '../ui/fault-words.ts'
import { useFocusOnFault } from '../ui/field.tsx'
import { KeyFields, type KeyGiven, keyLabels, readKeyFields } from './key-fields.tsx'
import { useKeysAgain } from './use-keys.ts'

/** The name, the last day and the limits; the role stays what it was made for. */
export function ChangeKey({ before }: { before: Key }) {
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
      <KeyFields before={before} role={before.role} faults={fieldFaults(change.error, keyLabels)} />
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
