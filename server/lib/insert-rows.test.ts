import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import pg from 'pg'
import { createTestDatabase, type TestDatabase } from '../test/support/cluster.ts'
import { insertRows } from './insert-rows.ts'

let database: TestDatabase
let client: pg.Client
before(async () => {
  database = await createTestDatabase()
  client = new pg.Client(database.connection)
  await client.connect()
  await client.query('CREATE TABLE pets (name text, legs int)')
})
after(async () => {
  await client.end()
  await database.drop()
})

const cases: [what: string, names: string[], legs: number[]][] = [
  ['one row', ['cat'], [4]],
  ['rows that differ', ['cat', 'hen'], [4, 2]],
  ['a column that is the same', ['cat', 'dog'], [4, 4]],
  ['rows that are all alike', ['cat', 'cat', 'cat'], [4, 4, 4]],
]

describe('rows that are inserted together', () => {
  for (const [what, names, legs] of cases) {
    test(what, async () => {
      await client.query('TRUNCATE pets')
      const columns = [
        { name: 'name', type: 'text', values: names },
        { name: 'legs', type: 'int', values: legs },
      ]
      await insertRows(client as never, 'pets', columns)
      const { rows } = await client.query('SELECT name, legs FROM pets ORDER BY name')
      assert.deepEqual(
        rows.map((row) => [row.name, Number(row.legs)]),
        names.map((name, at) => [name, legs[at]]),
      )
    })
  }
})
