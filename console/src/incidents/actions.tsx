import type { Recommendation } from '@toneout/contract/operations/recommendations.ts'
import { dispatchButtonId } from '../calls/select.ts'
import { KeyHint } from '../ui/key-hint.tsx'
import { numbersOf } from './orders.ts'
import { Outcome } from './outcome.tsx'
import type { Choice } from './use-choice.ts'
import type { Pressing } from './use-press.ts'

type ActionsProps = {
  plan: Recommendation | undefined
  choice: Choice
  pressing: Pressing
  refresh: () => void
  isQuiet: boolean
}

/** The button that sends units, always in the same place. `isQuiet`: something else is to be done first. */
export function Actions({ plan, choice, pressing, refresh, isQuiet }: ActionsProps) {
  const { order, isArmed, asked, press, dropUnsent } = pressing
  const unsent = order?.is === 'unknown'
  return (
    <footer className="actions">
      <Outcome order={order} plan={plan} />
      {choice.cover && !asked && <p className="outcome">{choice.cover}</p>}
      <div role="alert">{asked && <p className="outcome question">{asked} Enter again sends them.</p>}</div>
      <div className="action-row">
        <button
          id={dispatchButtonId}
          type="button"
          className={isQuiet && !unsent ? 'button act' : 'button act primary'}
          aria-disabled={!isArmed}
          onClick={press}
        >
          {words(pressing, plan, choice)}
          {isArmed && <KeyHint keys="Enter" />}
        </button>
        {unsent && (
          <button
            type="button"
            className="button"
            onClick={() => {
              dropUnsent()
              refresh()
            }}
          >
            Do not send
          </button>
        )}
        {!unsent && <Change plan={plan} choice={choice} />}
      </div>
    </footer>
  )
}

/** To the ticks, and from own ticks back to the plan. */
function Change({ plan, choice }: Pick<ActionsProps, 'plan' | 'choice'>) {
  if (choice.isOwn) {
    return (
      <button type="button" className="button act-small" onClick={choice.reset}>
        Use the plan
      </button>
    )
  }
  if (!plan || plan.picks.length + plan.near_misses.length === 0) return null
  return (
    <button
      type="button"
      className="button act-small"
      onClick={() => document.querySelector<HTMLElement>('.plan-rows input:enabled')?.focus()}
    >
      Change
    </button>
  )
}

/** The button repeats the exact act, or says why there is none. */
function words({ order, asked }: Pressing, plan: Recommendation | undefined, choice: Choice): string {
  if (order?.is === 'sending') return `Sending ${numbersOf(order)}`
  if (order?.is === 'unknown') return `Send ${numbersOf(order)} again`
  const units = choice.chosen.map((one) => one.number).join(' + ')
  if (units !== '') return asked ? `Dispatch ${units} all the same` : `Dispatch ${units}`
  if (!plan) return 'Waiting for the plan'
  if (choice.isOwn) return 'No unit is ticked'
  return plan.unmet.length > 0 ? 'No unit may go' : 'Everybody needed has been sent'
}
