import { type InputHTMLAttributes, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { ChevronIcon, EyeIcon, EyeOffIcon } from './icons.tsx'

type Given = { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined }

type FieldProps = {
  label: string
  hint?: ReactNode
  fault?: string | undefined
  children: (given: Given) => ReactNode
}

/**
 * A control with its label, what to know about it, and what is wrong with it. That is an alert, because the
 * focus may be in the field already, and then nothing else would read it aloud.
 */
export function Field({ label, hint, fault, children }: FieldProps) {
  const id = useId()
  const [hintId, faultId] = [`${id}-hint`, `${id}-fault`]
  const described = [hint ? hintId : '', fault ? faultId : ''].filter(Boolean).join(' ')
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children({ id, 'aria-describedby': described || undefined, 'aria-invalid': fault ? true : undefined })}
      {hint && (
        <p id={hintId} className="field-hint">
          {hint}
        </p>
      )}
      <div role="alert">
        {fault && (
          <p id={faultId} className="field-fault">
            {fault}
          </p>
        )}
      </div>
    </div>
  )
}

type InputProps = Omit<FieldProps, 'children'> & InputHTMLAttributes<HTMLInputElement>

export function InputField({ label, hint, fault, ...input }: InputProps) {
  return (
    <Field label={label} hint={hint} fault={fault}>
      {(given) => <input spellCheck={false} autoCapitalize="none" {...input} {...given} />}
    </Field>
  )
}

/** What is typed can be looked at: long passwords are mistyped more often than read over a shoulder. */
export function PasswordField({ label, hint, fault, ...input }: Omit<InputProps, 'type'>) {
  const [shown, setShown] = useState(false)
  return (
    <Field label={label} hint={hint} fault={fault}>
      {(given) => (
        <span className="with-button">
          <input
            spellCheck={false}
            autoCapitalize="none"
            {...input}
            {...given}
            type={shown ? 'text' : 'password'}
          />
          <button type="button" className="icon-button" onClick={() => setShown(!shown)}>
            {shown ? <EyeOffIcon /> : <EyeIcon />}
            <span className="unseen">
              {shown ? 'Hide' : 'Show'} {label.toLowerCase()}
            </span>
          </button>
        </span>
      )}
    </Field>
  )
}

type SelectProps = Omit<FieldProps, 'children'> & {
  name: string
  options: readonly { value: string; words: string }[]
  defaultValue?: string
  onChange?: (value: string) => void
}

export function SelectField({ label, hint, fault, name, options, defaultValue, onChange }: SelectProps) {
  return (
    <Field label={label} hint={hint} fault={fault}>
      {(given) => (
        <span className="with-chevron">
          <select
            className="select"
            name={name}
            defaultValue={defaultValue}
            onChange={(event) => onChange?.(event.target.value)}
            {...given}
          >
            {options.map(({ value, words }) => (
              <option key={value} value={value}>
                {words}
              </option>
            ))}
          </select>
          <ChevronIcon />
        </span>
      )}
    </Field>
  )
}

/** After a failure the focus goes to the first field that is to blame. */
export function useFocusOnFault(error: unknown) {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (error) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus()
  }, [error])
  return form
}
