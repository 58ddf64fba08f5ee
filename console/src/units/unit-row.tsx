import type { Unit } from '@toneout/contract/model/unit.ts'
import { memo } from 'react'
import { dash } from '../ui/format.ts'
import { focusLine } from '../ui/keyboard.ts'
import { kindWord, plain } from '../ui/words.ts'
import { openUnit } from './open-unit.ts'
import { PositionAge } from './position-age.tsx'
import type { Where } from './use-whereabouts.ts'

type RowProps = Where & {
  unit: Unit
  stop: boolean
  /** It is ticked to go to the selected incident. */
  going: boolean
  /** It is on the incident that is selected. */
  onIncident: boolean
}

export const UnitRow = memo(function UnitRow({ unit, incident, place, title, since, ...row }: RowProps) {
  return (
    <tr
      aria-selected={row.onIncident}
      tabIndex={row.stop ? 0 : -1}
      data-stop={row.stop}
      data-key={unit.id}
      data-status={unit.status}
      data-going={row.going}
      data-duress={unit.duress_at !== null}
      onClick={() => {
        if (openUnit(unit)) focusLine()
      }}
    >
      <td className="c-unit mono">
        <b>{unit.unit_number}</b>
        <span className="unseen">
          {' '}
          {plain(unit.status)}
          {row.going && ', recommended'}
          {unit.duress_at !== null && ', calls for help'}
        </span>
      </td>
      <td className="c-kind" title={plain(unit.unit_type)}>
        {kindWord(unit.unit_type)}
      </td>
      <td className="c-place" title={title ?? undefined}>
        {incident !== null && <span className="mono">{incident} </span>}
        {place || (incident === null && dash)}
      </td>
      <td className="c-age">
        <PositionAge id={unit.id} since={since} />
      </td>
    </tr>
  )
})
