import type { Unit } from '@toneout/contract/model/unit.ts'
import { PageLink } from '../frame/page-link.tsx'
import { SideFacts } from '../frame/side-panel.tsx'
import { dash, stamp } from '../ui/format.ts'
import { plain } from '../ui/words.ts'
import { useCrew, useStationChoices } from './use-kept.ts'

export function UnitFacts({ unit }: { unit: Unit }) {
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

/** Who is in it, as their profiles say. */
export function Crew({ unit }: { unit: Unit }) {
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
