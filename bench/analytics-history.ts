import type pg from 'pg'

/** Spread over all seconds of the year in no order, by a stride that has no factor in common with it. */
const at = (n: string) => `timestamptz '2025-01-01Z' + make_interval(secs => (${n} * 7919.0 * 31) % 31536000)`
/** A number from 0 to below `most` that looks as if it were random. */
const some = (n: string, salt: number, most: number) =>
  `(hashint8extended(${n}, ${salt}) & 1048575) % ${most}`
const types = `ARRAY['MEDICAL','POLICE','FIRE','TRAUMA','CARDIAC','STROKE','RESPIRATORY','OTHER']`

const units = `INSERT INTO units (unit_number, unit_type, station_id, updated_at)
  SELECT 'B' || n, (ARRAY['ADVANCED','BASIC','FIRE'])[n % 3 + 1], 1 + n % 30, now()
  FROM generate_series(1, 300) AS n`
const stations = `INSERT INTO stations (id, name, latitude, longitude, updated_at)
  SELECT n, 'Bench ' || n, 48, 16, now() FROM generate_series(1, 30) AS n`

const incidents = `INSERT INTO incidents (incident_number, status, priority, emergency_type, location,
    latitude, longitude, received_at, closed_at, disposition, updated_at)
  SELECT 'B-' || n, 'CLOSED', 1 + ${some('n', 1, 4)}, (${types})[1 + ${some('n', 2, 8)}], 'Bench', 48 +
    ${some('n', 3, 1_000)} / 5000.0, 16 + ${some('n', 4, 1_000)} / 5000.0, at, at + interval '90 minutes',
    'EVALUATED_ONLY', at
  FROM generate_series(1, $1::bigint) AS n, LATERAL (SELECT ${at('n')} AS at) AS received ORDER BY at`

const calls = `INSERT INTO calls (call_sid, created_at, answered_at, answered_by, status, completed_at,
    incident_id, latitude, longitude, updated_at)
  SELECT 'B-' || i.id, at, at + make_interval(secs => ${some('i.id', 5, 30)}),
    (ARRAY['AI','AI','AI_THEN_HUMAN','HUMAN'])[1 + ${some('i.id', 6, 4)}], 'COMPLETED',
    at + interval '3 minutes', i.id, i.latitude, i.longitude, at
  FROM incidents i, LATERAL (SELECT i.received_at - interval '40 seconds' AS at) AS rang ORDER BY at`

/** A run for each incident and a second one for two in five. */
const runs = `INSERT INTO assignments (incident_id, unit_id, status, assigned_at, en_route_at, on_scene_at,
    transporting_at, at_hospital_at, cleared_at, import_source, import_key)
  SELECT i.id, u.id, 'CLEARED', at, at + make_interval(secs => ${some('k', 7, 120)}),
    at + make_interval(secs => 180 + ${some('k', 8, 900)}),
    at + make_interval(secs => 1800 + ${some('k', 9, 900)}),
    at + make_interval(secs => 2700 + ${some('k', 10, 900)}),
    at + make_interval(secs => 3600 + ${some('k', 11, 1_800)}),
    'bench', k::text
  FROM incidents i, generate_series(0, 1) AS run,
    LATERAL (SELECT i.id * 2 + run AS k, i.received_at + make_interval(secs => 60 + run * 30) AS at) AS sent,
    LATERAL (SELECT min(id) + ${some('k', 12, 300)} AS id FROM units) AS u
  WHERE run = 0 OR i.id % 5 < 2 ORDER BY i.received_at`

/** A year of so many incidents, each with its call and its runs, by 300 units of 30 stations. */
export async function seedYear(sql: pg.Client, count: number, tell: (line: string) => void): Promise<void> {
  await sql.query(stations)
  await sql.query(units)
  const steps: [string, string, unknown[]][] = [
    ['incidents', incidents, [count]],
    ['calls', calls, []],
    ['runs', runs, []],
  ]
  for (const [name, text, values] of steps) {
    const began = performance.now()
    const { rowCount } = await sql.query(text, values)
    tell(`analytics: ${rowCount} ${name} in ${((performance.now() - began) / 1_000).toFixed(0)} s`)
  }
  await sql.query('VACUUM ANALYZE incidents, calls, assignments')
  // The server packs days while they are filled, and no fact tells it of what came later.
  await sql.query('DELETE FROM figure_days')
}
