import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { keyIdOf } from '../lib/field-cipher.ts'
import { openSecret, sealSecret } from '../sign-in/codes.ts'
import { resealSecrets } from '../sign-in/reseal-secrets.ts'
import { signIn } from '../test/support/centre.ts'
import { type Ask, withKey } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'
import { openVault, readKeysAgain } from './open-vault.ts'
import { keyDelayMs, resealNumbers, rotateKeys, sealPlainNumbers } from './seal-numbers.ts'

let server: TestServer
let ai: Ask
let serial = 0
const sql = async (text: string, values: unknown[] = []) =>
  (await server.ctx.db.pool.query(text, values)).rows

before(async () => {
  server = await startTestServer()
  ai = withKey(server.baseUrl, server.key)
  await signIn(server, 'a-admin', 'admin')
})
after(() => server.close())

/** What the server answers once it is so. */
async function untilSeen<T>(look: () => Promise<T>, is: (seen: T) => boolean): Promise<T> {
  for (let left = 200; ; left -= 1) {
    const seen = await look()
    if (is(seen) || left === 0) return seen
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

const secret = 'a test secret for fields of more than thirty-two letters'

/** A call from a number nobody else has; gives its sid and the number. */
async function call(more: Record<string, unknown> = {}) {
  serial += 1
  const [call_sid, caller_number] = [`CD${serial}`, `+1555777${String(serial).padStart(4, '0')}`]
  const { status, body } = await ai('POST', '/api/calls/', { call_sid, caller_number, ...more })
  assert.equal(status, 201)
  assert.equal(body.caller_number, caller_number, 'the AI dispatcher sees what it sent')
  await ai('POST', `/api/calls/${call_sid}/interactions/`, { speaker: 'CALLER', message: 'My chest hurts' })
  return { call_sid, caller_number, id: Number(body.id), path: `/api/calls/${call_sid}/` }
}

describe('keys', () => {
  test('numbers of an older version are sealed by themselves', async () => {
    await sql(`INSERT INTO calls (call_sid, caller_number, created_at, updated_at)
      VALUES ('plain', '+15557779999', now(), now())`)
    // Whoever writes to a call sees its number.
    const words = { speaker: 'CALLER', message: 'My chest hurts' }
    assert.equal((await ai('POST', '/api/calls/plain/interactions/', words)).status, 201)
    assert.equal((await ai('GET', '/api/calls/plain/')).body.caller_number, '+15557779999')
    while ((await sql('SELECT 1 FROM calls WHERE caller_number IS NOT NULL')).length > 0) {
      await sealPlainNumbers(server.ctx)
    }
    assert.equal((await ai('GET', '/api/calls/plain/')).body.caller_number, '+15557779999')
    assert.equal((await ai('GET', '/api/calls/?caller_number=%2B15557779999')).body.count, 1)
  })

  test('a new key beside a running server: every number opens, before, while and after', async () => {
    const before = await call()
    const [{ id: person }] = await sql("SELECT id FROM people WHERE username = 'a-admin'")
    const app = sealSecret(server.ctx, person, 'JBSWY3DPEHPK3PXP')
    await sql('INSERT INTO second_factors (person_id, secret, created_at) VALUES ($1, $2, now())', [
      person,
      app,
    ])
    const { newKey } = await rotateKeys(server.ctx, [secret], true)
    await readKeysAgain(server.ctx, server.ctx.vault)
    assert.ok(newKey)
    assert.notEqual(server.ctx.vault.currentKey(), newKey, 'until it may be used, the older key seals')
    const later = { ...server.ctx, now: () => new Date(Date.now() + keyDelayMs + 1_000) }
    const vault = await openVault(later, [secret])
    assert.equal(vault.currentKey(), newKey)
    let done = 0
    for await (const so of resealNumbers({ ...later, vault })) done = so
    assert.ok(done > 0)
    assert.deepEqual(
      [await resealSecrets({ ...later, vault }), await resealSecrets({ ...later, vault })],
      [1, 0],
    )
    const [{ secret: again }] = await sql('SELECT secret FROM second_factors')
    assert.deepEqual([keyIdOf(again), openSecret({ vault }, person, again)], [newKey, 'JBSWY3DPEHPK3PXP'])
    await sql('DELETE FROM second_factors')
    const left = await sql(
      `SELECT count(*) AS n FROM calls WHERE caller_sealed IS NOT NULL
        AND substring(caller_sealed FROM 2 FOR 4) <> decode(lpad(to_hex($1::int), 8, '0'), 'hex')`,
      [newKey],
    )
    assert.equal(left[0].n, 0)
    // The running server hears of the key by notification.
    const seen = await untilSeen(
      () => ai('GET', before.path),
      ({ status }) => status === 200,
    )
    assert.equal(seen.body.caller_number, before.caller_number)
    const after = await call()
    assert.equal((await ai('GET', after.path)).body.caller_number, after.caller_number)
  })

  test('a new secret: the keys are sealed with it, and open with the old one no more', async () => {
    const renewed = 'another secret for fields of more than thirty-two letters'
    assert.ok((await rotateKeys(server.ctx, [renewed, secret], false)).rewrapped >= 2)
    assert.equal((await rotateKeys(server.ctx, [renewed, secret], false)).rewrapped, 0)
    await assert.rejects(openVault(server.ctx, [secret]), /FIELD_KEYS/)
    const vault = await openVault(server.ctx, [renewed])
    const [row] = await sql('SELECT id, caller_sealed FROM calls WHERE caller_sealed IS NOT NULL LIMIT 1')
    const place = { table: 'calls', column: 'caller_number', row: row.id }
    assert.match(vault.open(place, row.caller_sealed), /^\+1555/)
    await rotateKeys(server.ctx, [secret, renewed], false)
  })
})
