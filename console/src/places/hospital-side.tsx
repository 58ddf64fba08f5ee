import { patchHospital } from '@toneout/contract/operations/places.ts'
import { ask } from '../access/ask.ts'
import { HospitalFacts, Inbound } from './hospital-facts.tsx'
import { Capacity, EditHospital } from './hospital-form.tsx'
import { mayKeep, type SideProps } from './kept-page.tsx'
import { KeptSide } from './kept-side.tsx'
import { Retire } from './retire.tsx'
import { useChange, useKeptHospital } from './use-kept.ts'

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
          <HospitalFacts hospital={hospital} />
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
