import { type FormEvent, useEffect, useRef } from 'react'
import { Logo } from '../ui/icons.tsx'
import { ThemeButton } from '../ui/theme-button.tsx'
import { Refused, reason } from './ask.ts'
import { useSignIn } from './session.ts'

function why(error: unknown): string {
  if (!(error instanceof Refused)) return `Not signed in. ${reason(error)}`
  if (error.status === 401) return 'Username or password is wrong.'
  if (error.status === 429)
    return `Too many tries. Wait ${error.retryAfter ?? 'some'} seconds, then try again.`
  return `Not signed in. ${reason(error)}`
}

export function SignInForm() {
  const signIn = useSignIn()
  const first = useRef<HTMLInputElement>(null)
  const password = useRef<HTMLInputElement>(null)

  useEffect(() => first.current?.focus(), [])
  useEffect(() => {
    if (signIn.error) password.current?.select()
  }, [signIn.error])

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const form = new FormData(event.currentTarget)
    if (signIn.isPending) return
    signIn.mutate({ username: String(form.get('username')), password: String(form.get('password')) })
  }

  return (
    <main className="sign-in">
      <form onSubmit={submit} aria-labelledby="sign-in-title">
        <p className="sign-in-brand">
          <Logo /> Toneout
        </p>
        <h1 id="sign-in-title">Sign in to the console</h1>
        <label>
          Username
          <input ref={first} name="username" autoComplete="username" autoCapitalize="none" required />
        </label>
        <label>
          Password
          <input ref={password} name="password" type="password" autoComplete="current-password" required />
        </label>
        <p className="sign-in-fault" role="alert">
          {signIn.error ? why(signIn.error) : ''}
        </p>
        <button type="submit" className="button primary" aria-disabled={signIn.isPending}>
          {signIn.isPending ? 'Signing in' : 'Sign in'}
        </button>
      </form>
      <ThemeButton />
    </main>
  )
}
