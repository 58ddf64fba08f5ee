import type { Incident } from '@toneout/contract/model/incident.ts'
import type { Recommendation } from '@toneout/contract/operations/recommendations.ts'
import { useEffect, useState } from 'react'
import { reason } from '../access/ask.ts'
import { dispatchButtonId } from '../calls/select.ts'
import { useCentre } from '../live/use-live.ts'
import { clockTime } from '../ui/format.ts'
import { CloseForm } from './close-form.tsx'
import { changesOf, unitsOf } from './plan.ts'
import { isDecided, useOrder } from './use-order.ts'

type ActionsProps = { incident: Incident; plan: Recommendation | undefined; refresh: () => void }

/** What can be done about an open incident, always in the same place. */
export function Actions({ incident, plan, refresh }: ActionsProps) {
  const { order, send, sendAgain } = useOrder(incident.id)
  const armed = useArmed(plan?.version)
  const unsent = order.isError && !isDecided(order.error)
  const units = unsent ? unitsOf(order.variables.plan) : plan ? unitsOf(plan) : ''
  const ready = unsent || (armed && units !== '')
  const awaiting = incident.awaiting_close_since !== null
  const press = () => {
    if (order.isPending || !ready) return
    if (unsent) sendAgain()
    else if (plan) send(plan)
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
          onClick={press}
        >
          {order.isPending ? `Sending ${unitsOf(order.variables.plan)}` : act(unsent, plan, units)}
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

/** The button repeats the exact act, or says why there is none. */
function act(unsent: boolean, plan: Recommendation | undefined, units: string): string {
  if (unsent) return `Send ${units} again`
  if (units !== '') return `Dispatch ${units}`
  if (!plan) return 'Waiting for the plan'
  return plan.unmet.length > 0 ? 'No unit may go' : 'Everybody needed has been sent'
}

/** A press within this after the plan changed was meant for the plan before. */
const disarmedMs = 400

function useArmed(version: string | undefined): boolean {
  const [armedFor, setArmedFor] = useState<string>()
  useEffect(() => {
    const timer = setTimeout(() => setArmedFor(version), disarmedMs)
    return () => clearTimeout(timer)
  }, [version])
  return version !== undefined && armedFor === version
}

type OutcomeProps = { order: ReturnType<typeof useOrder>['order']; plan: Recommendation | undefined }

/** What came of the last press. */
function Outcome({ order, plan }: OutcomeProps) {
  const { units } = useCentre()
  const { variables, error } = order
  if (order.isPending || !variables) return <p className="outcome" role="status" />
  const words = unitsOf(variables.plan)
  const at = clockTime(order.submittedAt)
  if (!error) {
    return (
      <p className="outcome" role="status">
        Sent {words} at {at}.
      </p>
    )
  }
  const elsewhere = (id: number) => {
    const status = units.get(id)?.row.status
    return status === undefined || status === 'AVAILABLE' ? null : status.replaceAll('_', ' ').toLowerCase()
  }
  const changed = isDecided(error) && plan !== undefined && plan.version !== variables.plan.version
  const why = changed ? changesOf(variables.plan, plan, elsewhere) : reason(error)
  return (
    <p className="outcome" role="alert">
      <b>{isDecided(error) ? `${words} not sent.` : `It is not known whether ${words} was sent.`}</b> {why}
    </p>
  )
}
