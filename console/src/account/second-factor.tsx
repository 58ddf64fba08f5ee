import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { BothProofs, Me } from '@toneout/contract/model/person.ts'
import { useState } from 'react'
import { ask } from '../access/ask.ts'
import { daysLeft } from '../access/due.ts'
import { setEnrolling } from '../access/enrolling.ts'
import { sessionKey } from '../access/session.ts'
import { BothProofsForm } from './both-proofs-form.tsx'

/** Whether an authenticator app is asked for, and the way to the other state. */
export function SecondFactor({ person }: { person: Me }) {
  const [removing, setRemoving] = useState(false)
  const { enrolled, required } = person.second_factor
  const left = daysLeft(person.second_factor, Date.now())
  return (
    <section className="box" aria-labelledby="factor-title">
      <header className="box-head">
        <h2 id="factor-title">Authenticator app</h2>
        <span className="state" data-on={enrolled}>
          {enrolled ? 'On' : 'Off'}
        </span>
      </header>
      <p className="quiet">
        {enrolled
          ? 'Each sign-in asks for a code of the app or a recovery code. A new app brings new recovery codes.'
          : 'The password alone opens this account. An app on your telephone would ask for a code as well.'}
      </p>
      {left && <p>Your role needs one {left}.</p>}
      {!enrolled && (
        <button type="button" className="button primary" onClick={() => setEnrolling('app')}>
          Set up an authenticator app
        </button>
      )}
      {enrolled && removing && <Remove isRequired={required} onEnd={() => setRemoving(false)} />}
      {enrolled && !removing && (
        <div className="button-row">
          <button type="button" className="button" onClick={() => setEnrolling('codes')}>
            New recovery codes
          </button>
          <button type="button" className="button danger" onClick={() => setRemoving(true)}>
            Turn it off
          </button>
        </div>
      )}
    </section>
  )
}

/** Both proofs: a desk that was left unlocked must not be enough. */
function Remove({ isRequired, onEnd }: { isRequired: boolean; onEnd: () => void }) {
  const queries = useQueryClient()
  const remove = useMutation({
    mutationFn: (body: BothProofs) => ask('removeSecondFactor', { body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: sessionKey }),
  })
  return (
    <BothProofsForm
      label="Turn the authenticator app off"
      act="Turn the app off"
      danger
      sending={remove}
      onEnd={onEnd}
    >
      The password alone will open this account again.
      {isRequired && ' Your role needs an app, so you will be asked to set one up again.'}
    </BothProofsForm>
  )
}
