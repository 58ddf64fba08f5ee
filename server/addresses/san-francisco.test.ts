import assert from 'node:assert/strict'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { after, before, test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { readCsvRows } from '../lib/csv-rows.ts'
import { type Database, openDatabase } from '../lib/db.ts'
import { distance, type Position } from '../lib/geo.ts'
import { importStreets } from '../streets/import-streets.ts'
import { createTestDatabase, type TestDatabase } from '../test/support/cluster.ts'
import { gazetteerConsumer } from './consumer.ts'
import { createGazetteer } from './gazetteer.ts'

const folder = join(import.meta.dirname, '../../../shared/data')
const file = (name: string) => join(folder, name)
const roads = [file('sf-street-segments-speed.csv.gz'), file('sf-streets-and-intersections.csv.gz')]
const calls = file('sf-fire-calls-2016-12-31_2017-01-07.csv.gz')
const skip = [...roads, calls].every(existsSync) ? false : 'the files of San Francisco are not here'

let database: TestDatabase
let db: Database

before(async () => {
  if (skip) return
  database = await createTestDatabase()
  db = openDatabase({ connection: database.connection, onIdleError: () => {} })
})
after(async () => {
  await db?.close()
  await database?.drop()
})

/** Each address that was called to, with the places that its rows give. */
async function readAddresses(): Promise<Map<string, Position[]>> {
  const places = new Map<string, Position[]>()
  const text = Readable.from([gunzipSync(readFileSync(calls)).toString('utf8')])
  for await (const { fields } of readCsvRows('calls', text, ['Address', 'Location'])) {
    const [latitude = Number.NaN, longitude = Number.NaN] = (fields.Location ?? '')
      .replace(/[()]/g, '')
      .split(',')
      .map(Number)
    const known = places.get(fields.Address ?? '') ?? []
    known.push({ latitude, longitude })
    places.set(fields.Address ?? '', known)
  }
  return places
}

const quantile = (sorted: readonly number[], q: number) => sorted[Math.floor(q * sorted.length)] as number

test('of a week 95 % of addresses are found, half within 10 m, 95 % within 120 m', { skip }, async (t) => {
  const ctx = { db, now: () => new Date() }
  await importStreets(roads, () => [gazetteerConsumer(ctx, 'san-francisco')], ctx.now)
  const gazetteer = createGazetteer({ db })
  const addresses = await readAddresses()
  const errors: number[] = []
  for (const [address, places] of addresses) {
    const [best] = await gazetteer.search(address, { limit: 5 })
    // Somewhere on a street is no address.
    if (!best || best.kind === 'street') continue
    const apart = places.map((place) => distance(place, best)).sort((a, b) => a - b)
    errors.push(quantile(apart, 0.5))
  }
  errors.sort((a, b) => a - b)
  const share = errors.length / addresses.size
  const [median, p95] = [quantile(errors, 0.5), quantile(errors, 0.95)]
  const metres = `median ${median.toFixed(1)} m, p95 ${p95.toFixed(1)} m`
  t.diagnostic(`${errors.length} of ${addresses.size} found (${(share * 100).toFixed(1)} %), ${metres}`)
  assert.ok(share >= 0.95, `${share}`)
  assert.ok(median <= 10, metres)
  assert.ok(p95 <= 120, metres)
})
