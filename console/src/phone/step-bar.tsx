import type { AssignmentStatus } from '@toneout/contract/model/assignment.ts'
import { useEffect, useState } from 'react'
import { stepWord } from '../ui/words.ts'
import { useCrew } from './crew-store.ts'
import { DuressButton } from './duress-button.tsx'
import { PositionButton } from './position-button.tsx'
import { barAt, barWords, nextStep } from './presses.ts'
import { pressStep } from './queue.ts'

function Bar({ status, isWaiting }: { status: AssignmentStatus; isWaiting: boolean }) {
  const at = barAt(status)
  return (
    <ol className="bar" aria-label="How far you are">
      {barWords.map((words, i) => (
        <li
          key={words}
          data-part={i + 1 < at ? 'done' : i + 1 === at ? 'now' : 'later'}
          aria-current={i + 1 === at ? 'step' : undefined}
        >
          {words}
          {i + 1 === at && isWaiting && <span className="will-send">will send</span>}
        </li>
      ))}
    </ol>
  )
}

/** A second tap within this time is the same tap: the button would mean the next step already. */
const restMs = 1_000

type StepBarProps = { status: AssignmentStatus | null; openMore: () => void; openHospitals: () => void }

/** Where the crew is, the one button that says what is next, and what is needed less often. */
export function StepBar({ status, openMore, openHospitals }: StepBarProps) {
  const { view, presses } = useCrew()
  const [isResting, setResting] = useState(false)
  const next = status ? nextStep(status, view?.hospital?.name ?? null) : null
  const isWaiting = presses.some(({ step, refused }) => step !== null && refused === null)

  useEffect(() => {
    const timer = isResting ? setTimeout(() => setResting(false), restMs) : undefined
    return () => clearTimeout(timer)
  }, [isResting])
  const press = () => {
    if (!next || isResting) return
    setResting(true)
    if (next.needsHospital && !view?.hospital) openHospitals()
    else void pressStep(next.name, next.words)
  }
  return (
    <footer className="crew-foot">
      {status && <Bar status={status} isWaiting={isWaiting} />}
      <p className="unseen" role="status">
        {status ? `Status: ${stepWord(status)}${isWaiting ? ', will send' : ''}` : ''}
      </p>
      {next && (
        <button type="button" className="next" aria-disabled={isResting} onClick={press}>
          {next.words}
        </button>
      )}
      <div className="acts">
        {/* With a number to call, what is pressed once a shift goes where there is room for it. */}
        {view?.desk_phone ? (
          <a className="tall" href={`tel:${view.desk_phone.replace(/[^\d+]/g, '')}`}>
            Call desk
          </a>
        ) : (
          <PositionButton isAssigned={status !== null} />
        )}
        <button type="button" onClick={openMore}>
          More
        </button>
        <DuressButton />
      </div>
    </footer>
  )
}
