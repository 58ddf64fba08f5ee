import type { Dispatcher } from '@toneout/contract/model/dispatcher-profile.ts'
import { listOf, numberOf, textOf } from '../places/kept-form.tsx'
import { InputField } from '../ui/field.tsx'

export const profileLabels = {
  employee_id: 'Employee number',
  full_name: 'Full name',
  shift: 'Shift',
  experience_years: 'Years of experience',
  certifications: 'Certifications',
  emergency_contact: 'Whom to call if something happens to them',
}
type Name = keyof typeof profileLabels

type FieldsProps = {
  profile: Pick<Dispatcher, Name> | null
  faults: Partial<Record<Name, string>>
}

/** What every profile has. */
export function ProfileFields({ profile, faults }: FieldsProps) {
  const text = (name: Name, longest: number, value: string, hint?: string) => (
    <InputField
      label={profileLabels[name]}
      name={name}
      maxLength={longest}
      defaultValue={value}
      hint={hint}
      fault={faults[name]}
    />
  )
  return (
    <>
      <div className="field-pair">
        {text('employee_id', 50, profile?.employee_id ?? '')}
        {text('full_name', 200, profile?.full_name ?? '')}
      </div>
      <div className="field-pair">
        {text('shift', 100, profile?.shift ?? '')}
        {text('experience_years', 3, String(profile?.experience_years ?? ''))}
      </div>
      {text('certifications', 2_000, profile?.certifications.join(', ') ?? '', 'With commas between them.')}
      {text('emergency_contact', 500, profile?.emergency_contact ?? '')}
    </>
  )
}

/** What was typed, as both kinds of profile take it. */
export function readProfile(given: FormData) {
  return {
    employee_id: textOf(given, 'employee_id'),
    full_name: textOf(given, 'full_name'),
    shift: textOf(given, 'shift'),
    experience_years: textOf(given, 'experience_years') === '' ? null : numberOf(given, 'experience_years'),
    certifications: listOf(given, 'certifications'),
    emergency_contact: textOf(given, 'emergency_contact'),
  }
}
