import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { gunzipSync } from 'node:zlib'
import { portHalvard } from './atlas.ts'
import { writeStreets } from './write-streets.ts'

test('the file is written whole, a line for each segment and place', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'toneout-city-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  const file = join(folder, 'new', 'port-halvard.streets.ndjson.gz')
  const atlas = portHalvard()
  const { segments, places } = atlas
  writeStreets(atlas, file)
  const lines = gunzipSync(readFileSync(file))
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  assert.equal(lines.length, segments.length + places.length)
  assert.deepEqual(lines[0], JSON.parse(JSON.stringify(segments[0])))
  assert.deepEqual(lines.at(-1), { place: JSON.parse(JSON.stringify(places.at(-1))) })
})
