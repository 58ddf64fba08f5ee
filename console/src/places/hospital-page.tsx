import type { ShownHospital } from '@toneout/contract/model/hospital.ts'
import type { Me } from '@toneout/contract/model/person.ts'
import { patchHospital } from '@toneout/contract/operations/places.ts'
import { ask } from '../access/ask.ts'
import { SideFacts } from '../frame/side-panel.tsx'
import { dash, position } from '../ui/format.ts'
import { plain, stepWord } from '../ui/words.ts'
import { Capacity, EditHospital, NewHospital } from './hospital-form.tsx'
import { type Kept, KeptPage, mayKeep, type SideProps } from './kept-page.tsx'
import { KeptSide } from './kept-side.tsx'
import { Retire } from './retire.tsx'
import { useChange, useHospitalList, useInbound, useKeptHospital } from './use-kept.ts'

const diversionOf = ({ diversion, diversion_reason: why }: ShownHospital) =>
  `${plain(diversion)}${why === '' ? '' : `: ${why}`}`

/** One hospital: what it can take, who is on the way there, and what a role may change. */
export function HospitalSide({ id, person, onClose }: SideProps) {
  const read = useKeptHospital(id)
  const retire = useChange((out: boolean) =>
    ask(out ? 'retireHospital' : 'restoreHospital', { params: { id } }),
  )
  const maySet = (patchHospital.who as readonly string[]).includes(person.role)
  return (
    <KeptSide what="hospital" title={read.data?.name} read={read} onClose={onClose}>
      {(hospital) => (
        <>
          <SideFacts label={`Facts of ${hospital.name}`} facts={factsOf(hospital)} />
          <Inbound hospital={hospital} />
          {maySet && hospital.retired_at === null && (
            <Capacity key={`capacity ${hospital.updated_at}`} hospital={hospital} />
          )}
          {mayKeep(person) && hospital.retired_at === null && (
            <EditHospital key={`edit ${hospital.id}`} hospital={hospital} />
          )}
          {mayKeep(person) && (
            <Retire name={hospital.name} retired={hospital.retired_at !== null} change={retire} />
          )}
        </>
      )}
    </KeptSide>
  )
}

const factsOf = (hospital: ShownHospital): [string, string][] => [
  ['Free beds', `${hospital.available_beds} of ${hospital.total_beds}`],
  ['Load', plain(hospital.emergency_capacity)],
  ['Diversion', diversionOf(hospital)],
  ['Specialties', hospital.specialties.map((one) => (one === 'PCI' ? one : plain(one))).join(', ') || dash],
  ['Telephone', hospital.phone || dash],
  ['Address', hospital.address || dash],
  ['Position', position(hospital.latitude, hospital.longitude) ?? dash],
]

function Inbound({ hospital }: { hospital: ShownHospital }) {
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

const hospitals: Kept<ShownHospital> = {
  name: 'Hospitals',
  one: 'hospital',
  placeholder: 'Name',
  useList: useHospitalList,
  label: (row) => row.name,
  columns: [
    { name: 'beds', title: 'Free beds', cell: (row) => `${row.available_beds} of ${row.total_beds}` },
    { name: 'load', title: 'Load', spare: true, cell: (row) => plain(row.emergency_capacity) },
    {
      name: 'diversion',
      title: 'Diversion',
      cell: (row) => (row.diversion === 'OPEN' ? 'Open' : <span className="soon">{diversionOf(row)}</span>),
    },
    { name: 'inbound', title: 'On the way', spare: true, cell: (row) => row.inbound },
  ],
  Side: HospitalSide,
  New: NewHospital,
}

/** Where patients are taken. */
export function HospitalPage({ person }: { person: Me }) {
  return <KeptPage person={person} kept={hospitals} />
}
