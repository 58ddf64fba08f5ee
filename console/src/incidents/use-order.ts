import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { Recommendation } from '@toneout/contract/operations/recommendations.ts'
import { ask, Refused } from '../access/ask.ts'
import { newOrderId } from './plan.ts'

/** One press of the button: what was on the screen then, and the number that every try of it carries. */
export type Press = { order_id: string; plan: Recommendation }

/** The server has decided; anything else leaves open whether the order arrived. */
export const isDecided = (error: unknown): error is Refused => error instanceof Refused && error.status < 500

/**
 * Sends the plan of an incident. A press whose answer never came is sent again with its own number by
 * `sendAgain`, only when a person says so: the page never sends units by itself.
 */
export function useOrder(incidentId: number) {
  const queries = useQueryClient()
  const order = useMutation({
    mutationFn: ({ order_id, plan }: Press) => {
      const unit_ids = plan.picks.map((pick) => pick.unit_id)
      const body = { order_id, unit_ids, plan_version: plan.version }
      return ask('dispatchUnits', { params: { id: incidentId }, body })
    },
    onSettled: () => {
      void queries.invalidateQueries({ queryKey: ['plan', incidentId] })
      // The feed brings what changed; this is for a page whose feed is down.
      void queries.invalidateQueries({ queryKey: ['incident', incidentId] })
    },
  })
  return {
    order,
    send: (plan: Recommendation) => order.mutate({ order_id: newOrderId(), plan }),
    sendAgain: () => {
      if (order.variables) order.mutate(order.variables)
    },
  }
}
