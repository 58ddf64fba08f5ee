import { type FormEvent, type ReactNode, useState } from 'react'
import { fieldFaults, generalFault } from '../ui/fault-words.ts'
import { useFocusOnFault } from '../ui/field.tsx'

/** What a form needs to know of the change that it sends. */
type Change = { error: Error | null; isPending: boolean; isSuccess: boolean }

type FormProps<Name extends string> = {
  title: string
  labels: Readonly<Record<Name, string>>
  change: Change
  /** Names its object. */
  button: string
  /** What is said once it is done; nothing where the form goes away by itself. */
  done?: string
  onSend: (given: FormData) => void
  children: (faults: Partial<Record<Name, string>>) => ReactNode
}

/** A form of a side panel: its fields, what is wrong with each, and one button. */
export function KeptForm<Name extends string>(props: FormProps<Name>) {
  const { title, labels, change, button, done, onSend, children } = props
  const form = useFocusOnFault(change.error)
  const [isTouched, setTouched] = useState(false)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    if (change.isPending) return
    setTouched(false)
    onSend(new FormData(event.currentTarget))
  }
  return (
    <form
      ref={form}
      className="side-part"
      aria-label={title}
      onSubmit={submit}
      onChange={() => setTouched(true)}
    >
      <h3>{title}</h3>
      {children(fieldFaults(change.error, labels))}
      <div role="alert" className="form-fault">
        {generalFault(change.error, Object.keys(labels))}
      </div>
      <div role="status" className="form-fault">
        {change.isSuccess && !isTouched && done}
      </div>
      <button type="submit" className="button" aria-disabled={change.isPending}>
        {button}
      </button>
    </form>
  )
}

export const textOf = (given: FormData, name: string) => String(given.get(name) ?? '').trim()

/** A number that was typed; what is none is sent as it is, and the server says what is wrong with it. */
export function numberOf(given: FormData, name: string): number {
  const text = textOf(given, name).replace('−', '-').replace(',', '.')
  return text === ''
    ? (text as unknown as number)
    : Number.isNaN(Number(text))
      ? (text as unknown as number)
      : Number(text)
}

/** Words with commas between them. */
export const listOf = (given: FormData, name: string) =>
  textOf(given, name)
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
