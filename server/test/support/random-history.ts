/** Numbers from 0 to below 1 that are the same for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Sql = (text: string, values?: unknown[]) => Promise<unknown[]>
type History = { random: () => number; units: number[]; begin: number; days: number; incidents: number }
const types = ['CARDIAC', 'FIRE', 'MEDICAL']
const names = ['assigned_at', 'en_route_at', 'on_scene_at', 'transporting_at', 'at_hospital_at', 'cleared_at']

/**
 * Incidents with calls and runs: some have no call, no end or no run, some times are in the wrong order, some
 * were corrected, some incidents were merged, and some runs take weeks.
 */
export async function seedHistory(
  sql: Sql,
  { random, units, begin, days, incidents }: History,
): Promise<void> {
  const upTo = (most: number) => Math.floor(random() * most)
  const iso = (ms: number) => new Date(ms).toISOString()
  const [hospital] = (await sql(
    `INSERT INTO hospitals (name, latitude, longitude, updated_at)
    VALUES ('Random General', 48, 16, $1) RETURNING id`,
    [iso(begin)],
  )) as { id: number }[]
  for (let n = 1; n <= incidents; n += 1) {
    const at = begin + upTo(days * 86_400_000)
    const isMerged = n > 1 && random() < 0.03
    const merge = isMerged ? [1, '{}'] : [null, null]
    const place = random() < 0.1 ? [null, null] : [47.8 + random() * 0.5, 16.1 + random() * 0.5]
    const [incident] = (await sql(
      `INSERT INTO incidents (incident_number, status, priority, emergency_type, received_at, closed_at,
          disposition, updated_at, latitude, longitude, merged_into, merge_record)
        VALUES ($1, 'CLOSED', $2, $3, $4, $5, $6, $5, $7, $8,
          (SELECT min(id) FROM incidents WHERE $9::int = 1), $10) RETURNING id`,
      [
        ...[`R-${n}`, 1 + upTo(4), types[upTo(3)], iso(at), iso(at + 5_400_000)],
        ...[isMerged ? 'DUPLICATE' : 'EVALUATED_ONLY', ...place, ...merge],
      ],
    )) as { id: number }[]
    const id = (incident as { id: number }).id
    for (let call = upTo(3); call > 0; call -= 1) {
      const rang = at - 90_000 + upTo(180_000)
      const answered = random() < 0.1 ? null : iso(rang - 2_000 + upTo(30_000))
      await sql(
        `INSERT INTO calls (call_sid, created_at, answered_at, status, updated_at, incident_id, latitude,
            longitude)
          VALUES ($1, $2, $3, 'ACTIVE', $2, $4, $5, $6)`,
        [`R-${n}-${call}`, iso(rang), answered, random() < 0.1 ? null : id, ...place],
      )
    }
    for (let run = upTo(4); run > 0; run -= 1) {
      let time = at + upTo(120_000)
      const stamps = names.map((name) => {
        const now = time
        time += (random() < 0.05 ? -60_000 : 0) + upTo(random() < 0.01 ? 3_000_000_000 : 900_000)
        return name === 'assigned_at' || name === 'cleared_at' || random() > 0.2 ? iso(now) : null
      })
      const corrections = random() < 0.2 ? { on_scene_at: iso(at + upTo(1_200_000)) } : {}
      await sql(
        `INSERT INTO assignments (incident_id, unit_id, hospital_id, status, corrections, ${names.join(', ')})
          VALUES ($1, $2, $3, 'CLEARED', $4, $5, $6, $7, $8, $9, $10)`,
        [id, units[upTo(units.length)], hospital?.id, corrections, ...stamps],
      )
    }
  }
}
