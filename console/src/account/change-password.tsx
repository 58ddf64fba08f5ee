import { useMutation, useQueryClient } from '@tanstack/react-query'
import { passwordLength } from '@toneout/contract/model/people.ts'
import type { Me, PasswordChange } from '@toneout/contract/model/person.ts'
import type { FormEvent } from 'react'
import { ask } from '../access/ask.ts'
import { fieldFaults, generalFault } from '../ui/fault-words.ts'
import { PasswordField, useFocusOnFault } from '../ui/field.tsx'
import { FormFault, useWait } from '../ui/form-fault.tsx'
import { sessionsKey } from './sessions.tsx'

const labels = { current: 'Current password', new: 'New password' }
const { min, max } = passwordLength

/** The server judges the new password; what it says stands under the field. */
export function ChangePassword({ person }: { person: Me }) {
  const queries = useQueryClient()
  const change = useMutation({
    mutationFn: (body: PasswordChange) => ask('changeOwnPassword', { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: sessionsKey }),
  })
  const form = useFocusOnFault(change.error)
  const wait = useWait(change.error)
  const faults = fieldFaults(change.error, labels)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (change.isPending || wait !== null) return
    const given = new FormData(event.currentTarget)
    const body = { current: String(given.get('current')), new: String(given.get('new')) }
    change.mutate(body, { onSuccess: () => form.current?.reset() })
  }
  return (
    <section className="box" aria-labelledby="password-title">
      <h2 id="password-title">Password</h2>
      <form ref={form} onSubmit={submit} aria-labelledby="password-title">
        {/* Keepers of passwords look here for whose it is. */}
        <input hidden readOnly name="username" autoComplete="username" value={person.username} />
        <PasswordField
          label={labels.current}
          name="current"
          autoComplete="current-password"
          maxLength={1024}
          fault={faults.current}
          required
        />
        <PasswordField
          label={labels.new}
          hint={`${min} to ${max} characters. Three or four unrelated words are good.`}
          name="new"
          autoComplete="new-password"
          maxLength={1024}
          fault={faults.new}
          required
        />
        <FormFault words={generalFault(change.error, ['current', 'new'])} error={change.error} wait={wait} />
        <button type="submit" className="button" aria-disabled={change.isPending || wait !== null}>
          Change password
        </button>
        <div role="status" className="form-fault">
          {change.isSuccess && 'The password is changed. All other browsers and tokens are signed out.'}
        </div>
      </form>
    </section>
  )
}
