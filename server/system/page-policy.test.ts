import assert from 'node:assert/strict'
import { test } from 'node:test'
import { pagePolicy } from './console-files.ts'

test('a page loads from nowhere else, but for the origins that maps were configured to come from', () => {
  const lines = (outside: string[]) => pagePolicy('n', outside).split('; ')
  assert.ok(lines([]).includes("connect-src 'self'"))
  assert.ok(lines([]).includes("img-src 'self' data:"))
  const more = lines(['https://tiles.example.org'])
  assert.ok(more.includes("connect-src 'self' https://tiles.example.org"))
  assert.ok(more.includes("img-src 'self' data: https://tiles.example.org"))
  const others = (policy: string[]) => policy.filter((line) => !/^(connect|img)-src/.test(line))
  assert.deepEqual(others(more), others(lines([])))
})
