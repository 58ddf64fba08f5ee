import assert from 'node:assert/strict'
import { test } from 'node:test'
import { viewSaving } from './call-list.ts'

/** What a saved view is asked to keep, and whether a caller's number is in it. */
const queries: [query: string, hasNumber: boolean][] = [
  ['', false],
  ['status=ACTIVE&ordering=priority_level', false],
  ['from=2026-11-01&to=2026-11-21T19%3A31%3A00.000Z', false],
  ['search=burning+shed', false],
  ['search=I-26-000123', false],
  ['search=94110', false],
  ['search=anonymous', false],
  ['caller_number=anonymous', false],
  ['search=%2B15550142', true],
  ['status=ACTIVE&search=+1+(555)+555-0142', true],
  ['search=words&search=5550142', true],
  ['?search=5550142', true],
  ['search=sip%3Abob%40example.org', true],
  ['caller_number=%2B15550142', true],
  ['caller_number=911', true],
  ['caller_number=bob', true],
]

test('a saved view keeps no number of a caller: it would be neither sealed nor on the record', () => {
  for (const [query, hasNumber] of queries) {
    const { success, error } = viewSaving.safeParse({ name: 'Mine', query })
    assert.equal(success, !hasNumber, query)
    if (error) assert.deepEqual(error.issues[0]?.path, ['query'])
  }
})
