import type { Unit } from '@toneout/contract/model/unit.ts'
import { memo, useCallback } from 'react'
import { openIncident } from '../calls/select.ts'
import { openSide } from '../frame/side-store.ts'
import { positionAge } from '../live/fleet.ts'
import { useLive } from '../live/use-live.ts'
import { dash, duration } from '../ui/format.ts'
import { focusLine } from '../ui/keyboard.ts'
import { Ticking } from '../ui/ticking.tsx'
import { kindWord, plain } from '../ui/words.ts'
import type { Where } from './use-whereabouts.ts'

type RowProps = Where & {
  unit: Unit
  stop: boolean
  /** It is ticked to go to the selected incident. */
  going: boolean
  /** It is on the incident that is selected. */
  onIncident: boolean
}

export const UnitRow = memo(function UnitRow({ unit, incident, place, title, ...row }: RowProps) {
  return (
    <tr
      aria-selected={row.onIncident}
      tabIndex={row.stop ? 0 : -1}
      data-stop={row.stop}
      data-key={unit.id}
      data-status={unit.status}
      data-going={row.going}
      onClick={() => {
        if (unit.incident_id === null) return openSide({ is: 'unit', id: unit.id })
        openIncident(unit.incident_id)
        focusLine()
      }}
    >
      <td className="c-unit mono">
        <b>{unit.unit_number}</b>
        <span className="unseen">
          {' '}
          {plain(unit.status)}
          {row.going && ', recommended'}
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
        <PositionAge id={unit.id} />
      </td>
    </tr>
  )
})

/** How old the position is by the server's clock: marked from a minute, said to be old from five. */
function PositionAge({ id }: { id: number }) {
  const live = useLive()
  const read = useCallback(
    (now: number) => {
      const [at, server] = [live.whereabouts.at(id), live.serverTime(now)]
      if (at === undefined) return { text: 'none', tone: 'none' }
      const tone = positionAge(at, server)
      const seconds = Math.max(0, (server - Date.parse(at)) / 1000)
      const text = tone === 'fresh' ? `${Math.floor(seconds)} s` : duration(seconds)
      return { text: tone === 'old' ? `old ${text}` : text, tone }
    },
    [live, id],
  )
  return <Ticking className="position-age" read={read} />
}
