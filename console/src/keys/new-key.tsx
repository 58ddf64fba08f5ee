import { type KeyRole, keyRoles } from '@toneout/contract/roles.ts'
import { type FormEvent, useState } from 'react'
import { ShownOnce } from '../frame/shown-once.tsx'
import { SidePanel } from '../frame/side-panel.tsx'
import { fieldFaults, generalFault } from '../ui/fault-words.ts'
import { SelectField, useFocusOnFault } from '../ui/field.tsx'
import { KeyFields, keyLabels, readKeyFields } from './key-fields.tsx'
import { keyRoleWords } from './key-words.ts'
import { useMakeKey } from './use-keys.ts'

const roles = keyRoles.map((value) => ({ value, words: keyRoleWords[value].name }))

export function NewKey({ onClose }: { onClose: () => void }) {
  const [role, setRole] = useState<KeyRole>('reader')
  const make = useMakeKey()
  const form = useFocusOnFault(make.error)
  const faults = fieldFaults(make.error, keyLabels)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = readKeyFields(new FormData(event.currentTarget), undefined)
    if (!make.isPending) make.mutate({ ...given, role })
  }
  if (make.data) {
    return (
      <SidePanel title={make.data.name} onClose={onClose}>
        <ShownOnce title="The key" what="the key" secret={make.data.key} onKept={onClose}>
          It is shown this once. Put it where the program reads its secrets; whoever has it is the program.
        </ShownOnce>
      </SidePanel>
    )
  }
  return (
    <SidePanel title="New key" onClose={onClose}>
      <form ref={form} className="side-part" onSubmit={submit} aria-label="New key">
        <SelectField
          label={keyLabels.role}
          hint={keyRoleWords[role].may}
          name="role"
          options={roles}
          defaultValue={role}
          onChange={(chosen) => setRole(chosen as KeyRole)}
          fault={faults.role}
        />
        <KeyFields before={undefined} role={role} faults={faults} />
        <div role="alert" className="form-fault">
          {generalFault(make.error, Object.keys(keyLabels))}
        </div>
        <button type="submit" className="button primary" aria-disabled={make.isPending}>
          Make the key
        </button>
      </form>
    </SidePanel>
  )
}
