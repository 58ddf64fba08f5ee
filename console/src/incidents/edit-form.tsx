import { useMutation } from '@tanstack/react-query'
import type { EmergencyType } from '@toneout/contract/model/call.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import { type FormEvent, useState } from 'react'
import { ask } from '../access/ask.ts'
import { closeSide } from '../frame/console-side.tsx'
import { useLive } from '../live/use-live.ts'
import type { TypedPlace } from '../ui/address-field.tsx'
import { generalFault } from '../ui/fault-words.ts'
import { DetailFields, detailsOf } from './detail-fields.tsx'

/** Only what was changed is sent, so that nobody else's change is undone. */
function changesOf(before: Incident, given: ReturnType<typeof detailsOf>) {
  const changed = Object.entries(given).filter(
    ([name, value]) => value !== undefined && before[name as keyof Incident] !== value,
  )
  return Object.fromEntries(changed) as Partial<typeof given>
}

export function EditForm({ incident }: { incident: Incident }) {
  const live = useLive()
  const [place, setPlace] = useState<TypedPlace>({ location: incident.location, found: null })
  const [unchanged, setUnchanged] = useState(false)
  const change = useMutation({
    mutationFn: (body: ReturnType<typeof changesOf>) => {
      const type = body.emergency_type as EmergencyType | undefined
      return ask('changeIncident', { params: { id: incident.id }, body: { ...body, emergency_type: type } })
    },
    onMutate: () => live.cursor,
    onSuccess: (row, _, heard) => {
      live.addToCentre({ incidents: [row] }, heard)
      closeSide()
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const body = changesOf(incident, detailsOf(event.currentTarget, place))
    setUnchanged(Object.keys(body).length === 0)
    if (Object.keys(body).length > 0 && !change.isPending) change.mutate(body)
  }
  return (
    <form className="side-part" onSubmit={submit} noValidate>
      <DetailFields
        type={incident.emergency_type}
        priority={incident.priority}
        notes={incident.notes}
        place={place}
        onPlace={setPlace}
      />
      <div role="alert" className="form-fault">
        {unchanged ? 'Nothing was changed.' : generalFault(change.error, [])}
      </div>
      <div className="button-row">
        <button type="submit" className="button primary" aria-disabled={change.isPending}>
          {change.isPending ? 'Saving' : `Save ${incident.incident_number}`}
        </button>
      </div>
    </form>
  )
}
