import { useMutation } from '@tanstack/react-query'
import type { Person } from '@toneout/contract/model/people.ts'
import { ask, Refused, reason } from '../access/ask.ts'
import { focusSide } from '../frame/side-panel.tsx'
import { Confirm } from '../ui/confirm.tsx'
import { usePeopleAgain } from './use-people.ts'

/** A refusal is a sentence by itself; anything else needs one around it. */
const why = (what: string, error: Error | null) =>
  error && (error instanceof Refused && error.status < 500 ? error.message : `${what} ${reason(error)}`)

/** For somebody who lost the telephone with the app. */
export function TakeApp({ person }: { person: Person }) {
  const take = useMutation({
    mutationFn: () => ask('resetSecondFactor', { params: { id: person.id } }),
  })
  return (
    <div className="side-part">
      <Confirm
        ask="Take the authenticator app away"
        act={`Take the app of ${person.username} away`}
        busy={take.isPending}
        onAct={() => take.mutate()}
        isDone={take.isSuccess}
        fault={why('The app is still asked for.', take.error)}
      >
        For somebody who lost the telephone and the recovery codes. Make sure that it is {person.username} who
        asks. All their browsers are signed out, and the password alone opens the account.
      </Confirm>
      <div role="status" className="form-fault">
        {take.isSuccess && `No app is asked of ${person.username} any more.`}
      </div>
    </div>
  )
}

/** Out and in again: the account stays, as the timeline names people by it. */
export function ShutOut({ person }: { person: Person }) {
  const again = usePeopleAgain()
  const change = useMutation({
    mutationFn: (active: boolean) => ask('patchPerson', { params: { id: person.id }, body: { active } }),
    onSuccess: () => {
      focusSide()
      return again()
    },
  })
  const fault = why('Nothing was changed.', change.error)
  if (person.active) {
    return (
      <div className="side-part">
        <Confirm
          ask="Shut this person out"
          act={`Shut ${person.username} out`}
          busy={change.isPending}
          onAct={() => change.mutate(false)}
          fault={fault}
        >
          {person.username} is signed out everywhere at once and cannot sign in until an admin lets them in
          again.
        </Confirm>
      </div>
    )
  }
  return (
    <div className="side-part">
      <p>{person.username} was shut out.</p>
      <button
        type="button"
        className="button"
        aria-disabled={change.isPending}
        onClick={() => change.isPending || change.mutate(true)}
      >
        Let {person.username} in again
      </button>
      <div role="alert" className="form-fault">
        {fault}
      </div>
    </div>
  )
}
