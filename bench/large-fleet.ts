import { mkdirSync } from 'node:fs'
import type pg from 'pg'
import { graphPath, writeGraph } from '../server/streets/graph-file.ts'
import { makeCity } from './random-city.ts'
import { incident } from './rank-alone.ts'
import type { Scene } from './stage.ts'

export const fleetSize = 10_000

/** A city of 54,000 junctions, 26 km from west to east; the incident is in its midst, as is every unit. */
const city = { side: 233, seed: 7 }
const makeUnits = `INSERT INTO units
    (id, unit_number, unit_type, latitude, longitude, position_at, updated_at)
  SELECT n, 'U' || n, (ARRAY['BASIC','ADVANCED','CRITICAL','FIRE','POLICE','BASIC','ADVANCED'])[n % 7 + 1],
    37.7 + 0.1 * sin(n * 12.9898), -122.37 + 0.12 * sin(n * 78.233), now(), now()
  FROM generate_series(1, $1::int) n`
const makeHospitals = `INSERT INTO hospitals (name, latitude, longitude, updated_at)
  SELECT 'Hospital ' || n, 37.7 + 0.1 * sin(n * 3.7), -122.37 + 0.12 * cos(n * 5.1), now()
  FROM generate_series(1, 40) n`
const makeIncidents = `INSERT INTO incidents (id, incident_number, priority, emergency_type, location,
    latitude, longitude, received_at, updated_at)
  SELECT n, 'I-26-' || n, 1, 'CARDIAC', '21 Harbour Street', 37.68, -122.37, now(), now()
  FROM generate_series(1, $1::int / 4 + 1) n`
/** Every fourth unit is bound, each to an incident of its own; incident 1 is the one that is asked about. */
const bind = `INSERT INTO assignments (incident_id, unit_id, assigned_at)
  SELECT n / 4 + 1, n, now() FROM generate_series(4, $1::int, 4) n`
export const refresh = 'UPDATE units SET position_at = now()'

export async function fill(sql: pg.Client): Promise<void> {
  for (const make of [makeUnits, makeIncidents, bind]) await sql.query(make, [fleetSize])
  await sql.query(makeHospitals)
  await sql.query('VACUUM (ANALYZE) units, incidents, assignments, hospitals')
}

/** Gives the server the roads of the city while it runs, as an import does. */
export async function bringRoads(
  folder: string,
  { server: { port }, sql }: Scene,
  token: string,
): Promise<void> {
  mkdirSync(folder, { recursive: true })
  writeGraph(graphPath(folder), makeCity(city.side, city.seed))
  await sql.query("SELECT pg_notify('streets', '')")
  const headers = { authorization: `Bearer ${token}` }
  const isThere = async () => {
    const url = `http://127.0.0.1:${port}/api/incidents/${incident.id}/recommendation/`
    const { picks } = (await (await fetch(url, { headers })).json()) as { picks: { source: string }[] }
    return picks[0]?.source === 'graph'
  }
  while (!(await isThere())) await new Promise((next) => setTimeout(next, 100))
}
