import type { AssignmentStatus } from '@toneout/contract/model/assignment.ts'
import type { ReactNode } from 'react'
import { useCrew } from './crew-store.ts'
import { DeclineForm } from './decline-form.tsx'
import { DelayForm } from './delay-form.tsx'
import { OwnButtons } from './own-buttons.tsx'
import { PositionButton } from './position-button.tsx'
import { laterSteps } from './presses.ts'
import { pressStep } from './queue.ts'
import { Sheet } from './sheet.tsx'

const mayDecline: readonly AssignmentStatus[] = ['ASSIGNED', 'ACKNOWLEDGED']

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <details className="part">
      <summary>{title}</summary>
      {children}
    </details>
  )
}

type MoreProps = { status: AssignmentStatus | null; onClose: () => void; onHospitals: () => void }

/** What belongs to the assignment and is needed less often. */
function OfAssignment({ status, onClose, onHospitals }: MoreProps & { status: AssignmentStatus }) {
  const { view } = useCrew()
  const skip = (name: Parameters<typeof pressStep>[0], words: string) => {
    if (name === 'transport' && !view?.hospital) return onHospitals()
    void pressStep(name, words)
    onClose()
  }
  return (
    <>
      {status !== 'HANDOVER_DONE' && (
        <button type="button" className="tall" onClick={onHospitals}>
          {view?.hospital ? `Change hospital (${view.hospital.name})` : 'Choose hospital'}
        </button>
      )}
      <Part title="Tell of a delay">
        <DelayForm onDone={onClose} />
      </Part>
      <Part title="Skip to a later step">
        {laterSteps(status).map(({ name, words }) => (
          <button key={name} type="button" className="tall" onClick={() => skip(name, words)}>
            {words}
          </button>
        ))}
      </Part>
      {mayDecline.includes(status) && (
        <Part title="Decline this assignment">
          <DeclineForm onBack={onClose} onDone={onClose} />
        </Part>
      )}
    </>
  )
}

export function More(props: MoreProps) {
  const { view } = useCrew()
  return (
    <Sheet title="More" onClose={props.onClose}>
      {props.status && <OfAssignment {...props} status={props.status} />}
      {view?.desk_phone && <PositionButton isAssigned={props.status !== null} />}
      <OwnButtons />
    </Sheet>
  )
}
