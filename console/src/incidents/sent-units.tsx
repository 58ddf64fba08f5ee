import type { Assignment } from '@toneout/contract/model/assignment.ts'
import { effectiveMilestones, isLive, milestones } from '@toneout/contract/model/assignment.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import { type ReactNode, useMemo } from 'react'
import { RunningTimer } from '../calls/call-timer.tsx'
import { openSide } from '../frame/side-store.ts'
import { useCentre } from '../live/use-live.ts'
import { clockTime } from '../ui/format.ts'
import { kindWord, plain, stepWord } from '../ui/words.ts'
import { ToldCrew, useTold } from './told-crews.tsx'

/** Everybody who was sent, those who are still on it first; how far they got and since when. */
export function SentUnits({ incident, dispatches }: { incident: Incident; dispatches: boolean }) {
  const { assignments } = useCentre()
  const sent = useMemo(() => sentTo(incident.id, assignments), [incident.id, assignments])
  const isWaiting = sent.some((one) => one.status === 'ASSIGNED')
  const told = useTold(incident.id, dispatches && sent.length > 0, isWaiting)
  return (
    <section className="part" aria-labelledby="sent-title">
      <h3 id="sent-title">Units sent</h3>
      {sent.length === 0 ? (
        <p className="quiet">No unit has been sent yet.</p>
      ) : (
        <ul className="rows">
          {sent.map((one) => (
            <SentUnit key={one.id} one={one} dispatches={dispatches}>
              <ToldCrew messages={told} unitId={one.unit_id} />
            </SentUnit>
          ))}
        </ul>
      )}
    </section>
  )
}

type Known = ReadonlyMap<number, { row: Assignment }>

function sentTo(incidentId: number, known: Known): Assignment[] {
  const rows = [...known.values()].map((entry) => entry.row).filter((row) => row.incident_id === incidentId)
  return rows.sort((a, b) => Number(isLive(b.status)) - Number(isLive(a.status)) || a.id - b.id)
}

type SentProps = { one: Assignment; dispatches: boolean; children: ReactNode }

function SentUnit({ one, dispatches, children }: SentProps) {
  const unit = useCentre().units.get(one.unit_id)?.row
  const number = unit?.unit_number ?? `#${one.unit_id}`
  const since = effectiveMilestones(one)[milestones[one.status]]
  return (
    <li data-live={isLive(one.status)}>
      <b className="mono">{number}</b>
      <span className="kind">{unit && kindWord(unit.unit_type)}</span>
      <span className="words">{plain(stepWord(one.status))}</span>
      {since !== null && <span className="moment">{clockTime(since)}</span>}
      {since !== null && isLive(one.status) && <RunningTimer since={since} />}
      {dispatches && (
        <button
          type="button"
          className="link"
          aria-label={`Times of ${number}`}
          title="Correct a time"
          onClick={() => openSide({ is: 'correct', id: one.id })}
        >
          Times
        </button>
      )}
      {children}
    </li>
  )
}
