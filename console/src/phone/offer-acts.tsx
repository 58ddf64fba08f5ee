import { useState } from 'react'
import { DeclineForm } from './decline-form.tsx'
import { DuressButton } from './duress-button.tsx'
import { pressStep } from './queue.ts'

/** What a crew may answer. */
export function OfferActs() {
  const [isDeclining, setDeclining] = useState(false)
  const back = () => setDeclining(false)
  if (isDeclining) return <DeclineForm onBack={back} onDone={back} />
  return (
    <>
      <button type="button" className="next" onClick={() => void pressStep('acknowledge', 'Accepted')}>
        Accept
      </button>
      <div className="acts">
        <button type="button" onClick={() => setDeclining(true)}>
          Decline
        </button>
        <DuressButton />
      </div>
    </>
  )
}
