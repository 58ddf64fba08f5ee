import assert from 'node:assert/strict'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { root } from '../tidy/files.ts'
import { databasePage } from './database-page.ts'
import { settle } from './generated-files.ts'
import { missingComments, type Schema } from './read-schema.ts'
import { registryHosts } from './registry-hosts.ts'

const column = {
  name: 'id',
  type: 'bigint',
  required: true,
  default: null,
  comment: 'Row | number.',
  key: 'PK',
}
const table = {
  name: 'calls',
  comment: 'One call.',
  columns: [column],
  indexes: [],
  checks: [],
  references: [],
}
const schema: Schema = { tables: [table], functions: [] }

describe('names of package registries', () => {
  const found = (text: string, path = 'README.md') => registryHosts({ path, text })
  // In halves, so that this file does not name one.
  const [host, site] = [`registry.${'example.org'}`, `https://www.npm${'js'}.com/package/x`]

  test('are found as hosts, addresses and settings', () => {
    assert.deepEqual(found(`first\nask ${host} for it`), ['README.md:2 names a package registry'])
    assert.equal(found(`see ${site}`).length, 1)
    assert.equal(found(`fund=false\n${'regis'}try=https://example.org/npm`, '.npmrc').length, 1)
    assert.equal(found('"resolved": "https://example.org/x.tgz"', 'package-lock.json').length, 1)
  })
  test('are not found in code and links of workspaces', () => {
    assert.deepEqual(found('await metrics.registry.metrics()'), [])
    assert.deepEqual(found('"resolved": "contract", "link": true', 'package-lock.json'), [])
  })
})

describe('the schema', () => {
  test('says by name what has no comment', () => {
    assert.deepEqual(missingComments(schema), [])
    const bare = {
      tables: [{ ...table, comment: null, columns: [{ ...column, comment: ' ' }] }],
      functions: [{ name: 'utc(timestamptz)', comment: null }],
    }
    const said = missingComments(bare).map((line) => line.split(' has ')[0])
    assert.deepEqual(said, ['table calls', 'column calls.id', 'function utc(timestamptz)'])
  })
  test('keeps cells of its page whole', () => {
    assert.match(databasePage(schema), /^\| `id` \| bigint \| no \| +\| PK \| Row \\\| number\. \|$/m)
  })
})

describe('generated files', () => {
  test('that drift or are missing are told, and written when asked', (t) => {
    const path = `server/test/check/made-${process.pid}.txt`
    t.after(() => rmSync(join(root, path), { force: true }))
    assert.match(settle({ [path]: 'a\nb\n' }, false)[0] ?? '', /it is missing/)
    writeFileSync(join(root, path), 'a\nc\n')
    assert.match(settle({ [path]: 'a\nb\n' }, false)[0] ?? '', /line 2 should be: b/)
    assert.deepEqual(settle({ [path]: 'a\nb\n' }, true), [])
    assert.equal(readFileSync(join(root, path), 'utf8'), 'a\nb\n')
  })
})
