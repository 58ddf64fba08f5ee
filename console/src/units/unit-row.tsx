import type { Unit } from '@toneout/contract/model/unit.ts'
import { memo, useCallback } from 'react'
import { openIncident } from '../calls/select.ts'
import { positionAge } from '../live/fleet.ts'
import { useLive } from '../live/use-live.ts'
import { dash, duration } from '../ui/format.ts'
import { Ticking } from '../ui/ticking.tsx'
import { plain } from '../ui/words.ts'

type RowProps = {
  unit: Unit
  incidentNumber: string | null
  station: string | null
  /** Without the words that all stations begin with. */
  shortStation: string | null
  stop: boolean
  /** It is on the incident that is selected. */
  onIncident: boolean
}

export const UnitRow = memo(function UnitRow({
  unit,
  incidentNumber,
  station,
  shortStation,
  ...row
}: RowProps) {
  const bound = unit.incident_id
  return (
    <tr
      aria-selected={row.onIncident}
      tabIndex={row.stop ? 0 : -1}
      data-stop={row.stop}
      data-key={unit.id}
      data-status={unit.status}
      onClick={() => {
        if (bound !== null) openIncident(bound)
      }}
    >
      <td className="c-unit mono">
        <b>{unit.unit_number}</b>
        <span className="unseen"> {plain(unit.status)}</span>
      </td>
      <td className="c-kind">{plain(unit.unit_type)}</td>
      <td className="c-place" title={station ?? undefined}>
        {incidentNumber === null ? (shortStation ?? dash) : <span className="mono">{incidentNumber}</span>}
        {incidentNumber !== null && shortStation !== null && <small> {shortStation}</small>}
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
