import type { InboundUnit } from '@toneout/contract/model/inbound-unit.ts'
import type { Me } from '@toneout/contract/model/person.ts'
import { Refused } from '../access/ask.ts'
import { PageFrame } from '../frame/page-frame.tsx'
import { duration } from '../ui/format.ts'
import { Empty, Failed, Skeleton } from '../ui/panel-states.tsx'
import { plain } from '../ui/words.ts'
import { Capacity } from './hospital-form.tsx'
import { PreAlerts } from './pre-alerts.tsx'
import { useOwnHospital } from './use-own-hospital.ts'

function UnitsComing({ units }: { units: readonly InboundUnit[] }) {
  if (units.length === 0) return <Empty>No unit is on its way here.</Empty>
  return (
    <table className="coming">
      <caption className="unseen">Units on their way here</caption>
      <thead>
        <tr>
          <th scope="col">Unit</th>
          <th scope="col">Priority</th>
          <th scope="col">Type</th>
          <th scope="col">State</th>
          <th scope="col">Arrives in</th>
        </tr>
      </thead>
      <tbody>
        {units.map(({ unit_number, priority, emergency_type, status, eta_seconds }) => (
          <tr key={unit_number}>
            <th scope="row">{unit_number}</th>
            <td>P{priority}</td>
            <td>{plain(emergency_type)}</td>
            <td>{plain(status)}</td>
            <td className="mono">{eta_seconds === null ? 'not known' : `about ${duration(eta_seconds)}`}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** What a hospital's own people see: who comes, what was understood of them, and what it can take. */
export function OwnHospitalPage({ person }: { person: Me }) {
  const read = useOwnHospital()
  const isNobody = read.error instanceof Refused && read.error.status === 404
  return (
    <PageFrame person={person} name={read.data?.name ?? 'Hospital'}>
      <div className="page">
        {isNobody && (
          <Empty>{person.username} speaks for no hospital yet. An admin names it under People.</Empty>
        )}
        {read.isError && !isNobody && <Failed what="The hospital" read={read} />}
        {read.isPending && <Skeleton rows={4} what="the hospital" />}
        {read.data && (
          <div className="own-hospital">
            <PreAlerts />
            <section className="box" aria-label="On the way here">
              <h2>On the way here</h2>
              <UnitsComing units={read.data.inbound_units} />
            </section>
            <div className="box">
              <Capacity key={read.data.updated_at} hospital={read.data} />
            </div>
          </div>
        )}
      </div>
    </PageFrame>
  )
}
