import type { Recommendation } from '@toneout/contract/operations/recommendations.ts'
import { reason } from '../access/ask.ts'
import { useCentre } from '../live/use-live.ts'
import { clockTime } from '../ui/format.ts'
import { plain } from '../ui/words.ts'
import { isDecided, numbersOf, type Order } from './orders.ts'
import { changesOf } from './plan.ts'
import { UndoButton } from './undo-button.tsx'

type OutcomeProps = { order: Order | null; plan: Recommendation | undefined }

/** What came of the last press. Both places are always there, so that what comes into them is read aloud. */
export function Outcome({ order, plan }: OutcomeProps) {
  return (
    <>
      <div role="status">{order?.is === 'sent' && <SentWords order={order} />}</div>
      <div role="alert">
        {(order?.is === 'refused' || order?.is === 'unknown') && (
          <p className="outcome">
            <b>{order.is === 'refused' ? `${numbersOf(order)} not sent.` : 'Not sent.'}</b>{' '}
            {order.is === 'unknown' && `It is not known whether ${numbersOf(order)} was sent. `}
            <Why error={order.error} before={order.plan} plan={plan} />
          </p>
        )}
      </div>
    </>
  )
}

const undoneWords = { asked: 'Taking it back.', yes: 'Taken back; the crews are told.' }

function SentWords({ order }: { order: Extract<Order, { is: 'sent' }> }) {
  const { undone } = order
  return (
    <p className="outcome">
      Sent {numbersOf(order)} at {clockTime(order.at)}. {undone === 'no' && <UndoButton order={order} />}
      {undone === 'partly' && <b>Not all of it could be taken back: see the units sent.</b>}
      {(undone === 'asked' || undone === 'yes') && undoneWords[undone]}
    </p>
  )
}

type WhyProps = { error: unknown; before: Recommendation | null; plan: Recommendation | undefined }

/** What changed since the plan that was sent, once the new one is there; until then the server's words. */
function Why({ error, before, plan }: WhyProps) {
  const { units } = useCentre()
  const elsewhere = (id: number) => {
    const status = units.get(id)?.row.status
    return status === undefined || status === 'AVAILABLE' ? null : plain(status).toLowerCase()
  }
  const changed = isDecided(error) && before && plan && plan.version !== before.version
  return changed ? changesOf(before, plan, elsewhere) : reason(error)
}
