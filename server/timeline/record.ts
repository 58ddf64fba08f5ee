import type { Actor, FactType } from '@toneout/contract/model/fact.ts'
import type { Connection } from '../lib/db.ts'
import { insertRows } from '../lib/insert-rows.ts'

/** A fact to be written; ids and `at` come from the command that decided it. */
export type FactDraft = {
  at: string
  type: FactType
  /** `request_id`: the x-request-id of the request it acts by; none when the server acts by itself. */
  actor: Actor & { request_id?: string }
  call_id?: number | null
  incident_id?: number | null
  unit_id?: number | null
  data: Record<string, unknown>
}

/** Key of the advisory lock that orders the timeline: "tone" in ASCII. */
const timelineLock = 0x746f6e65

/**
 * The identity is numbered inside the lock and the lock is held to the commit, so facts become visible in
 * ascending order: a reader at `id > cursor` loses none. NOTIFY wakes the readers; it leaves with the commit.
 */
const around = {
  first: `pg_advisory_xact_lock(${timelineLock})`,
  also: "pg_notify('timeline', '')",
}

/** Appends facts, at least one, to the timeline; the last statement of a transaction before its commit. */
export function record(connection: Connection, facts: readonly FactDraft[]): Promise<unknown> {
  const columns = [
    { name: 'at', type: 'timestamptz', values: facts.map((fact) => fact.at) },
    { name: 'type', type: 'text', values: facts.map((fact) => fact.type) },
    { name: 'actor_kind', type: 'text', values: facts.map((fact) => fact.actor.kind) },
    { name: 'actor_id', type: 'bigint', values: facts.map((fact) => fact.actor.id) },
    { name: 'actor_name', type: 'text', values: facts.map((fact) => fact.actor.name) },
    { name: 'call_id', type: 'bigint', values: facts.map((fact) => fact.call_id ?? null) },
    { name: 'incident_id', type: 'bigint', values: facts.map((fact) => fact.incident_id ?? null) },
    { name: 'unit_id', type: 'bigint', values: facts.map((fact) => fact.unit_id ?? null) },
    { name: 'request_id', type: 'text', values: facts.map(({ actor }) => actor.request_id ?? null) },
    { name: 'data', type: 'jsonb', values: facts.map((fact) => JSON.stringify(fact.data)) },
  ]
  return insertRows(connection, 'facts', columns, around)
}
