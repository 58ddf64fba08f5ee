import type pg from 'pg'

/** Rows made by SQL beforehand, each of which is used once. */
export type Shelf = {
  /** The next one; throws when none is left, because a used one would make another workload. */
  take: () => number
  /** What take() would give; all behind it are free. */
  first: () => number
  /** Makes sure that so many are there, whoever took some of them. */
  stock: (count: number) => Promise<void>
}

export type Pool = {
  units: Shelf
  incidents: Shelf
  stock: (units: number, incidents: number) => Promise<void>
}

const makeUnits = `INSERT INTO units
    (id, unit_number, unit_type, latitude, longitude, position_at, updated_at)
  SELECT n, 'B' || n, 'ADVANCED', 37.7, -122.4, now(), now() FROM generate_series($1::bigint, $2::bigint) n`
const makeIncidents = `INSERT INTO incidents (id, incident_number, priority, emergency_type, location,
    latitude, longitude, received_at, updated_at)
  SELECT n, 'I-26-' || n, n % 4 + 1, 'MEDICAL', '21 Harbour Street', 37.78, -122.41,
    -- As the server writes it; with parts of a millisecond each dispatch would change it, and its indexes.
    date_trunc('milliseconds', now()), now()
  FROM generate_series($1::bigint, $2::bigint) n`

function createShelf(sql: pg.Client, what: string, make: string, column: string): Shelf {
  let next = 1
  let last = 0
  return {
    take() {
      if (next > last) throw new Error(`no ${what} is left: this machine is faster than the bench expects`)
      next += 1
      return next - 1
    },
    first: () => next,
    async stock(count) {
      // pgbench does not tell how far its clients came; the table does. What lies between is left alone.
      const { rows } = await sql.query(`SELECT max(${column})::int AS used FROM assignments`)
      next = Math.max(next, (rows[0].used ?? 0) + 1)
      const wanted = next + count - 1
      if (wanted <= last) return
      await sql.query(make, [last + 1, wanted])
      last = wanted
    },
  }
}

export function createPool(sql: pg.Client): Pool {
  const units = createShelf(sql, 'free unit', makeUnits, 'unit_id')
  const incidents = createShelf(sql, 'open incident', makeIncidents, 'incident_id')
  return {
    units,
    incidents,
    async stock(unitCount, incidentCount) {
      await units.stock(unitCount)
      await incidents.stock(incidentCount)
      // Otherwise autovacuum does it in the midst of a phase. A table that is known to be empty is read as a
      // whole by every plan until it is looked at again, so those that fill up are left alone at first.
      const filling = units.first() > 1 ? ', assignments, facts' : ''
      await sql.query(`VACUUM (ANALYZE) units, incidents${filling}`)
    },
  }
}
