import { longestDesk } from '@toneout/contract/model/handover.ts'
import { type FormEvent, useState } from 'react'
import { InputField } from '../ui/field.tsx'
import { chooseDesk, useDesk } from './desk.ts'

/** Says which desk this browser stands on. */
export function DeskForm() {
  const desk = useDesk()
  const [isSet, setSet] = useState(false)
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    chooseDesk(String(new FormData(event.currentTarget).get('desk') ?? ''))
    setSet(true)
  }
  return (
    <form className="side-part" aria-label="Desk" onSubmit={submit} onChange={() => setSet(false)}>
      <h2>Which desk this is</h2>
      <InputField
        label="Desk"
        name="desk"
        maxLength={longestDesk}
        defaultValue={desk}
        hint="Kept in this browser, for everybody who works at it."
      />
      <div role="status" className="form-fault">
        {isSet && (desk === '' ? 'This browser stands on no desk.' : `This is ${desk}.`)}
      </div>
      <button type="submit" className="button">
        Set the desk
      </button>
    </form>
  )
}
