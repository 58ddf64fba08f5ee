import { useMutation } from '@tanstack/react-query'
import type { EmergencyType } from '@toneout/contract/model/call.ts'
import { type FormEvent, useState } from 'react'
import { ask } from '../access/ask.ts'
import { openIncident } from '../calls/select.ts'
import { closeSide } from '../frame/console-side.tsx'
import { SidePanel } from '../frame/side-panel.tsx'
import { generalFault } from '../ui/fault-words.ts'
import { DetailFields, detailsOf, nowhere } from './detail-fields.tsx'

/** A call that a person took, or what came in by radio: typed in by hand. */
export function RaisePanel({ type }: { type: EmergencyType | null }) {
  const [place, setPlace] = useState(nowhere)
  const [missing, setMissing] = useState(false)
  const raise = useMutation({
    mutationFn: (body: ReturnType<typeof detailsOf> & { emergency_type: EmergencyType }) =>
      ask('openIncident', { body }),
    onSuccess: (incident) => {
      openIncident(incident.id)
      closeSide()
    },
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const { emergency_type, ...rest } = detailsOf(event.currentTarget, place)
    setMissing(emergency_type === '')
    if (emergency_type === '' || raise.isPending) return
    raise.mutate({ ...rest, emergency_type: emergency_type as EmergencyType })
  }
  return (
    <SidePanel title="New incident" onClose={closeSide}>
      <form className="side-part" onSubmit={submit} noValidate>
        <DetailFields type={type ?? ''} priority={2} notes="" place={place} onPlace={setPlace} />
        <div role="alert" className="form-fault">
          {missing ? 'Choose the type of the emergency first.' : generalFault(raise.error, [])}
        </div>
        <div className="button-row">
          <button type="submit" className="button primary" aria-disabled={raise.isPending}>
            {raise.isPending ? 'Raising the incident' : 'Raise the incident'}
          </button>
        </div>
      </form>
    </SidePanel>
  )
}
