import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Disposition, Incident } from '@toneout/contract/model/incident.ts'
import { dispositions } from '@toneout/contract/model/incident.ts'
import { type FormEvent, useId, useState } from 'react'
import { ask, reason } from '../access/ask.ts'
import { focusDetail } from '../calls/select.ts'
import { useCentre } from '../live/use-live.ts'
import { clockTime } from '../ui/format.ts'
import { plain } from '../ui/words.ts'
import { useSent } from './use-incidents.ts'

/** Closing needs how it ended, and frees whoever is still on it, which the button says. */
export function CloseForm({ incident }: { incident: Incident }) {
  const queries = useQueryClient()
  const label = useId()
  const [missing, setMissing] = useState(false)
  const { units } = useCentre()
  const live = useSent().get(incident.id) ?? []
  const freed = live.map((one) => units.get(one.unit_id)?.row.unit_number ?? `#${one.unit_id}`)
  const close = useMutation({
    mutationFn: (disposition: Disposition) =>
      ask('closeIncident', { params: { id: incident.id }, body: { disposition } }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['incident', incident.id] }),
    // The form goes with the incident's end, and the focus would go with it.
    onSuccess: focusDetail,
  })
  const awaiting = incident.awaiting_close_since
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const given = new FormData(event.currentTarget).get('disposition')
    setMissing(!given)
    if (!given) document.getElementById(label)?.focus()
    else if (!close.isPending) close.mutate(given as Disposition)
  }
  return (
    <form className="close-form" onSubmit={submit} noValidate>
      {awaiting && <p>All its units are free since {clockTime(awaiting)}. Say how it ended.</p>}
      <div className="action-row">
        <label className="unseen" htmlFor={label}>
          Disposition
        </label>
        <select
          id={label}
          name="disposition"
          className="select"
          required
          defaultValue=""
          aria-invalid={missing || undefined}
          aria-describedby={missing ? `${label}-missing` : undefined}
          onChange={() => setMissing(false)}
        >
          <option value="" disabled>
            How it ended
          </option>
          {dispositions.map((one) => (
            <option key={one} value={one}>
              {plain(one)}
            </option>
          ))}
        </select>
        <button
          type="submit"
          className={awaiting ? 'button primary' : 'button'}
          aria-disabled={close.isPending}
        >
          {freed.length > 0 ? `Close and free ${freed.join(' + ')}` : `Close ${incident.incident_number}`}
        </button>
      </div>
      <div role="alert">
        {missing && (
          <p id={`${label}-missing`} className="outcome">
            <b>Not closed.</b> Choose how it ended first.
          </p>
        )}
        {close.isError && !missing && (
          <p className="outcome">
            <b>Not closed.</b> {reason(close.error)}
          </p>
        )}
      </div>
    </form>
  )
}
