import type { Me } from '@toneout/contract/model/person.ts'
import type { ReactNode } from 'react'
import { mayKeepAccess, mayWatch, useSignOut } from '../access/session.ts'
import { ConsoleIcon, KeyIcon, Logo, PeopleIcon, PersonIcon, SignOutIcon } from '../ui/icons.tsx'
import { ThemeButton } from '../ui/theme-button.tsx'
import { usePath } from './address.ts'
import { PageLink } from './page-link.tsx'
import type { Path } from './paths.ts'

/** The way to every page that the role may see. */
export function Rail({ person }: { person: Me }) {
  const signOut = useSignOut()
  const words = signOut.isError ? 'Sign out: no answer, try again' : 'Sign out'
  const keeps = mayKeepAccess(person)
  return (
    <nav className="rail" aria-label="Pages">
      <span className="rail-logo">
        <Logo />
      </span>
      {mayWatch(person) && <RailLink to="/" name="Console" icon={<ConsoleIcon />} />}
      {keeps && <RailLink to="/people" name="People" icon={<PeopleIcon />} />}
      {keeps && <RailLink to="/keys" name="Keys" icon={<KeyIcon />} />}
      <span className="rail-gap" />
      <RailLink to="/account" name="Account" icon={<PersonIcon />} />
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

function RailLink({ to, name, icon }: { to: Path; name: string; icon: ReactNode }) {
  const isHere = usePath() === to
  return (
    <PageLink
      className="rail-button"
      href={to}
      aria-current={isHere ? 'page' : undefined}
      aria-label={name}
      title={name}
    >
      {icon}
    </PageLink>
  )
}
