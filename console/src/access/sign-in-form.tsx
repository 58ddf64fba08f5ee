import type { Credentials } from '@toneout/contract/model/person.ts'
import { useState } from 'react'
import { Logo } from '../ui/icons.tsx'
import { ThemeButton } from '../ui/theme-button.tsx'
import { CodeForm } from './code-form.tsx'
import { PasswordForm } from './password-form.tsx'

type SignInProps = {
  /** Whose session ended by itself while this page was open. */
  lost: string | null
}

/** Name and password first; the code of the authenticator app only where the server asks for one. */
export function SignInForm({ lost }: SignInProps) {
  const [half, setHalf] = useState<Credentials | null>(null)
  const [username, setUsername] = useState(lost ?? '')
  return (
    <main className="sign-in">
      <p className="sign-in-brand">
        <Logo /> Toneout
      </p>
      {half ? (
        <CodeForm given={half} onBack={() => setHalf(null)} />
      ) : (
        <PasswordForm
          username={username}
          isLost={lost !== null}
          onCode={(given) => {
            setUsername(given.username)
            setHalf(given)
          }}
        />
      )}
      <ThemeButton />
    </main>
  )
}
