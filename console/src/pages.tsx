import type { Me } from '@toneout/contract/model/person.ts'
import { type ComponentProps, type ComponentType, lazy, Suspense, useEffect } from 'react'
import { mayKeepAccess, mayOversee, mayWatch } from './access/session.ts'
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
  '/calls': async () => (await import('./lists/calls-page.tsx')).CallsPage,
  '/calls/*': async () => (await import('./lists/call-page.tsx')).CallPage,
  '/channels': async () => (await import('./messages/channels-page.tsx')).ChannelsPage,
  '/handover': async () => (await import('./handover/handover-page.tsx')).HandoverPage,
  '/history': async () => (await import('./history/history-page.tsx')).HistoryPage,
  '/hospitals': async () => (await import('./places/hospital-page.tsx')).HospitalPage,
  '/imports': async () => (await import('./history/imports-page.tsx')).ImportsPage,
  '/incidents': async () => (await import('./records/incidents-page.tsx')).IncidentsPage,
  '/keys': async () => (await import('./keys/keys-page.tsx')).KeysPage,
  '/map': async () => (await import('./map/map-page.tsx')).MapPage,
  '/messages': async () => (await import('./messages/messages-page.tsx')).MessagesPage,
  '/people': async () => (await import('./people/people-page.tsx')).PeoplePage,
  '/settings': async () => (await import('./settings/settings-page.tsx')).SettingsPage,
  '/stations': async () => (await import('./places/station-page.tsx')).StationPage,
  '/units': async () => (await import('./places/unit-page.tsx')).UnitPage,
  '/wall': async () => (await import('./wall/wall-page.tsx')).WallPage,
} satisfies Record<Path, () => Promise<ComponentType<{ person: Me }>>>

const names: Record<Path, string> = {
  '/': 'Console',
  '/account': 'Account',
  '/analytics': 'Analytics',
  '/calls': 'Calls',
  '/calls/*': 'Call',
  '/channels': 'Channels',
  '/handover': 'Handover',
  '/history': 'History',
  '/hospitals': 'Hospitals',
  '/imports': 'Imports',
  '/incidents': 'Incidents',
  '/keys': 'Keys',
  '/map': 'Map',
  '/messages': 'Messages',
  '/people': 'People',
  '/settings': 'Settings',
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
  '/calls/*': page('/calls/*'),
  '/channels': page('/channels'),
  '/handover': page('/handover'),
  '/history': page('/history'),
  '/hospitals': page('/hospitals'),
  '/imports': page('/imports'),
  '/incidents': page('/incidents'),
  '/keys': page('/keys'),
  '/map': page('/map'),
  '/messages': page('/messages'),
  '/people': page('/people'),
  '/settings': page('/settings'),
  '/stations': page('/stations'),
  '/units': page('/units'),
  '/wall': page('/wall'),
}
const OwnHospitalPage = lazy(async () => ({
  default: (await import('./places/own-hospital-page.tsx')).OwnHospitalPage,
}))
const EnrolmentPage = lazy(async () => ({ default: (await import('./account/enrolment.tsx')).Enrolment }))

const waiting = <main className="alone" aria-label="Toneout" aria-busy="true" />

const may: Record<Path, (person: Me) => boolean> = {
  '/': mayWatch,
  '/account': () => true,
  '/analytics': mayMeasure,
  '/calls': mayWatch,
  '/calls/*': mayWatch,
  '/channels': mayWatch,
  '/handover': mayReadHandovers,
  '/history': mayOversee,
  '/hospitals': mayWatch,
  '/imports': mayOversee,
  '/incidents': mayWatch,
  '/keys': mayKeepAccess,
  '/map': mayWatch,
  '/messages': mayWatch,
  '/people': mayKeepAccess,
  '/settings': mayOversee,
  '/stations': mayWatch,
  '/units': mayWatch,
  '/wall': mayWatch,
}

/** The page of the address, for those who may see it. */
export function Page({ person }: { person: Me }) {
  const path = usePath()
  // Where desks have the console, a hospital has its own page.
  const isHospital = path === '/' && person.role === 'hospital'
  const Shown = isHospital ? OwnHospitalPage : pages[path]
  useEffect(() => {
    document.title = `${isHospital ? 'Hospital' : names[path]} – Toneout`
  }, [path, isHospital])
  if (!isHospital && !may[path](person)) return <NotForRole person={person} path={path} />
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

/** What is said of a page to those who may not see it. */
const whose = new Map<unknown, string>([
  [mayKeepAccess, ' are kept by admins'],
  [mayOversee, ': for supervisors and admins'],
])

function NotForRole({ person, path }: { person: Me; path: Path }) {
  const forKeepers = whose.get(may[path])
  return (
    <main className="alone">
      <h1>{forKeepers ? names[path] + forKeepers : 'No console for this role'}</h1>
      <p>
        {person.username} is signed in as {roleWord(person.role)}.
        {!forKeepers && ' Calls are open to dispatchers, supervisors and admins.'}
      </p>
      {mayWatch(person) && (
        <PageLink className="button" href="/">
          Open the console
        </PageLink>
      )}
      <PageLink className="button" href="/account">
        Your account
      </PageLink>
    </main>
  )
}
