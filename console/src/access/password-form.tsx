import type { Credentials } from '@toneout/contract/model/person.ts'
import { type FormEvent, useEffect, useRef } from 'react'
import { InputField, PasswordField } from '../ui/field.tsx'
import { FormFault, useWait } from '../ui/form-fault.tsx'
import { Refused, reason } from './ask.ts'
import { useSignIn } from './session.ts'

const asksForCode = (error: unknown) => error instanceof Refused && error.code === 'second_factor_required'
const isWrong = (error: unknown) => error instanceof Refused && error.status === 401

function why(error: unknown): string | null {
  if (!error || asksForCode(error)) return null
  return isWrong(error) ? 'Username or password is wrong.' : `Not signed in. ${reason(error)}`
}

type PasswordFormProps = {
  /** As it is known already. */
  username: string
  isLost: boolean
  /** The password is right, and a code is wanted. */
  onCode: (given: Credentials) => void
}

export function PasswordForm({ username, isLost, onCode }: PasswordFormProps) {
  const signIn = useSignIn()
  const wait = useWait(signIn.error)
  const form = useRef<HTMLFormElement>(null)
  const inputOf = (name: string) => form.current?.elements.namedItem(name) as HTMLInputElement

  useEffect(() => inputOf(username === '' ? 'username' : 'password').focus(), [username])
  useEffect(() => {
    // What was not looked at is not lost: only a wrong password goes.
    if (isWrong(signIn.error)) inputOf('password').value = ''
    if (signIn.error) inputOf('password').focus()
  }, [signIn.error])

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (signIn.isPending || wait !== null) return
    const [name, password] = [inputOf('username').value, inputOf('password').value]
    const given = { username: name, password, code: undefined }
    signIn.mutate(given, { onError: (error) => asksForCode(error) && onCode(given) })
  }

  return (
    <form ref={form} onSubmit={submit} aria-labelledby="sign-in-title">
      <h1 id="sign-in-title">Sign in</h1>
      {isLost && (
        <p className="sign-in-told" role="status">
          Your session has ended. Sign in to go on where you were.
        </p>
      )}
      <InputField
        label="Username"
        name="username"
        autoComplete="username"
        maxLength={150}
        defaultValue={username}
        required
      />
      <PasswordField
        label="Password"
        name="password"
        autoComplete="current-password"
        maxLength={1024}
        required
      />
      <FormFault words={why(signIn.error)} error={signIn.error} wait={wait} />
      <button type="submit" className="button primary" aria-disabled={signIn.isPending || wait !== null}>
        {signIn.isPending ? 'Signing in' : 'Sign in'}
      </button>
    </form>
  )
}
