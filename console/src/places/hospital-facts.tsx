import type { ShownHospital } from '@toneout/contract/model/hospital.ts'
import { SideFacts } from '../frame/side-panel.tsx'
import { dash, position } from '../ui/format.ts'
import { plain, stepWord } from '../ui/words.ts'
import { useInbound } from './use-kept.ts'

/** Whether it takes patients, and why not. */
export const diversionOf = ({ diversion, diversion_reason: why }: ShownHospital) =>
  `${plain(diversion)}${why === '' ? '' : `: ${why}`}`

const factsOf = (hospital: ShownHospital): [string, string][] => [
  ['Free beds', `${hospital.available_beds} of ${hospital.total_beds}`],
  ['Load', plain(hospital.emergency_capacity)],
  ['Diversion', diversionOf(hospital)],
  ['Specialties', hospital.specialties.map((one) => (one === 'PCI' ? one : plain(one))).join(', ') || dash],
  ['Telephone', hospital.phone || dash],
  ['Address', hospital.address || dash],
  ['Position', position(hospital.latitude, hospital.longitude) ?? dash],
]

export function HospitalFacts({ hospital }: { hospital: ShownHospital }) {
  return <SideFacts label={`Facts of ${hospital.name}`} facts={factsOf(hospital)} />
}

/** Units that bring patients there. */
export function Inbound({ hospital }: { hospital: ShownHospital }) {
  const inbound = useInbound(hospital.id)
  return (
    <div className="side-part">
      <h3>On the way there</h3>
      {inbound.isError && <p className="field-fault">The units could not be loaded.</p>}
      {inbound.data?.length === 0 && <p className="quiet">No unit is on the way there.</p>}
      <ul className="kept-list">
        {inbound.data?.map(({ assignment, unit }) => (
          <li key={assignment.id}>
            <b className="mono">{unit.unit_number}</b> · {plain(unit.unit_type)} ·{' '}
            {stepWord(assignment.status)}
          </li>
        ))}
      </ul>
    </div>
  )
}
