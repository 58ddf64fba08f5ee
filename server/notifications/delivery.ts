import type { Context } from '../context.ts'
import { faultOf, type Outlets } from './channel.ts'
import { keepOutcome } from './outcome.ts'
import { toPerson } from './person-delivery.ts'
import { judge, type Outcome, type Patience, patience } from './rules-retry.ts'
import type * as store from './store.ts'
import { keyOf, toWebhook } from './webhook-delivery.ts'

export type Delivering = {
  outlets: Outlets
  /** From 0 to 1, for the random half of a pause. */
  chance: () => number
  /** Other patience than usual, in tests. */
  patience?: Partial<Patience>
  onStep?: (step: string) => void
}

type Base = Pick<Context, 'db' | 'now' | 'vault' | 'config' | 'settings'>

const gone = (fault: string): Outcome => ({ done: false, fault, final: true })

/** Tries a claimed message once, and keeps what came of it. */
export async function deliverMessage(ctx: Base, delivering: Delivering, one: store.Due): Promise<void> {
  const step = delivering.onStep ?? (() => {})
  const how = { ...patience[one.channel], ...delivering.patience }
  const times = { now: ctx.now().getTime(), expires: Date.parse(one.expires_at) }
  const send = () =>
    one.channel === 'WEBHOOK'
      ? toWebhook(ctx, one, how.timeoutMs)
      : toPerson(ctx, delivering.outlets, one, { key: keyOf(one), timeoutMs: how.timeoutMs })
  const isLate = times.now >= times.expires
  const tried = isLate
    ? gone('too late')
    : await send().catch((error) => ({ done: false, fault: faultOf(error) }) as const)
  step('sent')
  const judged = judge(how, one.attempts, tried, { ...times, now: ctx.now().getTime() }, delivering.chance())
  await keepOutcome(ctx, one, judged, tried.done)
  step('kept')
}
