import { useEffect, useState } from 'react'
import { CrewHead } from './crew-head.tsx'
import { useCrew } from './crew-store.ts'
import { IncidentCard } from './incident-card.tsx'
import { Notices } from './notices.tsx'
import { Offer } from './offer.tsx'
import { whileAssigned } from './position.ts'
import { statusWith } from './presses.ts'
import { Sheets, type Which } from './sheets.tsx'
import { StepBar } from './step-bar.tsx'

const isLive = (status: string) => !['CLEARED', 'CANCELLED', 'DIVERTED'].includes(status)

function Idle() {
  const { view } = useCrew()
  if (!view) return <p className="idle">Reading what you are sent to.</p>
  if (!view.unit) {
    return <p className="idle">You are in the crew of no unit. Ask a supervisor to put you in one.</p>
  }
  const words = { AVAILABLE: 'Available. You are sent to nothing.', OFF_DUTY: 'Off duty.' } as const
  const status = view.unit.status as keyof typeof words
  return (
    <div className="idle">
      <p>
        <b>{words[status] ?? 'Out of service.'}</b>
      </p>
      <p>A new assignment rings here. Keep this page open.</p>
    </div>
  )
}

/** What a crew sees once it is signed in: the offer, the incident it is on, or that there is nothing. */
export function CrewScreen() {
  const { view, presses } = useCrew()
  const [sheet, setSheet] = useState<Which>(null)
  const own = view?.assignment ?? null
  const reached = own ? statusWith(own, presses) : null
  const status = reached !== null && isLive(reached) ? reached : null
  const isOffered = status === 'ASSIGNED'

  useEffect(() => whileAssigned(status !== null), [status === null])
  useEffect(() => {
    if (isOffered) setSheet(null)
  }, [isOffered])

  if (isOffered && view?.incident && own) return <Offer key={own.id} view={view} />
  return (
    <>
      <CrewHead />
      <main className="crew">
        <Notices />
        {status && view?.incident ? (
          <IncidentCard view={view} incident={view.incident} status={status} />
        ) : (
          <Idle />
        )}
      </main>
      <StepBar
        status={status}
        openMore={() => setSheet('more')}
        openHospitals={() => setSheet('hospitals')}
      />
      <Sheets which={sheet} status={status} onOpen={setSheet} />
    </>
  )
}
