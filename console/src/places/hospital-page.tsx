import type { ShownHospital } from '@toneout/contract/model/hospital.ts'
import type { Me } from '@toneout/contract/model/person.ts'
import { plain } from '../ui/words.ts'
import { diversionOf } from './hospital-facts.tsx'
import { NewHospital } from './hospital-form.tsx'
import { HospitalSide } from './hospital-side.tsx'
import { type Kept, KeptPage } from './kept-page.tsx'
import { useHospitalList } from './use-kept.ts'

const hospitals: Kept<ShownHospital> = {
  name: 'Hospitals',
  one: 'hospital',
  placeholder: 'Name',
  useList: useHospitalList,
  label: (row) => row.name,
  columns: [
    {
      title: 'Free beds',
      className: 'kept-beds',
      cell: (row) => `${row.available_beds} of ${row.total_beds}`,
    },
    { title: 'Load', className: 'kept-load spare', cell: (row) => plain(row.emergency_capacity) },
    {
      title: 'Diversion',
      className: 'kept-diversion',
      cell: (row) => (row.diversion === 'OPEN' ? 'Open' : <span className="soon">{diversionOf(row)}</span>),
    },
    { title: 'On the way', className: 'kept-inbound spare', cell: (row) => row.inbound },
  ],
  Side: HospitalSide,
  New: NewHospital,
}

/** Where patients are taken. */
export function HospitalPage({ person }: { person: Me }) {
  return <KeptPage person={person} kept={hospitals} />
}
