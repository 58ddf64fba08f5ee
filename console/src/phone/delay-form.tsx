import type { DelayCause } from '@toneout/contract/model/crew.ts'
import type { FormEvent } from 'react'
import { pressDelay } from './queue.ts'

const causes: Readonly<Record<DelayCause, string>> = {
  TRAFFIC: 'Traffic',
  ROAD_CLOSED: 'Road closed',
  ADDRESS: 'Address not found',
  ACCESS: 'Cannot get in',
  VEHICLE: 'Vehicle',
  CREW: 'Crew',
  OTHER: 'Something else',
}

/** What holds the crew up, for the desks. */
export function DelayForm({ onDone }: { onDone: () => void }) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const told = new FormData(event.currentTarget)
    const cause = String(told.get('cause')) as DelayCause
    const minutes = Number(told.get('minutes'))
    void pressDelay(cause, causes[cause], minutes > 0 ? minutes : null, String(told.get('told') ?? ''))
    onDone()
  }
  return (
    <form onSubmit={submit}>
      <label className="field">
        <span>What holds you up</span>
        <select name="cause" defaultValue="TRAFFIC">
          {Object.entries(causes).map(([cause, words]) => (
            <option key={cause} value={cause}>
              {words}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>About how long</span>
        <select name="minutes" defaultValue="0">
          <option value="0">Not known</option>
          {[2, 5, 10, 15, 30].map((minutes) => (
            <option key={minutes} value={minutes}>
              {minutes} min
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>In your words</span>
        <input name="told" maxLength={200} autoComplete="off" />
      </label>
      <button type="submit" className="tall">
        Tell the desk
      </button>
    </form>
  )
}
