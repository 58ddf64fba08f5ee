import type { BothProofs } from '@toneout/contract/model/person.ts'
import { type FormEvent, type ReactNode, useEffect, useRef } from 'react'
import { fieldFaults, generalFault } from '../ui/fault-words.ts'
import { InputField, PasswordField, useFocusOnFault } from '../ui/field.tsx'
import { FormFault, useWait } from '../ui/form-fault.tsx'

const labels = { password: 'Password', code: 'Code' }

type ProofsProps = {
  label: string
  /** On the button. */
  act: string
  danger?: boolean
  sending: { error: Error | null; isPending: boolean; mutate: (body: BothProofs) => void }
  onEnd: () => void
  children: ReactNode
}

/** The password and a code, for what a desk that was left unlocked must not be enough for. */
export function BothProofsForm({ label, act, danger = false, sending, onEnd, children }: ProofsProps) {
  const { error, isPending, mutate } = sending
  const form = useFocusOnFault(error)
  const first = useRef<HTMLParagraphElement>(null)
  const wait = useWait(error)
  const faults = fieldFaults(error, labels)
  useEffect(() => first.current?.focus(), [])
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isPending || wait !== null) return
    const given = new FormData(event.currentTarget)
    mutate({ password: String(given.get('password')), code: String(given.get('code')) })
  }
  return (
    <form ref={form} onSubmit={submit} aria-label={label} className="confirm">
      <p ref={first} tabIndex={-1}>
        {children}
      </p>
      <PasswordField
        label={labels.password}
        name="password"
        autoComplete="current-password"
        maxLength={1024}
        fault={faults.password}
        required
      />
      <InputField
        label={labels.code}
        hint="Of the app, or a recovery code."
        name="code"
        className="mono code-input"
        autoComplete="one-time-code"
        maxLength={40}
        fault={faults.code}
        required
      />
      <FormFault words={generalFault(error, ['password', 'code'])} error={error} wait={wait} />
      <div className="button-row">
        <button
          type="submit"
          className={danger ? 'button danger' : 'button primary'}
          aria-disabled={isPending || wait !== null}
        >
          {act}
        </button>
        <button type="button" className="button" onClick={onEnd}>
          Cancel
        </button>
      </div>
    </form>
  )
}
