import type { Me } from '@toneout/contract/model/person.ts'
import { type ComponentProps, type ComponentType, lazy, Suspense, useEffect } from 'react'
import { mayKeepAccess, mayWatch } from './access/session.ts'
import { mayMeasure } from './analytics/may-measure.ts'
import { usePath } from './frame/address.ts'
import { PageBoundary } from './frame/page-boundary.tsx'
import { PageLink } from './frame/page-link.tsx'
import { type Path, pathOf } from './frame/paths.ts'
import { mayReadHandovers } from './handover/may-read.ts'
import { roleWord } from './ui/words.ts'

/** Each page is a file of its own, so that nobody waits for the others. */
const files = {
  '/': async () => (await import('./calls/live-page.tsx')).LivePage,
  '/account': async () => (await import('./account/account-page.tsx')).AccountPage,
  '/analytics': async () => (await import('./analytics/analytics-page.tsx')).AnalyticsPage,
  '/calls': async () => (await import('./calls/calls-page.tsx')).CallsPage,
  '/handover': async () => (await import('./handover/handover-page.tsx')).HandoverPage,
  '/hospitals': async () => (await import('./places/hospital-page.tsx')).HospitalPage,
  '/keys': async () => (await import('./keys/keys-page.tsx')).KeysPage,
  '/map': async () => (await import('./map/map-page.tsx')).MapPage,
  '/people': async () => (await import('./people/people-page.tsx')).PeoplePage,
  '/records': async () => (await import('./lists/records-page.tsx')).RecordsPage,
  '/stations': async () => (await import('./places/station-page.tsx')).StationPage,
  '/units': async () => (await import('./places/unit-page.tsx')).UnitPage,
  '/wall': async () => (await import('./wall/wall-page.tsx')).WallPage,
} satisfies Record<Path, () => Promise<ComponentType<{ person: Me }>>>

const names: Record<Path, string> = {
  '/': 'Console',
  '/account': 'Account',
  '/analytics': 'Analytics',
  '/calls': 'Calls',
  '/handover': 'Handover',
  '/hospitals': 'Hospitals',
  '/keys': 'Keys',
  '/map': 'Map',
  '/people': 'People',
  '/records': 'Records',
  '/stations': 'Stations',
  '/units': 'Units',
  '/wall': 'Wall',
}

// The page that is asked for loads beside the question who is signed in. A failure is told when it is shown.
files[pathOf(window.location.pathname)]().catch(() => {})

const page = (path: Path) => lazy(async () => ({ default: await files[path]() }))
const pages = {
  '/': page('/'),
  '/account': page('/account'),
  '/analytics': page('/analytics'),
  '/calls': page('/calls'),
  '/handover': page('/handover'),
  '/hospitals': page('/hospitals'),
  '/keys': page('/keys'),
  '/map': page('/map'),
  '/people': page('/people'),
  '/records': page('/records'),
  '/stations': page('/stations'),
  '/units': page('/units'),
  '/wall': page('/wall'),
}
const EnrolmentPage = lazy(async () => ({ default: (await import('./account/enrolment.tsx')).Enrolment }))

const waiting = <main className="alone" aria-label="Toneout" aria-busy="true" />

const may: Record<Path, (person: Me) => boolean> = {
  '/': mayWatch,
  '/account': () => true,
  '/analytics': mayMeasure,
  '/calls': mayWatch,
  '/handover': mayReadHandovers,
  '/hospitals': mayWatch,
  '/keys': mayKeepAccess,
  '/map': mayWatch,
  '/people': mayKeepAccess,
  '/records': mayWatch,
  '/stations': mayWatch,
  '/units': mayWatch,
  '/wall': mayWatch,
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
  const forAdmins = may[path] === mayKeepAccess
  return (
    <main className="alone">
      <h1>{forAdmins ? `${names[path]} are kept by admins` : 'No console for this role'}</h1>
      <p>
        {person.username} is signed in as {roleWord(person.role)}.
        {!forAdmins && ' Calls are open to dispatchers, supervisors and admins.'}
      </p>
      <PageLink className="button" href="/account">
        Your account
      </PageLink>
    </main>
  )
}
