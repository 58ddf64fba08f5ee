import { type Transaction, toPgbench } from './raw-client.ts'

const freeUnit = `duty = 'AVAILABLE' AND retired_at IS NULL`
const told = `'assignment_id', :assignment::bigint, 'unit_number', :called::text,
  'paramedic_id', NULL::bigint, 'hospital_id', NULL::bigint, 'order_id', NULL::text`

/**
 * A dispatch as a program does it that asks the database one thing after the other (docs/benchmarks.md): the
 * rows that server/dispatch writes, in seven statements. An incident that is not open and a unit that is not
 * there give no row, and a bound unit breaks a unique index: each of them ends the run. That the unit is
 * free is not asked by a statement, so that raw pays for no more than it must.
 */
export const rawDispatch: Transaction = {
  name: 'sent',
  statements: [
    { sql: 'BEGIN' },
    {
      sql: 'SELECT status AS was FROM incidents WHERE id = :incident AND closed_at IS NULL FOR UPDATE',
      gives: 'was',
    },
    {
      sql: `SELECT unit_number AS called FROM units WHERE id = :unit AND ${freeUnit} FOR UPDATE`,
      gives: 'called',
    },
    {
      sql: `INSERT INTO assignments (incident_id, unit_id, dispatcher_id, assigned_at)
        VALUES (:incident, :unit, :dispatcher, now()) RETURNING id AS assignment`,
      gives: 'assignment',
    },
    { sql: `UPDATE incidents SET status = 'DISPATCHED', updated_at = now() WHERE id = :incident` },
    {
      sql: `INSERT INTO facts (at, type, actor_kind, actor_id, actor_name, incident_id, unit_id, data)
        VALUES (now(), 'unit_assigned', 'person', :dispatcher, :name, :incident, :unit,
          jsonb_build_object(${told}))`,
    },
    { sql: 'COMMIT' },
  ],
}

/**
 * The same as a script of pgbench. Each client counts for itself, and between the rows of one client lie
 * those of the others, so no two transactions are about the same row.
 */
export const pgbenchDispatch = [
  '\\set turn :turn + 1',
  '\\set unit :units + :turn * :clients + :client_id',
  '\\set incident :incidents + :turn * :clients + :client_id',
  ...toPgbench(rawDispatch),
].join('\n')
