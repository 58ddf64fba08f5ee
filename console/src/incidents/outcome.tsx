import type { Recommendation } from '@toneout/contract/operations/recommendations.ts'
import { reason } from '../access/ask.ts'
import { useCentre } from '../live/use-live.ts'
import { clockTime } from '../ui/format.ts'
import { plain } from '../ui/words.ts'
import { changesOf, unitsOf } from './plan.ts'
import { isDecided, type useOrder } from './use-order.ts'

type OutcomeProps = { order: ReturnType<typeof useOrder>['order']; plan: Recommendation | undefined }

/** What came of the last press. Both places are always there, so that what comes into them is read aloud. */
export function Outcome({ order, plan }: OutcomeProps) {
  const { variables, error } = order
  const units = variables && unitsOf(variables.plan)
  return (
    <>
      <div role="status">
        {order.isSuccess && (
          <p className="outcome">
            Sent {units} at {clockTime(order.submittedAt)}.
          </p>
        )}
      </div>
      <div role="alert">
        {error && variables && (
          <p className="outcome">
            <b>{isDecided(error) ? `${units} not sent.` : unknown(units)}</b>{' '}
            <Why error={error} before={variables.plan} plan={plan} />
          </p>
        )}
      </div>
    </>
  )
}

const unknown = (units: string | undefined) => `It is not known whether ${units} was sent.`

type WhyProps = { error: Error; before: Recommendation; plan: Recommendation | undefined }

/** What changed since the plan that was sent, once the new one is there; until then the server's words. */
function Why({ error, before, plan }: WhyProps) {
  const { units } = useCentre()
  const elsewhere = (id: number) => {
    const status = units.get(id)?.row.status
    return status === undefined || status === 'AVAILABLE' ? null : plain(status).toLowerCase()
  }
  const changed = isDecided(error) && plan !== undefined && plan.version !== before.version
  return changed ? changesOf(before, plan, elsewhere) : reason(error)
}
