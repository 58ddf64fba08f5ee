import type { UnitType } from '@toneout/contract/model/unit.ts'
import type { Recommendation } from '@toneout/contract/operations/recommendations.ts'
import { useState } from 'react'
import { useCentre } from '../live/use-live.ts'
import { uncovered } from './coverage.ts'
import { useCover } from './use-cover.ts'

export type Chosen = { readonly id: number; readonly number: string; readonly type: UnitType }

export type Choice = ReturnType<typeof useChoice>

const none: readonly Chosen[] = []

/** Who is ticked to go: those of the plan, until a person ticks others; and why that may not be enough. */
export function useChoice(plan: Recommendation | undefined, priority: number) {
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
  const cover = useCover(chosen, priority)
  return {
    chosen,
    /** What the centre would lose once these are sent; null for nothing. */
    cover,
    isOwn: own !== null,
    has: (id: number) => ids.includes(id),
    toggle: (id: number) => setOwn(ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]),
    reset: () => setOwn(null),
    question: plan && chosen.length > 0 ? questionOf(plan, chosen, cover) : null,
  }
}

const names: Partial<Record<UnitType, string>> = { BASIC: 'basic ambulance', ADVANCED: 'advanced ambulance' }

/** Why these units may not be enough for what the plan needs, and what they leave bare; null for neither. */
function questionOf(plan: Recommendation, chosen: readonly Chosen[], cover: string | null): string | null {
  const needs = [...plan.picks.map((pick) => pick.need), ...plan.unmet]
  const lacking = uncovered(
    needs,
    chosen.map((one) => one.type),
  )
  const missing = lacking.map((type) => names[type] ?? type.toLowerCase()).join(', ')
  return [missing && `Missing: ${missing}.`, cover].filter(Boolean).join(' ') || null
}
