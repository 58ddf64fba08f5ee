import pg from 'pg'
import { sealNumber } from '../calls/caller.ts'
import { wordsOf } from '../calls/words.ts'
import type { Vault } from '../lib/vault.ts'
import { phrases, rarePhrase } from './rules-phrases.ts'
import * as store from './store.ts'

const batch = 5_000
/** Fewer rows than this are quicker in the indexes as they are. */
const manyCalls = 20_000
const yearSeconds = 365 * 86_400

export type Seeding = {
  calls: number
  /** Utterances of each call. */
  interactions: number
  /** The newest call is of then, the others of the year before it. */
  now: Date
  onProgress?: (words: string) => void
}

const said = phrases.flat()
const saidWords = said.map((text) => wordsOf(text).join(' '))

async function takeIds(client: pg.Client, sequence: string, count: number): Promise<number[]> {
  const { rows } = await client.query<{ id: string }>(store.takeIds, [sequence, count])
  return rows.map(({ id }) => Number(id))
}

/** Calls from the number `first` on, each with its words, an incident and a unit's run. */
async function writeBatch(client: pg.Client, vault: Vault, first: number, asked: Seeding): Promise<number> {
  const count = Math.min(batch, asked.calls - first)
  const [ids, incidents] = [
    await takeIds(client, 'calls_id_seq', count),
    await takeIds(client, 'incidents_id_seq', count),
  ]
  const rows = ids.map((id, at) => {
    const number = `+1555${String(1_000_000 + (id % 9_000_000))}`
    const { caller_sealed, caller_index } = sealNumber(vault, id, number)
    const [sealed, index] = [caller_sealed.toString('hex'), caller_index.toString('hex')]
    return { n: first + at + 1, id, incident_id: incidents[at], sealed, index }
  })
  const values = [JSON.stringify(rows), asked.now.toISOString(), asked.calls, yearSeconds / asked.calls]
  await client.query(store.insertIncidents, values)
  await client.query(store.insertCalls, values)
  const words = [asked.interactions, said, saidWords, rarePhrase]
  await client.query(store.insertInteractions, [...values, ...words])
  await client.query(store.insertAssignments, values)
  return count
}

/** Whether the database has calls or incidents that no seeding made. */
export async function hasOthers(connection: pg.ClientConfig): Promise<boolean> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    return (await client.query<{ found: boolean }>(store.hasOthers)).rows[0]?.found ?? true
  } finally {
    await client.end()
  }
}

/**
 * Fills the database with ended calls of the last year, for looking at it at its size. All of it or none: the
 * indexes are away meanwhile, so no server should be at work. They and the statistics are made in the end.
 */
export async function seedCalls(connection: pg.ClientConfig, vault: Vault, asked: Seeding): Promise<void> {
  const { onProgress: tell = () => {}, calls } = asked
  const client = new pg.Client({ ...connection, options: '-c TimeZone=UTC -c maintenance_work_mem=256MB' })
  await client.connect()
  try {
    await client.query('BEGIN')
    await client.query(store.insertUnits, [asked.now.toISOString()])
    const { rows: indexes } = await client.query<{ name: string; text: string }>(store.readIndexes)
    const away = calls >= manyCalls ? indexes : []
    for (const { name } of away) await client.query(`DROP INDEX ${name}`)
    for (let done = 0; done < calls; ) {
      done += await writeBatch(client, vault, done, asked)
      tell(`${Math.floor((100 * done) / calls)} % of ${calls} calls`)
    }
    // What is still to be checked of the rows holds their tables.
    await client.query('SET CONSTRAINTS ALL IMMEDIATE')
    for (const { name, text } of away) {
      tell(`index ${name}`)
      await client.query(text)
    }
    // Days that were packed for figures have other incidents now, and no fact tells of them.
    await client.query('DELETE FROM figure_days')
    await client.query('COMMIT')
    tell('statistics')
    await client.query('VACUUM ANALYZE calls, call_interactions, incidents, assignments')
  } finally {
    await client.end()
  }
}
