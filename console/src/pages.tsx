import type { Me } from '@toneout/contract/model/person.ts'
import { type ComponentProps, type ComponentType, lazy, Suspense, useEffect } from 'react'
import { mayKeepAccess, mayWatch } from './access/session.ts'
import { usePath } from './frame/address.ts'
import { PageBoundary } from './frame/page-boundary.tsx'
import { PageLink } from './frame/page-link.tsx'
import { type Path, pathOf } from './frame/paths.ts'
import { roleWord } from './ui/words.ts'

/** Each page is a file of its own, so that nobody waits for the others. */
const files = {
  '/': async () => (await import('./calls/live-page.tsx')).LivePage,
  '/account': async () => (await import('./account/account-page.tsx')).AccountPage,
  '/keys': async () => (await import('./keys/keys-page.tsx')).KeysPage,
  '/people': async () => (await import('./people/people-page.tsx')).PeoplePage,
} satisfies Record<Path, () => Promise<ComponentType<{ person: Me }>>>

const names: Record<Path, string> = {
  '/': 'Console',
  '/account': 'Account',
  '/keys': 'Keys',
  '/people': 'People',
}

// The page that is asked for loads beside the question who is signed in. A failure is told when it is shown.
files[pathOf(window.location.pathname)]().catch(() => {})

const page = (path: Path) => lazy(async () => ({ default: await files[path]() }))
const pages = {
  '/': page('/'),
  '/account': page('/account'),
  '/keys': page('/keys'),
  '/people': page('/people'),
}
const EnrolmentPage = lazy(async () => ({ default: (await import('./account/enrolment.tsx')).Enrolment }))

const waiting = <main className="alone" aria-label="Toneout" aria-busy="true" />

const may: Record<Path, (person: Me) => boolean> = {
  '/': mayWatch,
  '/account': () => true,
  '/keys': mayKeepAccess,
  '/people': mayKeepAccess,
}

/** The page of the address, for those who may see it. */
export function Page({ person }: { person: Me }) {
  const path = usePath()
  const Shown = pages[path]
  useEffect(() => {
    document.title = `${names[path]} – Toneout`
  }, [path])
  if (!may[path](person)) return <NotForRole person={person} path={path} />
  return (
    <PageBoundary key={path}>
      <Suspense fallback={waiting}>
        <Shown person={person} />
      </Suspense>
    </PageBoundary>
  )
}

/** Covers every page while an authenticator app is set up. */
export function Enrolment(props: ComponentProps<typeof EnrolmentPage>) {
  return (
    <PageBoundary>
      <Suspense fallback={waiting}>
        <EnrolmentPage {...props} />
      </Suspense>
    </PageBoundary>
  )
}

function NotForRole({ person, path }: { person: Me; path: Path }) {
  return (
    <main className="alone">
      <h1>{path === '/' ? 'No console for this role' : `${names[path]} are kept by admins`}</h1>
      <p>
        {person.username} is signed in as {roleWord(person.role)}.
        {path === '/' && ' Calls are open to dispatchers, supervisors and admins.'}
      </p>
      <PageLink className="button" href="/account">
        Your account
      </PageLink>
    </main>
  )
}
