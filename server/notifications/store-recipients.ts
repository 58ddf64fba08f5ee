import { endedAssignments } from '@toneout/contract/model/assignment.ts'
import type { Contact, ContactDuty, Language } from '@toneout/contract/model/contact.ts'
import type { WebhookEvent } from '@toneout/contract/model/message.ts'
import type { PersonRole } from '@toneout/contract/roles.ts'
import { type Connection, listOf } from '../lib/db.ts'

type On = Pick<Connection, 'query'>
const live = `a.status NOT IN ${listOf(endedAssignments)}`

/** People told because of one batch of facts, at most. */
const mostPeople = 5_000

export type PersonRow = {
  id: number
  role: PersonRole
  hospital_id: number | null
  unit_ids: number[]
  station_id: number | null
  shift: string
  available: boolean
  signed_in: boolean
  duty: ContactDuty
  has_phone: boolean
  has_push: boolean
  has_email: boolean
}

export type Asked = {
  units: readonly number[]
  assignments: readonly number[]
  hospitals: readonly number[]
  roles: readonly string[]
  people: readonly number[]
}

/**
 * Active people whom the facts may be for: crews of the units, who leads the assignments, who speaks for the
 * hospitals, who has one of the roles, and those named.
 */
export async function readPeople(on: On, asked: Asked, now: string): Promise<PersonRow[]> {
  const text = `WITH crews AS (
      SELECT person_id, unit_id FROM paramedics WHERE unit_id = ANY($1)
      UNION SELECT paramedic_id, unit_id FROM assignments WHERE id = ANY($2) AND paramedic_id IS NOT NULL
      UNION SELECT a.paramedic_id, a.unit_id FROM assignments a
        WHERE a.unit_id = ANY($1) AND a.paramedic_id IS NOT NULL AND ${live})
    SELECT p.id, p.role, p.hospital_id, coalesce(c.unit_ids, '{}') AS unit_ids, u.station_id,
      coalesce(pm.shift, d.shift, '') AS shift, coalesce(pm.available, true) AS available,
      EXISTS (SELECT FROM sessions s WHERE s.person_id = p.id AND s.expires_at > $6) AS signed_in,
      coalesce(k.duty, 'SIGNED_IN') AS duty, k.phone IS NOT NULL AS has_phone,
      EXISTS (SELECT FROM push_subscriptions v JOIN sessions t ON t.id = v.session_id
        WHERE v.person_id = p.id AND t.expires_at > $6) AS has_push, k.email IS NOT NULL AS has_email
    FROM people p
    LEFT JOIN (SELECT person_id, array_agg(unit_id) AS unit_ids FROM crews GROUP BY person_id) c
      ON c.person_id = p.id
    LEFT JOIN paramedics pm ON pm.person_id = p.id
    LEFT JOIN dispatchers d ON d.person_id = p.id
    LEFT JOIN units u ON u.id = coalesce(pm.unit_id, c.unit_ids[1])
    LEFT JOIN contacts k ON k.person_id = p.id
    WHERE p.active AND (c.person_id IS NOT NULL OR p.hospital_id = ANY($3) OR p.role = ANY($4)
      OR p.id = ANY($5))
    ORDER BY p.id LIMIT ${mostPeople}`
  const values = [asked.units, asked.assignments, asked.hospitals, asked.roles, asked.people, now]
  const { rows } = await on.query<PersonRow>({ name: 'told-people', text, values })
  // pg reads the numbers of an array as text.
  return rows.map((one) => ({ ...one, unit_ids: one.unit_ids.map(Number) }))
}

export type UnitRow = {
  id: number
  unit_number: string
  latitude: number | null
  longitude: number | null
}
export type IncidentRow = {
  id: number
  incident_number: string
  priority: number
  emergency_type: string
  location: string
}
export type HospitalRow = {
  id: number
  name: string
  diversion: string
  latitude: number
  longitude: number
  inbound: number[]
}

