import type { Actor, FactType } from '@toneout/contract/model/fact.ts'
import type { Connection } from '../lib/db.ts'

/** A fact to be written; ids and `at` come from the command that decided it. */
export type FactDraft = {
  at: string
  type: FactType
  actor: Actor
  call_id?: number | null
  incident_id?: number | null
  unit_id?: number | null
  data: Record<string, unknown>
}

/** Key of the advisory lock that orders the timeline: "tone" in ASCII. */
const timelineLock = 0x746f6e65

/**
 * The identity is numbered inside the lock and the lock is held to the commit, so facts become visible in
 * ascending order: a reader at `id > cursor` loses none. The lock is a row of the join, so it is taken before
 * any numbering.
 */
const append = `
WITH turn AS MATERIALIZED (SELECT pg_advisory_xact_lock(${timelineLock}))
INSERT INTO facts (at, type, actor_kind, actor_id, actor_name, call_id, incident_id, unit_id, data)
SELECT f.at, f.type, f.actor_kind, f.actor_id, f.actor_name, f.call_id, f.incident_id, f.unit_id, f.data
FROM turn, json_to_recordset($1) AS f(at timestamptz, type text, actor_kind text, actor_id bigint,
  actor_name text, call_id bigint, incident_id bigint, unit_id bigint, data jsonb)`

/**
 * Appends facts to the timeline; the last statement of a transaction before its commit. Readers are woken by
 * NOTIFY, which leaves with the commit. Statements are sent together; await all that is returned.
 */
export function record(connection: Connection, facts: readonly FactDraft[]): Promise<unknown>[] {
  const rows = facts.map(({ actor, ...fact }) => ({
    ...fact,
    actor_kind: actor.kind,
    actor_id: actor.id,
    actor_name: actor.name,
  }))
  return [
    connection.query({ name: 'record-facts', text: append, values: [JSON.stringify(rows)] }),
    connection.query({ name: 'notify-timeline', text: "SELECT pg_notify('timeline', '')" }),
  ]
}
