import assert from 'node:assert/strict'
import type { lookup } from 'node:dns'
import { after, before, test } from 'node:test'
import { type Peer, startPeer } from '../test/support/providers.ts'
import { postOutside } from './outside-request.ts'

let peer: Peer
let port: string
before(async () => {
  peer = await startPeer()
  port = new URL(peer.url).port
})
after(() => peer.close())

type Found = { address: string; family: number }[]
/** A resolver that says one thing the first time and another later, and counts how often it is asked. */
function resolver(...answers: Found[]) {
  const asked: string[] = []
  const resolve = (host: string, _: object, done: (error: null, found: Found) => void) => {
    asked.push(host)
    done(null, answers[Math.min(asked.length, answers.length) - 1] as Found)
  }
  return { asked, resolve: resolve as unknown as typeof lookup }
}
const inside: Found = [{ address: '127.0.0.1', family: 4 }]
const inside6: Found = [{ address: '::1', family: 6 }]
const reserved: Found = [{ address: '240.0.0.1', family: 4 }]
/** Public by its form, and of a network for documents (RFC 9637) that leads nowhere. */
const outsider: Found = [{ address: '3fff::1', family: 6 }]

const post = (url: string, resolve: typeof lookup) =>
  postOutside({ url, headers: {}, body: '{}', now: 0, timeoutMs: 300 }, [], resolve)

const refused: [string, Found][] = [
  ['a name of this machine', inside],
  ['a name of this machine, IPv6', inside6],
  ['a reserved network', reserved],
  ['one private address among public ones', [...outsider, ...inside]],
]
for (const [name, found] of refused) {
  test(`no connection to ${name}`, async () => {
    const { resolve, asked } = resolver(found)
    const url = `https://rebind.example.org:${port}/`
    assert.deepEqual(await post(url, resolve), { done: false, fault: 'PRIVATE_ADDRESS' })
    assert.deepEqual([asked.length, peer.heard.length], [1, 0])
  })
}

test('a name that changes its address after the look gains nothing: it is looked up once', async () => {
  const { resolve, asked } = resolver(outsider, inside)
  const outcome = await post(`https://rebind.example.org:${port}/`, resolve)
  assert.equal(outcome.done, false)
  assert.notEqual(outcome.done === false && outcome.fault, 'PRIVATE_ADDRESS')
  assert.deepEqual([asked, peer.heard.length], [['rebind.example.org'], 0])
})

test('a host that an operator has named may be private, and plain http', async () => {
  const { resolve, asked } = resolver(outsider)
  const request = { url: `${peer.url}/named`, headers: {}, body: '{}', now: 0, timeoutMs: 10_000 }
  assert.deepEqual(await postOutside(request, [new URL(peer.url).host], resolve), { done: true, status: 200 })
  assert.deepEqual([asked.length, peer.heard.map(({ path }) => path)], [0, ['/named']])
})
