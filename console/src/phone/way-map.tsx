import type { DriveRoute } from '@toneout/contract/model/streets.ts'
import { useEffect, useState } from 'react'
import { useCrew } from './crew-store.ts'
import { useSharing } from './position.ts'
import { ask } from './session.ts'
import { planOfWay, scaleLength } from './way.ts'

/** The time and the way to the navigation lie over the upper part, so the way is drawn below them. */
const above = 62
const size = { width: 366, height: 120, pad: 22 }
const whole = size.height + above
const everyMs = 20_000

/** The way from where the unit is to the incident, read again while it drives; null while there is none. */
export function useWay(incidentId: number | null): DriveRoute | null {
  const { view, isConnected } = useCrew()
  const [way, setWay] = useState<DriveRoute | null>(null)
  const unitId = view?.unit?.id
  const { latitude, longitude } = view?.incident ?? {}
  // Until the server knows where the unit is, there is no way.
  const isPlaced = useSharing().sentAt !== null
  useEffect(() => {
    if (incidentId === null || !isConnected) return undefined
    const read = () => {
      if (document.visibilityState !== 'visible') return
      // Without a way the straight line is shown; nothing of it is worth a word.
      ask<DriveRoute>('GET', `/api/incidents/${incidentId}/route/?unit_id=${unitId}`).then(setWay, () => {})
    }
    read()
    const timer = setInterval(read, everyMs)
    return () => clearInterval(timer)
  }, [incidentId, unitId, isConnected, latitude, longitude, isPlaced])
  return way?.incident_id === incidentId ? way : null
}

const length = (metres: number) => (metres >= 1_000 ? `${metres / 1_000} km` : `${metres} m`)

/** The way drawn north up: where the unit is, how it goes, where it is needed. */
export function WayMap({ way, priority }: { way: DriveRoute; priority: number }) {
  const plan = planOfWay(way.geometry.coordinates, size)
  const [from, to] = [plan?.points[0], plan?.points.at(-1)]
  if (!plan || !from || !to) return null
  const metres = scaleLength(plan.metresOfPixel, 90)
  const bar = metres / plan.metresOfPixel
  return (
    <svg
      className="way"
      viewBox={`0 ${-above} ${size.width} ${whole}`}
      data-source={way.source}
      role="img"
      aria-label={way.source === 'crow' ? 'Straight line to the incident' : 'Way to the incident'}
    >
      <polyline className="way-edge" points={plan.points.join(' ')} />
      <polyline className="way-line" points={plan.points.join(' ')} />
      <circle className="way-unit" cx={from[0]} cy={from[1]} r="8" />
      <g className="way-end" data-rank={priority} transform={`translate(${to[0]} ${to[1]})`}>
        <rect x="-11" y="-11" width="22" height="22" rx={priority === 2 ? 11 : 4} />
        <text y="5.5" textAnchor="middle">
          {priority}
        </text>
      </g>
      <path className="way-scale" d={`M10 ${size.height - 12}v4h${bar.toFixed(1)}v-4`} />
      <text className="way-words" x={16 + bar} y={size.height - 8}>
        {length(metres)}
      </text>
      <path className="way-scale" d={`M${size.width - 16} ${size.height - 22}v-14m-4 5 4-5 4 5`} />
      <text className="way-words" x={size.width - 16} y={size.height - 8} textAnchor="middle">
        N
      </text>
    </svg>
  )
}
