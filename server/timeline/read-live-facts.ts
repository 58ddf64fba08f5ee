import type { LiveFact } from '@toneout/contract/model/fact.ts'
import { maskedCall, openNumberJson } from '../calls/caller.ts'
import type { Context } from '../context.ts'
import { findUnits } from '../fleet/reads.ts'
import { findAssignments, findIncidents } from '../incidents/reads.ts'
import { findHospitals } from '../places/reads.ts'
import { type CallFact, readFacts } from './store.ts'

type Id = number | null | undefined

const idIn = ({ data }: CallFact, name: string): Id => {
  const id = data[name]
  return typeof id === 'number' ? id : null
}

const nothing = { incident: null, unit: null, assignment: null, hospital: null, left_hospital: null }

/** Whether a fact is about more than a call. */
const isAboutMore = (fact: CallFact) =>
  (fact.incident_id ?? fact.unit_id ?? idIn(fact, 'assignment_id') ?? idIn(fact, 'hospital_id')) !== null

type Source = Pick<Context, 'db' | 'vault'>

/** The call as everybody on the stream may see it. */
function shownCall(call: CallFact['call'], vault: Context['vault']): LiveFact['call'] {
  if (call === null) return null
  const { caller_sealed, ...shown } = call
  return maskedCall({ ...shown, caller_number: openNumberJson(vault, { ...shown, caller_sealed }) })
}

type Found<T> = { get: (id: Id) => T | null }

/** Rows by their ids; asks for nothing where there is nothing to look for. */
async function findBy<T extends { id: number }>(
  ids: readonly Id[],
  find: (ids: number[]) => Promise<T[]>,
): Promise<Found<T>> {
  const wanted = new Set(ids.filter((id) => id !== null && id !== undefined))
  const rows = wanted.size === 0 ? [] : await find([...wanted])
  const byId = new Map(rows.map((row) => [row.id, row]))
  return { get: (id) => byId.get(id ?? -1) ?? null }
}

/**
 * Facts after a cursor in order, at most `limit`, with the rows they are about. The rows are read after the
 * facts, so each is at least as new as its fact; most pages are about calls alone and need no more reading.
 * A fact about an assignment has its hospital too, because how many are inbound follows from assignments.
 */
export async function readLiveFacts(
  { db, vault }: Source,
  after: number,
  limit: number,
): Promise<LiveFact[]> {
  const facts = await readFacts(db, after, limit)
  const call = (fact: CallFact) => shownCall(fact.call, vault)
  if (!facts.some(isAboutMore)) return facts.map((fact) => ({ ...fact, call: call(fact), ...nothing }))
  const [incidents, units, assignments] = await Promise.all([
    findBy(
      facts.map((fact) => fact.incident_id),
      (ids) => findIncidents(db, ids),
    ),
    findBy(
      facts.map((fact) => fact.unit_id),
      (ids) => findUnits(db.pool, ids),
    ),
    findBy(
      facts.map((fact) => idIn(fact, 'assignment_id')),
      (ids) => findAssignments(db, ids),
    ),
  ])
  const assignmentOf = (fact: CallFact) => assignments.get(idIn(fact, 'assignment_id'))
  const hospitalOf = (fact: CallFact) => idIn(fact, 'hospital_id') ?? assignmentOf(fact)?.hospital_id
  // Beside a hospital, `was` is the one before it.
  const leftBy = (fact: CallFact) => idIn(fact, 'hospital_id') && idIn(fact, 'was')
  const named = [...facts.map(hospitalOf), ...facts.map(leftBy)]
  const hospitals = await findBy(named, (ids) => findHospitals(db.pool, ids))
  return facts.map((fact) => ({
    ...fact,
    call: call(fact),
    incident: incidents.get(fact.incident_id),
    unit: units.get(fact.unit_id),
    assignment: assignmentOf(fact),
    hospital: hospitals.get(hospitalOf(fact)),
    left_hospital: hospitals.get(leftBy(fact)),
  }))
}
