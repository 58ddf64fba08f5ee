import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { BothProofs, Me } from '@toneout/contract/model/person.ts'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { ask } from '../access/ask.ts'
import { daysLeft } from '../access/due.ts'
import { setEnrolling } from '../access/enrolling.ts'
import { sessionKey } from '../access/session.ts'
import { fieldFaults, generalFault } from '../ui/fault-words.ts'
import { InputField, PasswordField, useFocusOnFault } from '../ui/field.tsx'
import { FormFault, useWait } from '../ui/form-fault.tsx'

/** Whether an authenticator app is asked for, and the way to the other state. */
export function SecondFactor({ person }: { person: Me }) {
  const [removing, setRemoving] = useState(false)
  const { enrolled, required } = person.second_factor
  const left = daysLeft(person.second_factor, Date.now())
  return (
    <section className="box" aria-labelledby="factor-title">
      <header className="box-head">
        <h2 id="factor-title">Authenticator app</h2>
        <span className="state" data-on={enrolled}>
          {enrolled ? 'On' : 'Off'}
        </span>
      </header>
      <p className="quiet">
        {enrolled
          ? 'Each sign-in asks for a code of the app or a recovery code. A new app brings new recovery codes.'
          : 'The password alone opens this account. An app on your telephone would ask for a code as well.'}
      </p>
      {left && <p>Your role needs one {left}.</p>}
      {!enrolled && (
        <button type="button" className="button primary" onClick={() => setEnrolling(true)}>
          Set up an authenticator app
        </button>
      )}
      {enrolled && removing && <Remove isRequired={required} onEnd={() => setRemoving(false)} />}
      {enrolled && !removing && (
        <button type="button" className="button danger" onClick={() => setRemoving(true)}>
          Turn it off
        </button>
      )}
    </section>
  )
}

const labels = { password: 'Password', code: 'Code' }

/** Both proofs: a desk that was left unlocked must not be enough. */
function Remove({ isRequired, onEnd }: { isRequired: boolean; onEnd: () => void }) {
  const queries = useQueryClient()
  const remove = useMutation({
    mutationFn: (body: BothProofs) => ask('removeSecondFactor', { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: sessionKey }),
  })
  const form = useFocusOnFault(remove.error)
  const first = useRef<HTMLParagraphElement>(null)
  const wait = useWait(remove.error)
  const faults = fieldFaults(remove.error, labels)
  useEffect(() => first.current?.focus(), [])
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (remove.isPending || wait !== null) return
    const given = new FormData(event.currentTarget)
    remove.mutate({ password: String(given.get('password')), code: String(given.get('code')) })
  }
  return (
    <form ref={form} onSubmit={submit} aria-label="Turn the authenticator app off" className="confirm">
      <p ref={first} tabIndex={-1}>
        The password alone will open this account again.
        {isRequired && ' Your role needs an app, so you will be asked to set one up again.'}
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
      <FormFault words={generalFault(remove.error, ['password', 'code'])} error={remove.error} wait={wait} />
      <div className="button-row">
        <button type="submit" className="button danger" aria-disabled={remove.isPending || wait !== null}>
          Turn the app off
        </button>
        <button type="button" className="button" onClick={onEnd}>
          Cancel
        </button>
      </div>
    </form>
  )
}
