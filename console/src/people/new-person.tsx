import type { PersonRole } from '@toneout/contract/roles.ts'
import { type FormEvent, useState } from 'react'
import { ShownOnce } from '../frame/shown-once.tsx'
import { SidePanel } from '../frame/side-panel.tsx'
import { fieldFaults, generalFault } from '../ui/fault-words.ts'
import { InputField, useFocusOnFault } from '../ui/field.tsx'
import { hospitalOf, NewPasswordFields, passwordOf, RoleFields } from './account-fields.tsx'
import { useAddPerson } from './use-people.ts'

const labels = { username: 'Username', role: 'Role', password: 'Password', hospital_id: 'Hospital' }

export function NewPerson({ onClose }: { onClose: () => void }) {
  const [role, setRole] = useState<PersonRole>('dispatcher')
  const add = useAddPerson()
  const form = useFocusOnFault(add.error)
  const faults = fieldFaults(add.error, labels)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (add.isPending) return
    const given = new FormData(event.currentTarget)
    const hospital_id = hospitalOf(given)
    add.mutate({ username: String(given.get('username')), role, password: passwordOf(given), hospital_id })
  }
  if (add.data && add.variables) {
    return (
      <SidePanel title={add.data.username} onClose={onClose}>
        <ShownOnce title="The password" what="the password" secret={add.variables.password} onKept={onClose}>
          {add.data.username} may sign in with it now, and should change it on the account page. It is shown
          this once.
        </ShownOnce>
      </SidePanel>
    )
  }
  return (
    <SidePanel title="New person" onClose={onClose}>
      <form ref={form} className="side-part" onSubmit={submit} aria-label="New person">
        <InputField
          label={labels.username}
          hint="a to z, digits and . _ @ + -; the timeline names people by it, so it cannot be changed."
          name="username"
          autoComplete="off"
          maxLength={150}
          fault={faults.username}
          required
        />
        <RoleFields role={role} hospital={null} faults={faults} onRole={setRole} />
        <NewPasswordFields fault={faults.password} />
        <div role="alert" className="form-fault">
          {generalFault(add.error, Object.keys(labels))}
        </div>
        <button type="submit" className="button primary" aria-disabled={add.isPending}>
          Add the person
        </button>
      </form>
    </SidePanel>
  )
}
