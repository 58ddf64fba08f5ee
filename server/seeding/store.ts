/** Types and levels as often as they are in an ordinary year, roughly. */
const drawn = `LATERAL (SELECT abs(hashint8(r.id)::bigint) AS h) AS x, LATERAL (SELECT
    $2::timestamptz - ($3::bigint - r.n) * $4::float8 * interval '1 second' AS at,
    (ARRAY['MEDICAL','MEDICAL','MEDICAL','TRAUMA','CARDIAC','RESPIRATORY','STROKE','FIRE','POLICE','OTHER'])
      [1 + x.h % 10] AS type,
    (ARRAY['LOW','STANDARD','MEDIUM','MEDIUM','HIGH','HIGH','CRITICAL'])[1 + x.h / 10 % 7] AS level,
    (x.h % 400 + 1) || ' ' || (ARRAY['Alder','Foundry','Harbour','Mill','Canal','Station','Tower','Orchard'])
      [1 + x.h / 7 % 8] || ' ' || (ARRAY['Street','Row','Lane','Avenue','Crescent'])[1 + x.h / 3 % 5]
      AS location) AS d`
const rowsOf = `FROM json_to_recordset($1)
  AS r(n bigint, id bigint, incident_id bigint, sealed text, index text)`

export const insertUnits = `INSERT INTO units (unit_number, unit_type, retired_at, updated_at)
  SELECT 'SEED-' || n, (ARRAY['BASIC', 'ADVANCED'])[1 + n % 2], $1, $1 FROM generate_series(1, 40) AS n
  WHERE NOT EXISTS (SELECT FROM units WHERE unit_number = 'SEED-' || n)`

export const insertIncidents = `INSERT INTO incidents (id, incident_number, status, priority, emergency_type,
    location, latitude, longitude, received_at, closed_at, disposition, updated_at)
  SELECT r.incident_id, 'SEED-' || r.incident_id, 'CLOSED',
    CASE d.level WHEN 'CRITICAL' THEN 1 WHEN 'HIGH' THEN 2 WHEN 'MEDIUM' THEN 3 ELSE 4 END,
    d.type, d.location,
    37.7 + x.h % 1000 / 1e4, -122.5 + x.h / 1000 % 1000 / 1e4, d.at, d.at + interval '50 minutes',
    'TREATED_AND_TRANSPORTED', d.at
  ${rowsOf}, ${drawn}`

export const insertCalls = `INSERT INTO calls (id, call_sid, caller_sealed, caller_index, location, latitude,
    longitude, emergency_type, priority_level, status, created_at, answered_at, completed_at,
    duration_seconds, units_dispatched, incident_id, language, answered_by, lost_contact, updated_at, tags,
    review, over_target)
  SELECT r.id, 'SEED-' || r.id, decode(r.sealed, 'hex'), decode(r.index, 'hex'), d.location,
    37.7 + x.h % 1000 / 1e4, -122.5 + x.h / 1000 % 1000 / 1e4, d.type, d.level,
    CASE WHEN x.h % 25 = 0 THEN 'CANCELLED' ELSE 'COMPLETED' END, d.at,
    d.at + (x.h % 12) * interval '1 second', d.at + (90 + x.h % 240) * interval '1 second', 90 + x.h % 240,
    true, r.incident_id, (ARRAY['en','en','en','en','es'])[1 + x.h % 5],
    (ARRAY['AI','AI','AI','AI_THEN_HUMAN','HUMAN'])[1 + x.h / 11 % 5], x.h % 331 = 0, d.at,
    CASE WHEN x.h % 97 = 0 THEN ARRAY['training'] ELSE '{}' END,
    CASE WHEN x.h % 251 = 0 THEN 'NEEDED' WHEN x.h % 53 = 0 THEN 'DONE' END, 20 + x.h % 50 > 60
  ${rowsOf}, ${drawn}`

export const insertInteractions = `INSERT INTO call_interactions (call_id, sequence, speaker, message, words,
    created_at, spoken_at, confidence, language, is_final)
  SELECT r.id, k, CASE WHEN k % 2 = 0 THEN 'SYSTEM' ELSE 'CALLER' END, said.message,
    said.words::tsvector, d.at + (4 * k) * interval '1 second', d.at + (4 * k) * interval '1 second', 0.9,
    'en', true
  ${rowsOf}, ${drawn}, generate_series(0, $5::int - 1) AS k, LATERAL (SELECT
    CASE WHEN k = 1 THEN 'It is at ' || d.location WHEN k = 3 AND x.h % 9973 = 0 THEN $8::text
      ELSE ($6::text[])[1 + 2 * ((x.h + k / 2) % (array_length($6::text[], 1) / 2)) + k % 2] END AS message,
    CASE WHEN k = 1 THEN 'it is at ' || lower(d.location) WHEN k = 3 AND x.h % 9973 = 0 THEN $8::text
      ELSE ($7::text[])[1 + 2 * ((x.h + k / 2) % (array_length($7::text[], 1) / 2)) + k % 2] END AS words
    ) AS said`

export const insertAssignments = `INSERT INTO assignments (incident_id, unit_id, status, assigned_at,
    acknowledged_at, en_route_at, on_scene_at, cleared_at)
  SELECT r.incident_id, u.ids[1 + x.h % array_length(u.ids, 1)], 'CLEARED', d.at + (20 + x.h % 50) * sec,
    d.at + (30 + x.h % 50) * sec, d.at + (70 + x.h % 80) * sec, d.at + (240 + x.h % 480) * sec,
    d.at + (1800 + x.h % 1200) * sec
  ${rowsOf}, ${drawn}, (SELECT interval '1 second' AS sec) AS s,
    (SELECT array_agg(id ORDER BY id) AS ids FROM units WHERE unit_number LIKE 'SEED-%') AS u`

/** Indexes that are made anew when the rows are there, which is much quicker than row by row. */
export const readIndexes = `SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS text
  FROM pg_index i LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid
  WHERE c.oid IS NULL AND i.indrelid = ANY(ARRAY['calls', 'call_interactions', 'incidents',
    'assignments']::regclass[])
  ORDER BY 1`

/** Whether anything is there that no seeding made. */
export const hasOthers = `SELECT EXISTS (SELECT FROM calls WHERE call_sid NOT LIKE 'SEED-%')
  OR EXISTS (SELECT FROM incidents WHERE incident_number NOT LIKE 'SEED-%') AS found`

export const takeIds = 'SELECT nextval($1::regclass)::int8 AS id FROM generate_series(1, $2::int)'
