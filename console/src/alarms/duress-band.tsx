import type { Incident } from '@toneout/contract/model/incident.ts'
import { type ReactNode, useCallback } from 'react'
import { shortNumber } from '../line/world.ts'
import { useCentre, useLive } from '../live/use-live.ts'
import { clockTime, duration } from '../ui/format.ts'
import { Ticking } from '../ui/ticking.tsx'
import { typeWord } from '../ui/words.ts'
import type { Duress } from './use-duress.ts'

/** More crews than call at once in the worst night; what more there are is counted. */
const mostLines = 4

type BandProps = { duress: readonly Duress[]; acts?: (one: Duress) => ReactNode }

/** Crews who call for help for themselves, over the whole page until each is cleared. */
export function DuressBand({ duress, acts }: BandProps) {
  const more = duress.length - mostLines
  return (
    <section className="duress-band" aria-label="Duress" hidden={duress.length === 0}>
      {duress.slice(0, mostLines).map((one) => (
        <div key={`${one.unit.id} ${one.since}`} className="duress-line" data-seen={one.isSeen}>
          <DuressWords one={one} />
          <span className="duress-acts">{acts?.(one)}</span>
        </div>
      ))}
      {more > 0 && <p className="duress-more">and {more} more</p>}
    </section>
  )
}

const named = ({ incident_number, emergency_type, location }: Incident) =>
  [`on ${shortNumber(incident_number)}`, typeWord(emergency_type), location].filter(Boolean).join(' ')

function DuressWords({ one: { unit, since, alarm } }: { one: Duress }) {
  const live = useLive()
  const { incidents } = useCentre()
  const incident = unit.incident_id === null ? undefined : incidents.get(unit.incident_id)?.row
  const read = useCallback(
    (now: number) => duration(Math.max(0, live.serverTime(now) - Date.parse(since)) / 1000),
    [live, since],
  )
  return (
    <>
      {/* The time runs beside what is read aloud, which would begin anew with every second. */}
      <p role="alert">
        <b>
          <span className="mono">{unit.unit_number}</span> calls for help
        </b>{' '}
        {incident ? named(incident) : 'on no incident'}
        {alarm && `, held by ${alarm.raised_by}`}
      </p>
      <Ticking className="duress-time" read={read} />
      <span className="duress-seen">
        {alarm?.acknowledged_at
          ? `seen by ${alarm.acknowledged_by} ${clockTime(alarm.acknowledged_at)}`
          : 'not seen by a desk yet'}
      </span>
    </>
  )
}
