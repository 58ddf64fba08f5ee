import { type DutyStatus, dutyStatuses, type Unit } from '@toneout/contract/model/unit.ts'
import { setUnitDuty } from '@toneout/contract/operations/fleet.ts'
import { ask } from '../access/ask.ts'
import { PageLink } from '../frame/page-link.tsx'
import { SideFacts } from '../frame/side-panel.tsx'
import { InputField, SelectField } from '../ui/field.tsx'
import { dash, stamp } from '../ui/format.ts'
import { plain } from '../ui/words.ts'
import { KeptForm, textOf } from './kept-form.tsx'
import { mayKeep, type SideProps } from './kept-page.tsx'
import { KeptSide } from './kept-side.tsx'
import { Retire } from './retire.tsx'
import { EditUnit } from './unit-form.tsx'
import { useChange, useCrew, useKeptUnit, useStationChoices } from './use-kept.ts'

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

function UnitFacts({ unit }: { unit: Unit }) {
  const stations = useStationChoices().data
  const nameOf = (id: number | null) => stations?.find((one) => one.id === id)?.name ?? dash
  const facts: [string, string][] = [
    ['Status', plain(unit.status)],
    ['Type', plain(unit.unit_type)],
    ['Station', nameOf(unit.station_id)],
    ...(unit.moved_to_station_id ? [['Covers', nameOf(unit.moved_to_station_id)] as [string, string]] : []),
    ['Position', unit.position_at === null ? 'None yet' : `of ${stamp(unit.position_at, Date.now())}`],
    ['Can do', unit.capabilities.join(', ') || dash],
    ['Equipment', unit.equipment.join(', ') || dash],
    ['Patients', String(unit.max_patients)],
  ]
  return (
    <>
      <SideFacts label={`Facts of ${unit.unit_number}`} facts={facts} />
      {unit.incident_id !== null && (
        <p className="side-part">
          <PageLink className="link" href={`/?incident=${unit.incident_id}`}>
            Open the incident it is on
          </PageLink>
        </p>
      )}
    </>
  )
}

function Crew({ unit }: { unit: Unit }) {
  const crew = useCrew(unit.id)
  return (
    <div className="side-part">
      <h3>Crew</h3>
      {crew.isError && <p className="field-fault">The crew could not be loaded.</p>}
      {crew.data?.length === 0 && <p className="quiet">Nobody is in it by their profile.</p>}
      <ul className="kept-list">
        {crew.data?.map((one) => (
          <li key={one.person_id}>
            <b>{one.full_name}</b> {one.shift && `· shift ${one.shift}`}
            {one.certifications.length > 0 && ` · ${one.certifications.join(', ')}`}
            {!one.licence_valid && <span className="soon"> · licence expired or not known</span>}
          </li>
        ))}
      </ul>
    </div>
  )
}

const dutyLabels = { duty: 'Duty', reason: 'Reason' }
const duties = dutyStatuses.map((value) => ({ value, words: plain(value) }))
const isDuty = (status: string): status is DutyStatus => dutyStatuses.includes(status as DutyStatus)

function Duty({ unit }: { unit: Unit }) {
  const set = useChange((body: { duty: DutyStatus; reason?: string }) =>
    ask('setUnitDuty', { params: { id: unit.id }, body }),
  )
  if (unit.assignment_id !== null) {
    return (
      <p className="side-part quiet-part">
        It is sent to an incident: its status follows from that until it is free again.
      </p>
    )
  }
  return (
    <KeptForm
      title="Duty"
      labels={dutyLabels}
      change={set}
      button={`Set the duty of ${unit.unit_number}`}
      done="Set."
      onSend={(given) => {
        const reason = textOf(given, 'reason')
        set.mutate({ duty: textOf(given, 'duty') as DutyStatus, ...(reason === '' ? {} : { reason }) })
      }}
    >
      {(faults) => (
        <div className="field-pair">
          <SelectField
            label={dutyLabels.duty}
            name="duty"
            options={duties}
            defaultValue={isDuty(unit.status) ? unit.status : 'AVAILABLE'}
            fault={faults.duty}
          />
          <InputField label={dutyLabels.reason} name="reason" maxLength={500} fault={faults.reason} />
        </div>
      )}
    </KeptForm>
  )
}
