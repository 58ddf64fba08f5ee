import type { AssignmentStatus } from '@toneout/contract/model/assignment.ts'
import type { CrewView } from '@toneout/contract/model/crew.ts'
import { useMemo } from 'react'
import { duration } from '../ui/format.ts'
import { Ticking } from '../ui/ticking.tsx'
import { typeWord } from '../ui/words.ts'
import { sinceReader } from './crew-head.tsx'
import { FromTheCall } from './from-the-call.tsx'
import { KeyFacts } from './key-facts.tsx'
import { useWay, WayMap } from './way-map.tsx'

type Incident = NonNullable<CrewView['incident']>

const priorityWords = ['', 'threat to life', 'urgent', 'prompt', 'routine'] as const

export function Rank({ priority }: { priority: number }) {
  return (
    <span className="rank" data-rank={priority}>
      <span aria-hidden="true">{priority}</span>
      <span className="unseen">
        Priority {priority}, {priorityWords[priority]}
      </span>
    </span>
  )
}

/** Kilometres from one on, metres below it. */
const far = (metres: number) =>
  metres < 950 ? `${Math.round(metres / 50) * 50} m` : `${(metres / 1000).toFixed(1)} km`

/** Opens the phone's own navigation: Apple's maps on its devices, geo: elsewhere. */
export function navigateTo(place: { latitude: number | null; longitude: number | null; location: string }) {
  const { latitude, longitude, location } = place
  const isApple = /iPhone|iPad|Macintosh/.test(navigator.userAgent)
  const where = latitude !== null && longitude !== null ? `${latitude},${longitude}` : null
  if (!where && location === '') return null
  const words = encodeURIComponent(location)
  if (isApple) return `https://maps.apple.com/?daddr=${where ?? words}`
  return where ? `geo:${where}?q=${where}(${words})` : `geo:0,0?q=${words}`
}

type Far = { seconds: number; metres: number; source: 'graph' | 'router' | 'crow' }

function Drive({ far: found, href }: { far: Far | null; href: string | null }) {
  const words = found?.source === 'crow' ? 'estimated' : 'by road'
  return (
    <div className="drive">
      {found ? (
        <p>
          <b>{duration(found.seconds)}</b> {far(found.metres)} <span className="quiet">{words}</span>
        </p>
      ) : (
        <p className="quiet">Distance not known</p>
      )}
      {href && (
        <a className="navigate" href={href}>
          <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d="M21 3 3 10.500l7.500 3L13.500 21z" />
          </svg>
          Navigate
        </a>
      )}
    </div>
  )
}

function CardHead({ view, incident }: { view: CrewView; incident: Incident }) {
  const read = useMemo(() => sinceReader(incident.received_at), [incident.received_at])
  const partners = view.partners.map(({ unit_number }) => unit_number).join(', ')
  return (
    <div className="card-head">
      <Rank priority={incident.priority} />
      <div>
        <h2>{typeWord(incident.emergency_type)}</h2>
        <p>
          Since call <Ticking className="since" read={read} />
        </p>
      </div>
      <p className="card-side">
        <span className="mono">{incident.incident_number}</span>
        {partners && <span>with {partners}</span>}
      </p>
    </div>
  )
}

const drives: readonly AssignmentStatus[] = ['ACKNOWLEDGED', 'EN_ROUTE']

type CardProps = { view: CrewView; incident: Incident; status: AssignmentStatus }

/** The incident a crew is on; the way to it while it drives there. */
export function IncidentCard({ view, incident, status }: CardProps) {
  const way = useWay(drives.includes(status) ? incident.id : null)
  const straight = view.drive && { ...view.drive, source: 'crow' as const }
  return (
    <>
      <section className="card" aria-label={`Incident ${incident.incident_number}`}>
        <CardHead view={view} incident={incident} />
        {way && (
          <div className="way-box">
            <WayMap way={way} priority={incident.priority} />
            <Drive far={way} href={navigateTo(incident)} />
          </div>
        )}
        <div className="place">
          <p className="address">{incident.location || 'The place is not known yet'}</p>
          {!way && <Drive far={straight} href={navigateTo(incident)} />}
        </div>
        {incident.notes && <p className="told">{incident.notes}</p>}
        <KeyFacts view={view} />
        {view.hospital && (
          <p className="told">
            <span className="quiet">Hospital</span> <b>{view.hospital.name}</b> {view.hospital.address}
          </p>
        )}
      </section>
      <FromTheCall view={view} />
    </>
  )
}
