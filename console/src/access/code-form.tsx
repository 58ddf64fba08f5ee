import type { Credentials } from '@toneout/contract/model/person.ts'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { InputField } from '../ui/field.tsx'
import { FormFault, useWait } from '../ui/form-fault.tsx'
import { Refused, reason } from './ask.ts'
import { useSignIn } from './session.ts'

/** The two things a code may come from; a recovery code is for when the app is out of reach. */
const kinds = {
  app: {
    label: 'Code',
    hint: 'Six digits. Your authenticator app shows another code every 30 seconds.',
    wrong: 'The code is wrong or was used already. Wait for the next one.',
    other: 'Use a recovery code',
    input: { name: 'code', inputMode: 'numeric', autoComplete: 'one-time-code', maxLength: 12 },
  },
  recovery: {
    label: 'Recovery code',
    hint: 'One of the ten you kept when you set the app up. Each works once.',
    wrong: 'The recovery code is wrong or was used already.',
    other: 'Use the authenticator app',
    input: { name: 'recovery-code', inputMode: 'text', autoComplete: 'off', maxLength: 40 },
  },
} as const

export function CodeForm({ given, onBack }: { given: Credentials; onBack: () => void }) {
  const [kind, setKind] = useState<keyof typeof kinds>('app')
  const signIn = useSignIn()
  const wait = useWait(signIn.error)
  const form = useRef<HTMLFormElement>(null)
  const { label, hint, wrong, other, input } = kinds[kind]
  const isWrong = signIn.error instanceof Refused && signIn.error.status === 401
  const code = () => form.current?.elements.namedItem(input.name) as HTMLInputElement

  useEffect(() => code().focus(), [kind])
  useEffect(() => {
    if (signIn.error) code().select()
  }, [signIn.error])

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!signIn.isPending && wait === null) signIn.mutate({ ...given, code: code().value })
  }

  return (
    <form ref={form} onSubmit={submit} aria-labelledby="sign-in-title">
      <h1 id="sign-in-title">Second factor</h1>
      <p className="sign-in-told">
        Signing in as <b>{given.username}</b>.
      </p>
      <InputField
        key={kind}
        label={label}
        hint={hint}
        fault={isWrong ? wrong : undefined}
        className="mono code-input"
        required
        {...input}
      />
      <FormFault
        words={signIn.error && !isWrong ? `Not signed in. ${reason(signIn.error)}` : null}
        error={signIn.error}
        wait={wait}
      />
      <button type="submit" className="button primary" aria-disabled={signIn.isPending || wait !== null}>
        {signIn.isPending ? 'Signing in' : 'Sign in'}
      </button>
      <div className="sign-in-ways">
        <button
          type="button"
          className="link"
          onClick={() => {
            signIn.reset()
            setKind(kind === 'app' ? 'recovery' : 'app')
          }}
        >
          {other}
        </button>
        <button type="button" className="link" onClick={onBack}>
          Back
        </button>
      </div>
    </form>
  )
}
