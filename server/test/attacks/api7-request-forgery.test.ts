import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { isTest, listFiles, root } from '../tidy/files.ts'
import { everything } from './samples.ts'

// API6 (sensitive business flows): what could be abused by machines is signing in, which is slowed down, and
// sending units, which is the work of people with an account of their own and on the audit. API7 (server-side
// request forgery) and API10 (unsafe consumption of APIs): the only address that somebody may give is that of
// a webhook, whose attacks are in notifications/webhooks.test.ts and rules.test.ts; services that are read
// are named in the environment, and their replies are limited and checked (addresses/outside.test.ts,
// streets/outside-router.test.ts). These tests fail when that changes, so that its attacks get written.

/** Every name of a property in a schema. */
function names(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return []
  const { properties } = node as { properties?: object }
  return [...Object.keys(properties ?? {}), ...Object.values(node).flatMap(names)]
}
const asked = everything.flatMap(([, { params, query, headers, body }]) =>
  [params, query, headers, body].flatMap((schema) =>
    names(schema?.toJSONSchema({ io: 'input', unrepresentable: 'any' })),
  ),
)

test('no operation but those of webhooks takes an address to ask', () => {
  const all = [...new Set(asked)]
  assert.ok(all.length > 60, String(all.length))
  const suspicious = /url|uri|webhook|callback|endpoint|redirect|host$|proxy|domain/i
  assert.deepEqual(
    all.filter((name) => suspicious.test(name)),
    ['url'],
  )
})

test('the server asks others over HTTP in few places', () => {
  const sources = listFiles().filter((path) => /^(server|contract)\/.*\.ts$/.test(path) && !isTest(path))
  const product = sources.filter((path) => !path.startsWith('server/test/'))
  assert.ok(product.length > 100)
  const asks = /\bfetch\(|https?\.(request|get)\(|from 'undici'|new WebSocket\(/
  const found = product.filter((path) => asks.test(readFileSync(`${root}/${path}`, 'utf8')))
  // Webhooks ask through a connection of their own that knows private addresses (notifications/).
  assert.deepEqual(found.toSorted(), [
    'server/addresses/outside.ts',
    'server/notifications/send-sms.ts',
    'server/streets/outside-router.ts',
  ])
})

test('an address is taken by the operations of webhooks alone', () => {
  const takers = everything.filter(([, { params, query, headers, body }]) =>
    [params, query, headers, body].some((schema) =>
      names(schema?.toJSONSchema({ io: 'input', unrepresentable: 'any' })).includes('url'),
    ),
  )
  assert.deepEqual(takers.map(([id]) => id).toSorted(), ['changeWebhook', 'createWebhook'])
})
