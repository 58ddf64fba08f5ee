import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { openapi } from '@toneout/contract/openapi.ts'
import { isTest, listFiles, root } from '../tidy/files.ts'

// API6 (sensitive business flows): what could be abused by machines is signing in, which is slowed down, and
// sending units, which is the work of people with an account of their own and on the audit. API7 (server-side
// request forgery) and API10 (unsafe consumption of APIs): the server asks nobody by an address that a client
// gives, and reads no other service. These tests fail when that changes, so that its attacks get written.

/** Every name of a property or parameter in the document. */
function names(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return []
  const { properties, name } = node as { properties?: object; name?: unknown }
  const own = [...Object.keys(properties ?? {}), ...(typeof name === 'string' ? [name] : [])]
  return [...own, ...Object.values(node).flatMap(names)]
}

test('no operation takes an address to ask', () => {
  const all = [...new Set(names(openapi('0')))]
  assert.ok(all.length > 100)
  const suspicious = /url|uri|webhook|callback|endpoint|redirect|host$|proxy|domain/i
  assert.deepEqual(
    all.filter((name) => suspicious.test(name)),
    [],
  )
})

test('the server has nothing that asks others over HTTP', () => {
  const sources = listFiles().filter((path) => /^(server|contract)\/.*\.ts$/.test(path) && !isTest(path))
  const product = sources.filter((path) => !path.startsWith('server/test/'))
  assert.ok(product.length > 100)
  const asks = /\bfetch\(|https?\.(request|get)\(|from 'undici'|new WebSocket\(/
  const found = product.filter((path) => asks.test(readFileSync(`${root}/${path}`, 'utf8')))
  assert.deepEqual(found, [])
})
