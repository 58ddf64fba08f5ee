import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Incident } from '@toneout/contract/model/incident.ts'
import { type FormEvent, useState } from 'react'
import { ask, reason } from '../access/ask.ts'
import { AddressField, type TypedPlace } from '../ui/address-field.tsx'

/** What of a typed place an incident is told. */
export function placeOf({ location, found }: TypedPlace) {
  const words = location.trim() || undefined
  return { location: words, ...(found && { latitude: found.latitude, longitude: found.longitude }) }
}

/** Where an incident is that has words for its place and no position: without one no unit is nearest. */
export function PlaceForm({ incident }: { incident: Incident }) {
  const queries = useQueryClient()
  const [place, setPlace] = useState<TypedPlace>({ location: incident.location, found: null })
  const set = useMutation({
    mutationFn: () => ask('changeIncident', { params: { id: incident.id }, body: placeOf(place) }),
    onSettled: () => queries.invalidateQueries({ queryKey: ['incident', incident.id] }),
  })
  const isSame = place.found === null && place.location.trim() === incident.location.trim()
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (!set.isPending && !isSame) set.mutate()
  }
  return (
    <form className="place-form" onSubmit={submit} noValidate aria-label="Place of the incident">
      <AddressField label="Place" value={place} onChange={setPlace} />
      <div className="action-row">
        <button type="submit" className="button" aria-disabled={set.isPending || isSame}>
          {set.isPending ? 'Setting the place' : 'Set the place'}
        </button>
      </div>
      <div role="alert">
        {set.isError && (
          <p className="outcome">
            <b>The place was not set.</b> {reason(set.error)}
          </p>
        )}
      </div>
    </form>
  )
}
