import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import { isTest, listFiles, root } from '../tidy/files.ts'
import { everything } from './samples.ts'

// API6 (sensitive business flows): what could be abused by machines is signing in, which is slowed down, and
// sending units, which is the work of people with an account of their own and on the audit. API7 (server-side
// request forgery) and API10 (unsafe consumption of APIs): the only addresses that somebody may give are
// those of a webhook and of a phone's push service, whose attacks are in notifications/webhooks.test.ts,
// push.test.ts, outside-request.test.ts and rules.test.ts; services that are read
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

test('no operation but those of webhooks and phones takes an address to ask', () => {
  const all = [...new Set(asked)]
  assert.ok(all.length > 60, String(all.length))
  const suspicious = /url|uri|webhook|callback|endpoint|redirect|host$|proxy|domain/i
  assert.deepEqual(
    all.filter((name) => suspicious.test(name)),
    ['url', 'endpoint'],
  )
})

test('the server asks others over HTTP in few places', () => {
  const sources = listFiles().filter((path) => /^(server|contract)\/.*\.ts$/.test(path) && !isTest(path))
  const product = sources.filter((path) => !path.startsWith('server/test/'))
  assert.ok(product.length > 100)
  const asks = /\bfetch\(|https?\.(request|get)\(|from 'undici'|new WebSocket\(/
  const found = product.filter((path) => asks.test(readFileSync(`${root}/${path}`, 'utf8')))
  // Webhooks and push services are asked by notifications/outside-request.ts, which knows private addresses.
  assert.deepEqual(found.toSorted(), [
    'server/addresses/outside.ts',
    'server/notifications/twilio-request.ts',
    'server/streets/outside-router.ts',
    // Only what Twilio has signed, only of the configured origin, and no redirect is followed.
    'server/telephony/hear-recording.ts',
  ])
})

test('an address is taken by the operations of webhooks and of phones alone', () => {
  const takersOf = (name: string) =>
    everything.filter(([, { params, query, headers, body }]) =>
      [params, query, headers, body].some((schema) =>
        names(schema?.toJSONSchema({ io: 'input', unrepresentable: 'any' })).includes(name),
      ),
    )
  const ids = (name: string) => takersOf(name).map(([id]) => id)
  assert.deepEqual(ids('url').toSorted(), ['changeWebhook', 'createWebhook'])
  assert.deepEqual(ids('endpoint'), ['addPushSubscription'])
})
