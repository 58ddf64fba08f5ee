import type { UnitType } from '@toneout/contract/model/unit.ts'
import type { Recommendation } from '@toneout/contract/operations/recommendations.ts'
import { useState } from 'react'
import { useCentre } from '../live/use-live.ts'
import { uncovered } from './coverage.ts'

export type Chosen = { readonly id: number; readonly number: string; readonly type: UnitType }

export type Choice = ReturnType<typeof useChoice>

const none: readonly Chosen[] = []

/** Who is ticked to go: those of the plan, until a person ticks others; and why that may not be enough. */
export function useChoice(plan: Recommendation | undefined) {
  const [own, setOwn] = useState<readonly number[] | null>(null)
  const { units } = useCentre()
  const picked = plan?.picks.map((pick) => pick.unit_id) ?? []
  const ids = own ?? picked
  const chosen: readonly Chosen[] = plan
    ? ids.flatMap((id) => {
        const unit = units.get(id)?.row
        const pick = plan.picks.find((one) => one.unit_id === id)
        if (!unit && !pick) return []
        const { unit_number: number, unit_type: type } = (unit ?? pick)!
        return { id, number, type }
      })
    : none
  return {
    chosen,
    isOwn: own !== null,
    has: (id: number) => ids.includes(id),
    toggle: (id: number) => setOwn(ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]),
    reset: () => setOwn(null),
    question: plan && chosen.length > 0 ? questionOf(plan, chosen) : null,
  }
}

const names: Partial<Record<UnitType, string>> = { BASIC: 'basic ambulance', ADVANCED: 'advanced ambulance' }

/** Why these units may not be enough for what the plan needs; null when they are. */
function questionOf(plan: Recommendation, chosen: readonly Chosen[]): string | null {
  const needs = [...plan.picks.map((pick) => pick.need), ...plan.unmet]
  const lacking = uncovered(
    needs,
    chosen.map((one) => one.type),
  )
  if (lacking.length === 0) return null
  return `Missing: ${lacking.map((type) => names[type] ?? type.toLowerCase()).join(', ')}.`
}
