import { useSignOut } from '../access/session.ts'
import { ConsoleIcon, Logo, SignOutIcon } from '../ui/icons.tsx'
import { ThemeButton } from '../ui/theme-button.tsx'

export function Rail() {
  const signOut = useSignOut()
  const words = signOut.isError ? 'Sign out: no answer, try again' : 'Sign out'
  return (
    <nav className="rail" aria-label="Pages">
      <span className="rail-logo">
        <Logo />
      </span>
      <a className="rail-button" href="/" aria-current="page" aria-label="Console" title="Console">
        <ConsoleIcon />
      </a>
      <span className="rail-gap" />
      <ThemeButton />
      <button
        type="button"
        className="rail-button"
        aria-label={words}
        title={words}
        data-fault={signOut.isError}
        onClick={() => signOut.mutate()}
      >
        <SignOutIcon />
      </button>
    </nav>
  )
}
