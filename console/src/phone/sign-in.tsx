import type { Me } from '@toneout/contract/model/person.ts'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useCrew } from './crew-store.ts'
import { ask, type Person, Refused, reason } from './session.ts'

type Given = { username: string; password: string }

const why = (error: unknown, asksCode: boolean): string => {
  if (error instanceof Refused && error.status === 401) {
    return asksCode ? 'The code is wrong or was used already.' : 'Username or password is wrong.'
  }
  return `Not signed in. ${reason(error)}`
}

type FieldProps = React.InputHTMLAttributes<HTMLInputElement> & { label: string }

function Field({ label, ...input }: FieldProps) {
  return (
    <label className="field">
      <span>{label}</span>
      <input {...input} />
    </label>
  )
}

/** Name and password, and the code of the authenticator app where the server asks for one. */
export function SignIn({ onIn }: { onIn: (person: Person) => void }) {
  const { presses } = useCrew()
  const [half, setHalf] = useState<Given | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const [isBusy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const waiting = presses.filter(({ refused }) => refused === null).length

  useEffect(() => form.current?.querySelector('input')?.focus(), [half])

  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (isBusy) return
    const told = new FormData(event.currentTarget)
    const text = (name: string) => String(told.get(name) ?? '')
    const given = half ?? { username: text('username'), password: text('password') }
    setBusy(true)
    try {
      const me = await ask<Me>('POST', '/api/auth/sign-in/', half ? { ...half, code: text('code') } : given)
      onIn({ id: me.id, username: me.username, role: me.role })
    } catch (error) {
      const asksCode = error instanceof Refused && error.code === 'second_factor_required'
      if (asksCode && !half) setHalf(given)
      setFault(asksCode && !half ? null : why(error, half !== null))
      setBusy(false)
    }
  }

  return (
    <main className="alone">
      <h1>Crew sign-in</h1>
      {waiting > 0 && <p role="status">{waiting} waiting to be sent. They go once you are signed in.</p>}
      <form ref={form} onSubmit={(event) => void submit(event)}>
        {half ? (
          <Field
            label="Code of your authenticator app, or a recovery code"
            {...{ name: 'code', autoComplete: 'one-time-code', maxLength: 40, required: true }}
          />
        ) : (
          <>
            <Field
              label="Username"
              {...{ name: 'username', autoComplete: 'username', autoCapitalize: 'none' }}
              {...{ maxLength: 150, required: true }}
            />
            <Field
              label="Password"
              {...{ name: 'password', type: 'password', autoComplete: 'current-password' }}
              {...{ maxLength: 1024, required: true }}
            />
          </>
        )}
        {fault && <p role="alert">{fault}</p>}
        <button type="submit" className="next" aria-disabled={isBusy}>
          {isBusy ? 'Signing in' : 'Sign in'}
        </button>
        {half && (
          <button type="button" className="tall" onClick={() => setHalf(null)}>
            Back
          </button>
        )}
      </form>
    </main>
  )
}
