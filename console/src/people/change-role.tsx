import { useMutation } from '@tanstack/react-query'
import type { Person, PersonChange } from '@toneout/contract/model/people.ts'
import { type FormEvent, useState } from 'react'
import { ask } from '../access/ask.ts'
import { fieldFaults, generalFault } from '../ui/fault-words.ts'
import { useFocusOnFault } from '../ui/field.tsx'
import { hospitalOf, RoleFields } from './account-fields.tsx'
import { usePeopleAgain } from './use-people.ts'

const labels = { role: 'Role', hospital_id: 'Hospital' }

export function ChangeRole({ before }: { before: Person }) {
  const again = usePeopleAgain()
  const [role, setRole] = useState(before.role)
  const change = useMutation({
    mutationFn: (body: PersonChange) => ask('patchPerson', { params: { id: before.id }, body }),
    onSuccess: again,
  })
  const form = useFocusOnFault(change.error)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const hospital_id = hospitalOf(new FormData(event.currentTarget))
    if (!change.isPending) change.mutate({ role, hospital_id })
  }
  return (
    <form ref={form} className="side-part" onSubmit={submit} aria-label={`Role of ${before.username}`}>
      <RoleFields
        role={role}
        hospital={before.hospital_id}
        faults={fieldFaults(change.error, labels)}
        onRole={setRole}
      />
      <div role="alert" className="form-fault">
        {generalFault(change.error, Object.keys(labels))}
      </div>
      <button type="submit" className="button" aria-disabled={change.isPending}>
        Change the role
      </button>
    </form>
  )
}
