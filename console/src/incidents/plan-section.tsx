import type { UseQueryResult } from '@tanstack/react-query'
import type { Recommendation } from '@toneout/contract/operations/recommendations.ts'
import { Failed } from '../ui/panel-states.tsx'
import { kindWord } from '../ui/words.ts'
import { hospitalWords } from './plan.ts'
import { drive, PlanRows } from './plan-rows.tsx'
import type { Choice } from './use-choice.ts'

/** Where the patient could go: the best few; the server ranks all of them. */
const hospitalsShown = 3

/** Where drive times come from, in words. */
const sources = { graph: 'road time now', router: 'road time now', crow: 'straight-line estimate' } as const

function sourceWords(plan: Recommendation): string {
  const source = plan.picks.find((pick) => pick.source !== null)?.source
  return source ? sources[source] : ''
}

type PlanProps = { query: UseQueryResult<Recommendation>; choice: Choice }

/** What the server recommends, and why; why others were not picked. */
export function PlanSection({ query, choice }: PlanProps) {
  const { data: plan } = query
  return (
    <section className="part plan" aria-labelledby="plan-title">
      <header className="part-head">
        <h3 id="plan-title">Recommended{plan && `: ${plan.needs.map(kindWord).join(' + ')}`}</h3>
        <span>{plan && sourceWords(plan)}</span>
      </header>
      {query.isError && <Failed what="The plan" read={query} />}
      {!plan && !query.isError && <p className="quiet">Looking for units</p>}
      {plan && (
        <>
          <PlanRows plan={plan} choice={choice} />
          <p className="quiet">{plan.why}</p>
          <Diverts plan={plan} />
          <Hospitals plan={plan} />
        </>
      )}
    </section>
  )
}

function Diverts({ plan }: { plan: Recommendation }) {
  if (plan.diverts.length === 0) return null
  return (
    <>
      <h4>Could be taken from a less grave incident</h4>
      <ul className="rows">
        {plan.diverts.map((one) => (
          <li key={one.assignment_id}>
            <b className="mono">{one.unit_number}</b>
            <span className="seconds">{drive(one.seconds)}</span>
            <span className="words" title={one.reason}>
              {one.reason}
            </span>
            <kbd>R {one.unit_number}</kbd>
          </li>
        ))}
      </ul>
    </>
  )
}

function Hospitals({ plan }: { plan: Recommendation }) {
  const shown = plan.hospitals.slice(0, hospitalsShown)
  if (shown.length === 0) return null
  return (
    <>
      <h4>Hospitals</h4>
      <ul className="rows hospitals">
        {shown.map((one) => (
          <li key={one.hospital_id} data-live={!one.offered_last}>
            <kbd>H{one.hospital_id}</kbd>
            <b>{one.name}</b>
            <span className="words">{hospitalWords(one.reason)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
