import { useMutation } from '@tanstack/react-query'
import type { Person } from '@toneout/contract/model/people.ts'
import type { FormEvent } from 'react'
import { ask } from '../access/ask.ts'
import { ShownOnce } from '../frame/shown-once.tsx'
import { fieldFaults, generalFault } from '../ui/fault-words.ts'
import { useFocusOnFault } from '../ui/field.tsx'
import { NewPasswordFields, passwordOf } from './account-fields.tsx'

/** For somebody who forgot theirs. */
export function GivePassword({ person }: { person: Person }) {
  const give = useMutation({
    mutationFn: (password: string) =>
      ask('replacePassword', { params: { id: person.id }, body: { password } }),
  })
  const form = useFocusOnFault(give.error)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!give.isPending) give.mutate(passwordOf(new FormData(event.currentTarget)))
  }
  if (give.isSuccess) {
    return (
      <ShownOnce
        title="The new password"
        what="the password"
        secret={give.variables}
        onKept={() => give.reset()}
      >
        {person.username} is signed out everywhere and may sign in with it now. It is shown this once.
      </ShownOnce>
    )
  }
  return (
    <form ref={form} className="side-part" onSubmit={submit} aria-label={`Password of ${person.username}`}>
      <NewPasswordFields fault={fieldFaults(give.error, { password: 'Password' }).password} />
      <div role="alert" className="form-fault">
        {generalFault(give.error, ['password'])}
      </div>
      <button type="submit" className="button" aria-disabled={give.isPending}>
        Give a new password
      </button>
    </form>
  )
}
