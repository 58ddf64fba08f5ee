import type { Me } from '@toneout/contract/model/person.ts'
import { mayKeepAccess, mayOversee, mayWatch } from '../access/session.ts'
import { usePath } from './address.ts'
import { PageLink } from './page-link.tsx'
import type { Path } from './paths.ts'

type Tab = readonly [path: Path, name: string, may: (person: Me) => boolean]

/** Pages that stand behind one button of the rail. */
export const groups: Readonly<Record<'Messages' | 'Administration', readonly Tab[]>> = {
  Messages: [
    ['/messages', 'Messages', mayWatch],
    ['/channels', 'Channels', mayWatch],
  ],
  Administration: [
    ['/settings', 'Settings', mayOversee],
    ['/people', 'People', mayKeepAccess],
    ['/keys', 'Keys', mayKeepAccess],
    ['/imports', 'Imports', mayOversee],
    ['/history', 'History', mayOversee],
  ],
}

/** The other pages of the same group. */
export function PageTabs({ person }: { person: Me }) {
  const here = usePath()
  const found = Object.entries(groups).find(([, tabs]) => tabs.some(([path]) => path === here))
  if (!found) return null
  const [group, tabs] = found
  return (
    <nav className="page-tabs" aria-label={group}>
      {tabs
        .filter(([, , may]) => may(person))
        .map(([path, name]) => (
          <PageLink key={path} href={path} aria-current={path === here ? 'page' : undefined}>
            {name}
          </PageLink>
        ))}
    </nav>
  )
}
