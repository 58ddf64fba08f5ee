import { type FormEvent, useState } from 'react'
import { pressStep } from './queue.ts'

const reasons = ['Vehicle not ready', 'Crew not complete', 'With another patient', 'Too far away'] as const

/** A crew says why it does not go; the desk reads it at once. */
export function DeclineForm({ onBack, onDone }: { onBack: () => void; onDone: () => void }) {
  const [isMissing, setMissing] = useState(false)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const told = new FormData(event.currentTarget)
    const words = [told.get('reason'), told.get('more')].map((one) => String(one ?? '').trim())
    const reason = words.filter((one) => one !== '').join('. ')
    setMissing(reason === '')
    if (reason === '') return
    void pressStep('decline', 'Declined', { reason })
    onDone()
  }
  return (
    <form onSubmit={submit}>
      <fieldset>
        <legend>Why do you decline?</legend>
        {reasons.map((words) => (
          <label key={words} className="choice">
            <input type="radio" name="reason" value={words} /> {words}
          </label>
        ))}
      </fieldset>
      <label className="field">
        <span>In your words</span>
        <input name="more" maxLength={200} autoComplete="off" />
      </label>
      {isMissing && <p role="alert">Say why.</p>}
      <button type="submit" className="next danger">
        Decline
      </button>
      <button type="button" className="tall" onClick={onBack}>
        Back
      </button>
    </form>
  )
}
