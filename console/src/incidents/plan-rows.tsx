import type { UnitType } from '@toneout/contract/model/unit.ts'
import type { Recommendation } from '@toneout/contract/operations/recommendations.ts'
import { useCentre } from '../live/use-live.ts'
import { dash, duration } from '../ui/format.ts'
import { kindWord, plain } from '../ui/words.ts'
import type { Choice } from './use-choice.ts'

type Listed = {
  unit_id: number
  unit_number: string
  unit_type: UnitType
  seconds: number | null
  metres?: number | null
  reason: string
}

/** Who is recommended, who was not picked and why; each may be ticked while it is free. */
export function PlanRows({ plan, choice }: { plan: Recommendation; choice: Choice }) {
  const { units } = useCentre()
  const isFree = (id: number) => units.get(id)?.row.status === 'AVAILABLE'
  return (
    <table className="plan-rows">
      <caption className="unseen">Units for this incident</caption>
      <colgroup>
        <col className="p-tick" />
        <col className="p-unit" />
        <col className="p-kind" />
        <col className="p-seconds" />
        <col />
        <col className="p-metres" />
      </colgroup>
      <thead className="unseen">
        <tr>
          <th scope="col">Send</th>
          <th scope="col">Unit</th>
          <th scope="col">Type</th>
          <th scope="col">Drive time</th>
          <th scope="col">Reason</th>
          <th scope="col">Distance</th>
        </tr>
      </thead>
      <tbody>
        {plan.picks.map((pick) => (
          <PlanRow
            key={pick.unit_id}
            one={{ ...pick, reason: sentence(pick.reason) }}
            choice={choice}
            may
            picked
          />
        ))}
        {plan.unmet.map((need, at) => (
          <tr key={`${need} ${at}`} className="unmet">
            <td />
            <td className="mono">{dash}</td>
            <td title={plain(need)}>{kindWord(need)}</td>
            <td>{dash}</td>
            <td colSpan={2}>No such unit may go</td>
          </tr>
        ))}
        {plan.near_misses.map((miss) => (
          <PlanRow key={miss.unit_id} one={miss} choice={choice} may={isFree(miss.unit_id)} picked={false} />
        ))}
      </tbody>
    </table>
  )
}

type RowProps = { one: Listed; choice: Choice; may: boolean; picked: boolean }

function PlanRow({ one, choice, may, picked }: RowProps) {
  const { unit_id, unit_number, unit_type, seconds, metres, reason } = one
  const isTicked = choice.has(unit_id)
  return (
    <tr data-picked={isTicked} data-may={may}>
      <td>
        <input
          type="checkbox"
          aria-label={`Send ${unit_number}`}
          checked={isTicked}
          disabled={!may}
          onChange={() => choice.toggle(unit_id)}
        />
      </td>
      <td className="mono">
        {unit_number}
        {picked && <span className="unseen"> recommended</span>}
      </td>
      <td title={plain(unit_type)}>{kindWord(unit_type)}</td>
      <td className="seconds">{drive(seconds)}</td>
      <td className="words" title={reason}>
        {reason}
      </td>
      <td className="metres">{typeof metres === 'number' ? `${(metres / 1000).toFixed(1)} km` : ''}</td>
    </tr>
  )
}

const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

/** There is no drive time to an incident whose position is not known. */
export const drive = (seconds: number | null) => (seconds === null ? dash : duration(Math.round(seconds)))
