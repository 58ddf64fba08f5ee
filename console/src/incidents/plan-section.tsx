import type { UseQueryResult } from '@tanstack/react-query'
import type { Recommendation } from '@toneout/contract/operations/recommendations.ts'
import { dash, duration } from '../ui/format.ts'
import { Failed } from '../ui/panel-states.tsx'
import { plain } from '../ui/words.ts'
import { hospitalWords } from './plan.ts'

/** Where the patient could go: the best few; the server ranks all of them. */
const hospitalsShown = 3

/** What the server recommends, and why; why others were not picked. */
export function PlanSection({ query }: { query: UseQueryResult<Recommendation> }) {
  const { data: plan } = query
  return (
    <section className="part plan" aria-labelledby="plan-title">
      <h3 id="plan-title">Recommended{plan && `: ${plan.needs.map(plain).join(' + ')}`}</h3>
      {query.isError && (
        <Failed
          what="The plan"
          error={query.error}
          since={query.errorUpdatedAt}
          retry={() => void query.refetch()}
          busy={query.isFetching}
        />
      )}
      {!plan && !query.isError && <p className="quiet">Looking for units</p>}
      {plan && <PlanRows plan={plan} />}
    </section>
  )
}

function PlanRows({ plan }: { plan: Recommendation }) {
  return (
    <>
      <p className="quiet">{plan.why}</p>
      <table className="plan-rows">
        <caption className="unseen">Units for this incident</caption>
        <colgroup>
          <col className="p-unit" />
          <col className="p-kind" />
          <col className="p-seconds" />
          <col />
        </colgroup>
        <thead className="unseen">
          <tr>
            <th scope="col">Unit</th>
            <th scope="col">Type</th>
            <th scope="col">Drive time</th>
            <th scope="col">Reason</th>
          </tr>
        </thead>
        <tbody>
          {plan.picks.map((pick) => (
            <PlanRow key={pick.unit_id} {...pick} reason={sentence(pick.reason)} picked />
          ))}
          {plan.unmet.map((need, at) => (
            <tr key={`${need} ${at}`} className="unmet">
              <td className="mono">{dash}</td>
              <td>{plain(need)}</td>
              <td>{dash}</td>
              <td>No such unit may go</td>
            </tr>
          ))}
          {plan.near_misses.map((miss) => (
            <PlanRow key={miss.unit_id} {...miss} picked={false} />
          ))}
        </tbody>
      </table>
      <Diverts plan={plan} />
      <Hospitals plan={plan} />
    </>
  )
}

type Listed = {
  unit_number: string
  unit_type: Recommendation['needs'][number]
  seconds: number | null
  reason: string
  picked: boolean
}

function PlanRow({ unit_number, unit_type, seconds, reason, picked }: Listed) {
  return (
    <tr data-picked={picked}>
      <td className="mono">
        {unit_number}
        {picked && <span className="unseen"> recommended</span>}
      </td>
      <td>{plain(unit_type)}</td>
      <td className="seconds">{drive(seconds)}</td>
      <td title={reason}>{reason}</td>
    </tr>
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
            <b>{one.name}</b>
            <span className="words">{hospitalWords(one.reason)}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

/** There is no drive time to an incident whose position is not known. */
const drive = (seconds: number | null) => (seconds === null ? dash : duration(Math.round(seconds)))
