import type { Incident } from '@toneout/contract/model/incident.ts'
import { type FormEvent, useState } from 'react'
import { generalFault } from '../ui/fault-words.ts'
import { InputField } from '../ui/field.tsx'
import { useIncidentChange } from './use-incident-records.ts'

const words = {
  reopen: { ask: 'Open it again', act: 'Open', hint: 'Goes on record.' },
  cancel: {
    ask: 'Cancel before anybody arrived',
    act: 'Cancel',
    hint: 'Goes on record. Units that are under way are freed.',
  },
} as const

/** An act that goes on record with why. */
export function WithReason({ incident, act }: { incident: Incident; act: 'reopen' | 'cancel' }) {
  const change = useIncidentChange(incident.id)
  const [missing, setMissing] = useState(false)
  const said = words[act]
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const reason = String(new FormData(event.currentTarget).get('reason')).trim()
    setMissing(reason === '')
    if (reason === '' || change.isPending) return
    change.mutate(act === 'reopen' ? { reopen: reason } : { cancel: reason })
  }
  return (
    <details className="side-part">
      <summary className="button">{said.ask}</summary>
      <form className="side-form" aria-label={said.ask} onSubmit={submit} noValidate>
        <InputField
          label="Why"
          name="reason"
          maxLength={500}
          autoComplete="off"
          hint={said.hint}
          fault={missing ? 'Say why.' : undefined}
        />
        <div role="alert" className="form-fault">
          {generalFault(change.error, [])}
        </div>
        <button type="submit" className="button" aria-disabled={change.isPending}>
          {said.act} {incident.incident_number}
        </button>
      </form>
    </details>
  )
}
