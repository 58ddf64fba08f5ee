import type { AlarmKind, AlarmStage } from '@toneout/contract/model/alarm.ts'
import { endedAssignments } from '@toneout/contract/model/assignment.ts'
import { type Connection, listOf } from '../lib/db.ts'

type On = Pick<Connection, 'query'>
const ended = listOf(endedAssignments)

/** Key of the advisory lock that one watching at a time holds to its commit: "toal" in ASCII. */
const watchingLock = 0x746f616c

/** False when another process watches at this moment. */
export async function takeWatching(connection: Connection): Promise<boolean> {
  const text = 'SELECT pg_try_advisory_xact_lock($1) AS taken'
  return (await connection.query<{ taken: boolean }>(text, [watchingLock])).rows[0]?.taken ?? false
}

/** Rows of each kind that are looked at; far more than a centre can have open at once. */
const most = 2_000

export type CrewRow = {
  id: number
  incident_id: number
  unit_id: number
  priority: number
  since: string
  heard: boolean
}

/** Crews that were sent and have not set out; `heard` when they, or one of them by message, acknowledged. */
export async function readCrewsAtRest(on: On): Promise<CrewRow[]> {
  const text = `SELECT a.id, a.incident_id, a.unit_id, i.priority, a.assigned_at AS since,
      a.status <> 'ASSIGNED' OR EXISTS (SELECT FROM messages m
        WHERE m.assignment_id = a.id AND m.acknowledged_at IS NOT NULL) AS heard
    FROM assignments a JOIN incidents i ON i.id = a.incident_id
    WHERE a.status IN ('ASSIGNED', 'ACKNOWLEDGED') AND a.status NOT IN ${ended}
    ORDER BY a.id LIMIT ${most}`
  return (await on.query<CrewRow>({ name: 'crews-at-rest', text })).rows
}

export type WaitingRow = { id: number; priority: number; since: string }

/** Open incidents of priority 1 and 2 that no unit is sent to, and since when that is so. */
export async function readWaiting(on: On): Promise<WaitingRow[]> {
  const text = `SELECT i.id, i.priority, greatest(i.received_at, i.reopened_at,
      (SELECT max(coalesce(a.cleared_at, a.cancelled_at, a.diverted_at)) FROM assignments a
        WHERE a.incident_id = i.id)) AS since
    FROM incidents i
    WHERE i.closed_at IS NULL AND i.priority <= 2 AND i.awaiting_close_since IS NULL
      AND NOT EXISTS (SELECT FROM assignments a WHERE a.incident_id = i.id AND a.status NOT IN ${ended})
    ORDER BY i.id LIMIT ${most}`
  return (await on.query<WaitingRow>({ name: 'waiting-incidents', text })).rows
}

export type CallRow = {
  id: number
  incident_id: number | null
  since: string
  lost: boolean
  wanted: boolean
}

/** Open calls that want a person and have none, or that went silent. */
export async function readTroubledCalls(on: On): Promise<CallRow[]> {
  const text = `SELECT id, incident_id, created_at AS since, lost_contact AS lost,
      status = 'ESCALATED' AND handoff IS NULL AS wanted
    FROM calls WHERE completed_at IS NULL
      AND (lost_contact OR (status = 'ESCALATED' AND handoff IS NULL))
    ORDER BY id LIMIT ${most}`
  return (await on.query<CallRow>({ name: 'troubled-calls', text })).rows
}

export type StandingAlarm = {
  id: number
  kind: AlarmKind
  subject_id: number
  call_id: number | null
  incident_id: number | null
  unit_id: number | null
  stage: AlarmStage
  stage_at: string
  acknowledged_at: string | null
}

export async function readStanding(on: On): Promise<StandingAlarm[]> {
  const text = `SELECT id, kind, subject_id, call_id, incident_id, unit_id, stage, stage_at, acknowledged_at
    FROM alarms WHERE ended_at IS NULL ORDER BY id LIMIT ${5 * most} FOR NO KEY UPDATE`
  return (await on.query<StandingAlarm>({ name: 'standing-troubles', text })).rows
}

type NewAlarm = Omit<StandingAlarm, 'id' | 'acknowledged_at'>

export async function insertAlarm(on: On, one: NewAlarm): Promise<number> {
  const text = `INSERT INTO alarms
      (kind, subject_id, call_id, incident_id, unit_id, stage, stage_at, raised_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, CASE WHEN $6 = 'CREW' THEN NULL ELSE $7::timestamptz END)
    RETURNING id`
  const { kind, subject_id, call_id, incident_id, unit_id, stage, stage_at } = one
  const values = [kind, subject_id, call_id, incident_id, unit_id, stage, stage_at]
  return (await on.query<{ id: number }>(text, values)).rows[0]?.id as number
}

export async function moveStage(on: On, id: number, stage: AlarmStage, at: string): Promise<void> {
  const text = `UPDATE alarms SET stage = $2, stage_at = $3, raised_at = coalesce(raised_at, $3)
    WHERE id = $1`
  await on.query(text, [id, stage, at])
}

export async function endAlarms(on: On, ids: readonly number[], at: string): Promise<void> {
  await on.query('UPDATE alarms SET ended_at = $2 WHERE id = ANY($1)', [ids, at])
}

type Held = StandingAlarm & { ended_at: string | null }

/** An alarm of desks, held until the transaction ends; undefined when there is none. */
export async function holdAlarm(on: On, id: number): Promise<Held | undefined> {
  const text = `SELECT id, kind, subject_id, call_id, incident_id, unit_id, stage, stage_at, acknowledged_at,
    ended_at FROM alarms WHERE id = $1 AND raised_at IS NOT NULL FOR UPDATE`
  return (await on.query<Held>(text, [id])).rows[0]
}

export async function markTaken(on: On, id: number, at: string, by: number | null): Promise<void> {
  await on.query('UPDATE alarms SET acknowledged_at = $2, acknowledged_by = $3 WHERE id = $1', [id, at, by])
}
