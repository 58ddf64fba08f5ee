import { type PersonRole, personRoles } from '@toneout/contract/roles.ts'
import { useState } from 'react'
import { PasswordField, SelectField } from '../ui/field.tsx'
import { roleWord } from '../ui/words.ts'
import { newPassword } from './password.ts'
import { useHospitals } from './use-people.ts'

const roles = personRoles.map((value) => ({ value, words: roleWord(value, true) }))

const noHospital = 'This account sees nothing until a hospital is chosen.'

type RoleProps = {
  role: PersonRole
  hospital: number | null
  faults: { role?: string; hospital_id?: string }
  onRole: (role: PersonRole) => void
}

/** The role and, for the role hospital, which one the person speaks for. */
export function RoleFields({ role, hospital, faults, onRole }: RoleProps) {
  const isHospital = role === 'hospital'
  const hospitals = useHospitals(isHospital)
  const [chosen, setChosen] = useState(String(hospital ?? ''))
  const options = [
    { value: '', words: hospitals.isError ? 'Hospitals could not be loaded' : 'None yet' },
    ...(hospitals.data ?? []).map(({ id, name }) => ({ value: String(id), words: name })),
  ]
  return (
    <>
      <SelectField
        label="Role"
        name="role"
        options={roles}
        defaultValue={role}
        onChange={(next) => onRole(next as PersonRole)}
        fault={faults.role}
      />
      {isHospital && (
        <SelectField
          // What is chosen at first is there only once the hospitals are.
          key={options.length}
          label="Hospital"
          name="hospital_id"
          options={options}
          defaultValue={chosen}
          onChange={setChosen}
          hint={chosen === '' && <b className="warning">{noHospital}</b>}
          fault={faults.hospital_id}
        />
      )}
    </>
  )
}

/** The number of the hospital that is chosen; null for none, or for another role. */
export function hospitalOf(form: FormData): number | null {
  return Number(form.get('hospital_id')) || null
}

const ways = [
  { value: 'made', words: 'Make one up' },
  { value: 'typed', words: 'Type one' },
]

/** A password made here or typed. */
export function NewPasswordFields({ fault }: { fault: string | undefined }) {
  const [way, setWay] = useState('made')
  return (
    <>
      <SelectField label="New password" name="way" options={ways} defaultValue={way} onChange={setWay} />
      {way === 'typed' && (
        <PasswordField
          label="Password"
          hint="12 to 128 characters."
          name="password"
          autoComplete="new-password"
          maxLength={1024}
          fault={fault}
          required
        />
      )}
    </>
  )
}

/** What was typed, or a password made up now. */
export const passwordOf = (form: FormData) => String(form.get('password') ?? newPassword())
