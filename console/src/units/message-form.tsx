import { useMutation } from '@tanstack/react-query'
import type { Unit } from '@toneout/contract/model/unit.ts'
import { type FormEvent, useRef } from 'react'
import { ask } from '../access/ask.ts'
import { fieldFaults, generalFault } from '../ui/fault-words.ts'
import { InputField } from '../ui/field.tsx'

const labels = { text: 'Message' }

export function MessageForm({ unit }: { unit: Unit }) {
  const form = useRef<HTMLFormElement>(null)
  const send = useMutation({
    mutationFn: (text: string) => ask('sendCrewMessage', { params: { id: unit.id }, body: { text } }),
    onSuccess: () => form.current?.reset(),
  })
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    const text = String(new FormData(event.currentTarget).get('text') ?? '')
    if (!send.isPending) send.mutate(text)
  }
  return (
    <form ref={form} className="message-form" onSubmit={submit} noValidate>
      <InputField
        label="Message"
        name="text"
        autoComplete="off"
        maxLength={1_000}
        fault={fieldFaults(send.error, labels).text}
      />
      <button type="submit" className="button" aria-disabled={send.isPending}>
        {send.isPending ? 'Sending' : `Send to ${unit.unit_number}`}
      </button>
      <div role="alert" className="form-fault">
        {generalFault(send.error, ['text'])}
      </div>
    </form>
  )
}
