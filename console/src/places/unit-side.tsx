import { setUnitDuty } from '@toneout/contract/operations/fleet.ts'
import { ask } from '../access/ask.ts'
import { Duty } from './duty-form.tsx'
import { mayKeep, type SideProps } from './kept-page.tsx'
import { KeptSide } from './kept-side.tsx'
import { Retire } from './retire.tsx'
import { Crew, UnitFacts } from './unit-facts.tsx'
import { EditUnit } from './unit-form.tsx'
import { useChange, useKeptUnit } from './use-kept.ts'

/** One unit: what it is and does, who is in it, and what a role may change of it. */
export function UnitSide({ id, person, onClose }: SideProps) {
  const read = useKeptUnit(id)
  const retire = useChange((out: boolean) => ask(out ? 'retireUnit' : 'restoreUnit', { params: { id } }))
  const maySetDuty = (setUnitDuty.who as readonly string[]).includes(person.role)
  return (
    <KeptSide what="unit" title={read.data?.unit_number} read={read} onClose={onClose}>
      {(unit) => (
        <>
          <UnitFacts unit={unit} />
          <Crew unit={unit} />
          {maySetDuty && unit.retired_at === null && <Duty key={unit.status} unit={unit} />}
          {mayKeep(person) && unit.retired_at === null && <EditUnit key={`edit ${unit.id}`} unit={unit} />}
          {mayKeep(person) && (
            <Retire name={unit.unit_number} retired={unit.retired_at !== null} change={retire} />
          )}
        </>
      )}
    </KeptSide>
  )
}