type Ids = { units: readonly number[]; incidents: readonly number[]; hospitals: readonly number[] }

/** The rows that facts are about, as they are now. */
export async function readAbout(on: On, { units, incidents, hospitals }: Ids) {
  const unitText = 'SELECT id, unit_number, latitude, longitude FROM units WHERE id = ANY($1)'
  const incidentText = `SELECT id, incident_number, priority, emergency_type, location FROM incidents
    WHERE id = ANY($1)`
  const hospitalText = `SELECT h.id, h.name, h.diversion, h.latitude, h.longitude,
      ARRAY(SELECT a.unit_id FROM assignments a WHERE a.hospital_id = h.id AND ${live}
        ORDER BY a.id LIMIT 200) AS inbound
    FROM hospitals h WHERE h.id = ANY($1)`
  const rows = async <T extends { id: number }>(name: string, text: string, ids: readonly number[]) => {
    if (ids.length === 0) return new Map<number, T>()
    const found = (await on.query({ name, text, values: [ids] })).rows as T[]
    return new Map(found.map((one) => [one.id, one]))
  }
  const found = await rows<HospitalRow>('told-hospitals', hospitalText, hospitals)
  for (const one of found.values()) one.inbound = one.inbound.map(Number)
  return {
    units: await rows<UnitRow>('told-units', unitText, units),
    incidents: await rows<IncidentRow>('told-incidents', incidentText, incidents),
    hospitals: found,
  }
}
export type AboutRows = Awaited<ReturnType<typeof readAbout>>

export type ListeningWebhook = { id: number; events: WebhookEvent[] }

/** Webhooks in use; a paused one is told later, as long as its events are of use. */
export async function readListening(on: On): Promise<ListeningWebhook[]> {
  const text = 'SELECT id, events FROM webhooks WHERE active AND retired_at IS NULL ORDER BY id LIMIT 100'
  return (await on.query<ListeningWebhook>({ name: 'listening-webhooks', text })).rows
}

export type SealedContact = {
  person_id: number
  phone: Buffer | null
  email: Buffer | null
  language: Language
  duty: Contact['duty']
}

/** How somebody is reached; undefined when there is no such person. */
export async function findContact(on: On, personId: number): Promise<SealedContact | undefined> {
  const text = `SELECT p.id AS person_id, k.phone, k.email, coalesce(k.language, 'en') AS language,
      coalesce(k.duty, 'SIGNED_IN') AS duty
    FROM people p LEFT JOIN contacts k ON k.person_id = p.id WHERE p.id = $1`
  return (await on.query<SealedContact>(text, [personId])).rows[0]
}

export type Reached = Omit<SealedContact, 'person_id'> & Pick<PersonRow, 'role' | 'available' | 'signed_in'>

/** How somebody is reached and whether they are on duty; undefined when there is no such active person. */
export async function findReached(on: On, personId: number, now: string): Promise<Reached | undefined> {
  const text = `SELECT k.phone, k.email, coalesce(k.language, 'en') AS language,
      coalesce(k.duty, 'SIGNED_IN') AS duty, p.role, coalesce(pm.available, true) AS available,
      EXISTS (SELECT FROM sessions s WHERE s.person_id = p.id AND s.expires_at > $2) AS signed_in
    FROM people p LEFT JOIN contacts k ON k.person_id = p.id LEFT JOIN paramedics pm ON pm.person_id = p.id
    WHERE p.id = $1 AND p.active`
  return (await on.query<Reached>({ name: 'find-reached', text, values: [personId, now] })).rows[0]
}

export async function writeContact(on: On, one: SealedContact, at: string): Promise<void> {
  await on.query(
    `INSERT INTO contacts (person_id, phone, email, language, duty, updated_at)
     VALUES ($1, $2, $3, $4, $5, $6)
     ON CONFLICT (person_id) DO UPDATE SET phone = $2, email = $3, language = $4, duty = $5, updated_at = $6`,
    [one.person_id, one.phone, one.email, one.language, one.duty, at],
  )
}
