import { type FormEvent, useRef } from 'react'
import { fieldFaults, generalFault } from '../ui/fault-words.ts'
import { Field, useFocusOnFault } from '../ui/field.tsx'
import { useDesk } from './desk.ts'
import { useWriteHandover } from './use-handovers.ts'

const labels = { text: 'Note', desk: 'Desk' }

/** A note cannot be changed once it is there: the next shift may have read it. */
export function NoteForm() {
  const desk = useDesk()
  const write = useWriteHandover()
  const form = useFocusOnFault(write.error)
  const words = useRef<HTMLTextAreaElement>(null)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (write.isPending) return
    const text = words.current?.value ?? ''
    write.mutate({ text, desk }, { onSuccess: () => form.current?.reset() })
  }
  const faults = fieldFaults(write.error, labels)
  return (
    <form ref={form} className="side-part" aria-label="Note for the next shift" onSubmit={submit}>
      <h2>Note for the next shift</h2>
      <Field
        label={labels.text}
        hint="What is open, out of order or to be watched. No telephone numbers of callers."
        fault={faults.text}
      >
        {(given) => <textarea ref={words} name="text" rows={8} maxLength={4_000} {...given} />}
      </Field>
      <div role="alert" className="form-fault">
        {generalFault(write.error, Object.keys(labels))}
      </div>
      <div role="status" className="form-fault">
        {write.isSuccess && 'The note is there for the next shift.'}
      </div>
      <button type="submit" className="button primary" aria-disabled={write.isPending}>
        Leave the note
      </button>
    </form>
  )
}
