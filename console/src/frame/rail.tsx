import type { Me } from '@toneout/contract/model/person.ts'
import type { ReactNode } from 'react'
import { mayOversee, mayWatch, useSignOut } from '../access/session.ts'
import { mayMeasure } from '../analytics/may-measure.ts'
import * as icons from '../ui/icons.tsx'
import { ThemeButton } from '../ui/theme-button.tsx'
import { usePath } from './address.ts'
import { PageLink } from './page-link.tsx'
import { groups } from './page-tabs.tsx'
import type { Path } from './paths.ts'

/** The way to every page that the role may see. */
export function Rail({ person, children }: { person: Me; children?: ReactNode }) {
  const signOut = useSignOut()
  const words = signOut.isError ? 'Sign out: no answer, try again' : 'Sign out'
  return (
    <nav className="rail" aria-label="Pages">
      <span className="rail-logo">
        <icons.Logo />
      </span>
      {mayWatch(person) && <RailLink to="/" name="Console" icon={<icons.ConsoleIcon />} />}
      {person.role === 'hospital' && <RailLink to="/" name="Hospital" icon={<icons.HospitalIcon />} />}
      {mayWatch(person) && <RailLink to="/calls" name="Calls" icon={<icons.PhoneIcon />} />}
      {mayWatch(person) && <RailLink to="/incidents" name="Incidents" icon={<icons.ListIcon />} />}
      {mayWatch(person) && <RailLink to="/units" name="Units" icon={<icons.UnitIcon />} />}
      {mayWatch(person) && <RailLink to="/hospitals" name="Hospitals" icon={<icons.HospitalIcon />} />}
      {mayWatch(person) && <RailLink to="/stations" name="Stations" icon={<icons.StationIcon />} />}
      {mayWatch(person) && <RailLink to="/map" name="Map" icon={<icons.MapIcon />} />}
      {mayWatch(person) && <RailLink to="/wall" name="Wall" icon={<icons.WallIcon />} />}
      {mayMeasure(person) && <RailLink to="/analytics" name="Analytics" icon={<icons.ChartIcon />} />}
      {mayWatch(person) && <RailLink to="/messages" name="Messages" icon={<icons.BellIcon />} />}
      {mayOversee(person) && <RailLink to="/settings" name="Administration" icon={<icons.SlidersIcon />} />}
      <span className="rail-gap" />
      {children}
      <RailLink to="/account" name="Account" icon={<icons.PersonIcon />} />
      <ThemeButton />
      <button
        type="button"
        className="rail-button"
        aria-label={words}
        title={words}
        data-fault={signOut.isError}
        onClick={() => signOut.mutate()}
      >
        <icons.SignOutIcon />
      </button>
    </nav>
  )
}

function RailLink({ to, name, icon }: { to: Path; name: string; icon: ReactNode }) {
  const here = usePath()
  const group = Object.values(groups).find((tabs) => tabs.some(([path]) => path === to))
  const isHere = here === to || here === `${to}/*` || group?.some(([path]) => path === here)
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
