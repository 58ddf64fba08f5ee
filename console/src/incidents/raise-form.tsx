import { useMutation } from '@tanstack/react-query'
import { type Call, type EmergencyType, emergencyTypes } from '@toneout/contract/model/call.ts'
import { type FormEvent, useId, useState } from 'react'
import { ask, reason } from '../access/ask.ts'
import { focusDetail, openIncident } from '../calls/select.ts'
import { currentView } from '../calls/view-store.ts'
import { AddressField, type TypedPlace } from '../ui/address-field.tsx'
import { rankOf, typeWord } from '../ui/words.ts'
import { placeOf } from './place-form.tsx'

/** What is known of the call goes into its incident; what nobody knows yet is left out. */
function incidentOf(call: Call, place: TypedPlace, emergency_type: EmergencyType) {
  const { latitude, longitude } = call
  return {
    emergency_type,
    call_id: call.id,
    priority: rankOf(call.priority_level) ?? undefined,
    ...(latitude !== null && longitude !== null && { latitude, longitude }),
    ...placeOf(place),
  }
}

/** Police and other calls raise no incident by themselves, nor do those without a type or a place. */
export function RaiseForm({ call }: { call: Call }) {
  const id = useId()
  const [missing, setMissing] = useState(false)
  // Until somebody types here, the place is what the call has told by now.
  const [typed, setPlace] = useState<TypedPlace | null>(null)
  const place = typed ?? { location: call.location, found: null }
  const raise = useMutation({
    mutationFn: (type: EmergencyType) => ask('openIncident', { body: incidentOf(call, place, type) }),
    onSuccess: (incident) => {
      // Whoever has gone on to another call meanwhile stays there.
      if (currentView().call !== call.call_sid) return
      openIncident(incident.id)
      focusDetail()
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const type = call.emergency_type ?? new FormData(event.currentTarget).get('emergency_type')
    setMissing(!type)
    if (!type) document.getElementById(id)?.focus()
    else if (!raise.isPending) raise.mutate(type as EmergencyType)
  }
  return (
    <form className="raise-form" onSubmit={submit} noValidate aria-label="Raise an incident">
      <div className="call-incident">
        <span className="words">No incident yet</span>
        {call.emergency_type === null && (
          <TypeSelect id={id} missing={missing} onChosen={() => setMissing(false)} />
        )}
        <button type="submit" className="button" aria-disabled={raise.isPending}>
          {raise.isPending ? 'Raising an incident' : 'Raise an incident'}
        </button>
      </div>
      {call.latitude === null && <AddressField label="Place" value={place} onChange={setPlace} />}
      <div role="alert">
        {missing && (
          <p id={`${id}-missing`} className="outcome">
            Choose the type of the emergency first.
          </p>
        )}
        {raise.isError && !missing && (
          <p className="outcome">
            <b>No incident was raised.</b> {reason(raise.error)}
          </p>
        )}
      </div>
    </form>
  )
}

type SelectProps = { id: string; missing: boolean; onChosen: () => void }

function TypeSelect({ id, missing, onChosen }: SelectProps) {
  return (
    <>
      <label className="unseen" htmlFor={id}>
        Type
      </label>
      <select
        id={id}
        name="emergency_type"
        className="select"
        required
        defaultValue=""
        aria-invalid={missing || undefined}
        aria-describedby={missing ? `${id}-missing` : undefined}
        onChange={onChosen}
      >
        <option value="" disabled>
          Type
        </option>
        {emergencyTypes.map((one) => (
          <option key={one} value={one}>
            {typeWord(one)}
          </option>
        ))}
      </select>
    </>
  )
}
