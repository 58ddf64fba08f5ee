import type { UseMutationResult } from '@tanstack/react-query'
import type { NewSecondFactor } from '@toneout/contract/model/person.ts'
import { type FormEvent, useEffect, useRef } from 'react'
import { CopyButton } from '../ui/copy-button.tsx'
import { fieldFaults, generalFault } from '../ui/fault-words.ts'
import { InputField, useFocusOnFault } from '../ui/field.tsx'
import { FormFault, useWait } from '../ui/form-fault.tsx'
import { QrCode } from './qr-code.tsx'

const labels = { code: 'Code' }

type StepProps = {
  factor: NewSecondFactor
  confirm: UseMutationResult<{ recovery_codes: string[] }, Error, string>
}

/** The secret goes into the app by camera or by hand; its first code proves that it arrived. */
export function ScanStep({ factor, confirm }: StepProps) {
  const form = useFocusOnFault(confirm.error)
  const wait = useWait(confirm.error)
  const heading = useRef<HTMLHeadingElement>(null)
  const secret = useRef<HTMLElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const code = String(new FormData(event.currentTarget).get('code'))
    if (!confirm.isPending && wait === null) confirm.mutate(code)
  }
  return (
    <form ref={form} onSubmit={submit} aria-labelledby="enrolment-title">
      <h1 id="enrolment-title" ref={heading} tabIndex={-1}>
        Scan this with the app
      </h1>
      <QrCode text={factor.uri} label="QR code for the authenticator app; the secret below says the same" />
      <div className="by-hand">
        <p className="quiet">No camera? Type this secret into the app.</p>
        <code ref={secret} className="secret mono" title="Secret">
          {factor.secret.match(/.{1,4}/g)?.join(' ')}
        </code>
        <CopyButton what="the secret" text={factor.secret} shown={secret} />
      </div>
      <InputField
        label={labels.code}
        hint="The six digits that the app shows now."
        name="code"
        className="mono code-input"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={12}
        fault={codeFault(confirm.error)}
        required
      />
      <FormFault words={generalFault(confirm.error, ['code'])} error={confirm.error} wait={wait} />
      <button type="submit" className="button primary" aria-disabled={confirm.isPending || wait !== null}>
        Confirm
      </button>
    </form>
  )
}

/** What helps is said with it: a clock that is wrong is the usual cause. */
function codeFault(error: unknown): string | undefined {
  const fault = fieldFaults(error, labels).code
  return fault && `${fault} Wait for the next one, and see that the telephone's clock is right.`
}
