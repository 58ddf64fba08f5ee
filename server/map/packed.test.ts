import assert from 'node:assert/strict'
import { test } from 'node:test'
import { gzipSync } from 'node:zlib'
import { unpack } from './packed.ts'

test('whoever takes gzip has it as it is; others wait for theirs, and nobody for them', async () => {
  const bytes = Buffer.alloc(30_000_000, 'water and parks ')
  const packed = gzipSync(bytes)
  assert.deepEqual(await unpack(packed, true), { bytes: packed, gzipped: true })
  let turns = 0
  const turn = () => {
    turns += 1
    if (turns < 1_000_000) setImmediate(turn)
  }
  setImmediate(turn)
  const plain = await unpack(packed, false)
  assert.ok(turns > 0, 'others had no turn')
  turns = 1_000_000
  assert.equal(plain.gzipped, false)
  assert.ok(plain.bytes.equals(bytes))
  assert.deepEqual(await unpack(Buffer.from('plain'), false), { bytes: Buffer.from('plain'), gzipped: false })
})

test('what is far larger than any map inside is not unpacked', async () => {
  await assert.rejects(unpack(gzipSync(Buffer.alloc(210_000_000)), false), RangeError)
})
