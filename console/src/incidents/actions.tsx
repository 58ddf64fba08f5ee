import type { Incident } from '@toneout/contract/model/incident.ts'
import type { Recommendation } from '@toneout/contract/operations/recommendations.ts'
import { useEffect, useState } from 'react'
import { dispatchButtonId } from '../calls/select.ts'
import { CloseForm } from './close-form.tsx'
import { Outcome } from './outcome.tsx'
import { unitsOf } from './plan.ts'
import { isDecided, useOrder } from './use-order.ts'

type ActionsProps = { incident: Incident; plan: Recommendation | undefined; refresh: () => void }

/** What can be done about an open incident, always in the same place. */
export function Actions({ incident, plan, refresh }: ActionsProps) {
  const { order, send, sendAgain } = useOrder(incident.id)
  const { armed, disarm } = useArmed(plan?.version, order.isError ? order.submittedAt : 0)
  const unsent = order.isError && !isDecided(order.error)
  const units = unsent ? unitsOf(order.variables.plan) : plan ? unitsOf(plan) : ''
  const ready = unsent || (armed && units !== '')
  const awaiting = incident.awaiting_close_since !== null
  const press = () => {
    if (order.isPending || !ready) return
    if (unsent) sendAgain()
    else if (plan) send(plan)
    disarm()
  }
  return (
    <footer className="actions">
      <Outcome order={order} plan={plan} />
      <div className="action-row">
        <button
          id={dispatchButtonId}
          type="button"
          className={awaiting && !unsent ? 'button act' : 'button act primary'}
          aria-disabled={order.isPending || !ready}
          title={ready && !unsent ? 'F2 comes here from anywhere, Enter sends' : undefined}
          onClick={press}
        >
          {order.isPending ? `Sending ${unitsOf(order.variables.plan)}` : act(unsent, plan, units)}
          {ready && !unsent && <KeysHint />}
        </button>
        {unsent && (
          <button
            type="button"
            className="button"
            onClick={() => {
              order.reset()
              refresh()
            }}
          >
            Do not send
          </button>
        )}
      </div>
      <CloseForm incident={incident} />
    </footer>
  )
}

/** Seen, not read aloud: the button's name stays the act, and its title says the same. */
function KeysHint() {
  return (
    <span className="keys-hint" aria-hidden="true">
      <kbd>F2</kbd> <kbd>Enter</kbd>
    </span>
  )
}

/** The button repeats the exact act, or says why there is none. */
function act(unsent: boolean, plan: Recommendation | undefined, units: string): string {
  if (unsent) return `Send ${units} again`
  if (units !== '') return `Dispatch ${units}`
  if (!plan) return 'Waiting for the plan'
  return plan.unmet.length > 0 ? 'No unit may go' : 'Everybody needed has been sent'
}

/** A press within this after the plan changed was meant for the plan before. */
const disarmedMs = 400

/** Armed for one press on one plan; armed again by another plan, or when the press came to nothing. */
function useArmed(version: string | undefined, failedAt: number) {
  const [armedFor, setArmedFor] = useState<string>()
  // A failure arms the same plan again.
  useEffect(() => {
    const timer = setTimeout(() => setArmedFor(version), disarmedMs)
    return () => clearTimeout(timer)
  }, [version, failedAt])
  const armed = version !== undefined && armedFor === version
  return { armed, disarm: () => setArmedFor(undefined) }
}
