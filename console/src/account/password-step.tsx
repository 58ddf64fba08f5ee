import type { UseMutationResult } from '@tanstack/react-query'
import type { NewSecondFactor } from '@toneout/contract/model/person.ts'
import { type FormEvent, type ReactNode, useEffect } from 'react'
import { fieldFaults, generalFault } from '../ui/fault-words.ts'
import { PasswordField, useFocusOnFault } from '../ui/field.tsx'
import { FormFault, useWait } from '../ui/form-fault.tsx'

const labels = { password: 'Password' }

type StepProps = { begin: UseMutationResult<NewSecondFactor, Error, string>; children: ReactNode }

/** Whoever finds a desk unlocked cannot tie the account to a telephone of their own. */
export function PasswordStep({ begin, children }: StepProps) {
  const form = useFocusOnFault(begin.error)
  const wait = useWait(begin.error)
  const password = () => form.current?.elements.namedItem('password') as HTMLInputElement
  useEffect(() => password().focus(), [])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (!begin.isPending && wait === null) begin.mutate(password().value)
  }
  return (
    <form ref={form} onSubmit={submit} aria-labelledby="enrolment-title">
      <h1 id="enrolment-title">Set up an authenticator app</h1>
      <p className="quiet">
        {children}At every sign-in it gives a code that is asked for beside the password. Any app for
        time-based codes (TOTP) will do.
      </p>
      <PasswordField
        label={labels.password}
        name="password"
        autoComplete="current-password"
        maxLength={1024}
        fault={fieldFaults(begin.error, labels).password}
        required
      />
      <FormFault words={generalFault(begin.error, ['password'])} error={begin.error} wait={wait} />
      <button type="submit" className="button primary" aria-disabled={begin.isPending || wait !== null}>
        Continue
      </button>
    </form>
  )
}
