import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { signIn } from '../test/support/centre.ts'
import { withKey } from '../test/support/http.ts'
import { keepHeadIn, startSealedServer } from '../test/support/sealed-server.ts'
import { openHeads } from './heads.ts'
import { purgeHistory } from './retention.ts'
import { verifyChain } from './verify-chain.ts'

const limit = { timeout: 180_000 }
const dayMs = 24 * 3_600_000

describe('facts leave by age, as whole blocks behind a recorded cut', limit, () => {
  let sealed: Awaited<ReturnType<typeof startSealedServer>>
  let clock = 0

  const rows = (text: string, values?: unknown[]) => sealed.rows(text, values)
  const heads = () => openHeads(sealed.folder, sealed.server.ctx.config.databaseName)
  const verify = async (from = 1) => {
    const found = await verifyChain({ ...sealed.server.ctx, heads: heads() }, { from, mayGoOn: () => true })
    assert.ok(found)
    return found
  }
  const purge = (days: number | null) => sealed.free(() => purgeHistory(sealed.server.ctx, heads(), days))
  /** Calls of that many days ago, each in a block of its own, and a head of the last. */
  const write = async (daysAgo: number, ...sids: string[]) => {
    clock = -daysAgo * dayMs
    const ask = withKey(sealed.server.baseUrl, sealed.server.key)
    for (const call_sid of sids) {
      assert.equal((await ask('POST', '/api/calls/', { call_sid, caller_number: '+15550142' })).status, 201)
      await sealed.seal()
    }
    await keepHeadIn(sealed.server, sealed.folder)
    clock = 0
  }
  const sidsWithFacts = async () => {
    const text = `SELECT DISTINCT call_sid FROM calls c JOIN facts f ON f.call_id = c.id ORDER BY 1`
    return (await rows(text)).map((row) => row.call_sid)
  }
  const cuts = () => rows('SELECT seq::int, last_fact_id::int, fact_count::int FROM audit_cuts ORDER BY seq')

  before(async () => {
    sealed = await startSealedServer({ now: () => new Date(Date.now() + clock) })
    await write(400, 'A1', 'A2', 'A3')
    await write(200, 'B1', 'B2')
    await write(50, 'C1')
    await write(0, 'D1')
  }, limit)
  after(() => sealed.close())

  test('nothing leaves while nothing is set, nor while the call is held by law', async () => {
    assert.equal(await purge(null), 0)
    await rows("UPDATE calls SET legal_hold = 'inquiry' WHERE call_sid = 'A1'")
    assert.equal(await purge(365), 0)
    await rows('UPDATE calls SET legal_hold = NULL')
  })

  test('a history that is not whole is not cut', async () => {
    const edit = (name: string) =>
      `UPDATE facts SET actor_name = ${name} WHERE id = (SELECT min(id) FROM facts)`
    await rows('SET session_replication_role = replica')
    await rows(edit("actor_name || '!'"))
    assert.equal(await purge(365), 0)
    assert.match(sealed.server.logged.join(''), /the history is not whole and is not cut/)
    await rows(edit("rtrim(actor_name, '!')"))
    await rows('SET session_replication_role = DEFAULT')
    assert.equal((await verify()).ok, true)
  })

  test('what is older leaves, its calls stay, the cut is on the record, and the chain is whole', async () => {
    const ask = withKey(sealed.server.baseUrl, sealed.server.key)
    const before = (await ask('GET', '/api/calls/')).body.count
    const gone = await purge(365)
    assert.ok(gone >= 3)
    assert.deepEqual(await sidsWithFacts(), ['B1', 'B2', 'C1', 'D1'])
    assert.equal((await ask('GET', '/api/calls/')).body.count, before)
    const [cut, ...others] = await cuts()
    assert.deepEqual([cut?.fact_count, others], [gone, []])
    const [fact] = await rows("SELECT actor_name, data FROM facts WHERE type = 'history_cut'")
    const { hash, ...data } = (fact as { data: Record<string, unknown> }).data
    assert.match(String(hash), /^[\da-f]{64}$/)
    const { seq, last_fact_id } = cut as { seq: number; last_fact_id: number }
    assert.deepEqual(data, { seq, last_fact_id, facts: gone, why: '365 days' })
    const unsealed = await verify()
    assert.deepEqual([unsealed.ok, unsealed.cut_to, unsealed.first_bad], [true, last_fact_id, null])
    await sealed.seal()
    const whole = await verify()
    assert.deepEqual([whole.ok, whole.unsealed], [true, 0])
    assert.equal(await purge(365), 0)
    // A check may begin behind the cut or further on; what left is no block to begin with any more.
    assert.equal((await verify(seq + 2)).ok, true)
    sealed.server.logged.length = 0
    await keepHeadIn(sealed.server, sealed.folder)
    assert.deepEqual(sealed.server.logged, [])
  })

  test('a later cut goes on from there; the chain over HTTP tells of it', async () => {
    assert.ok((await purge(100)) >= 2)
    assert.deepEqual(await sidsWithFacts(), ['C1', 'D1'])
    assert.equal((await cuts()).length, 2)
    await sealed.seal()
    const { ask } = await signIn(sealed.server, 'later', 'supervisor')
    const { body } = await ask('GET', '/api/audit/verify/')
    assert.deepEqual([body.ok, body.cut_to], [true, (await cuts()).at(-1)?.last_fact_id])
  })

  test('90 days stay, whatever is asked for, also of the database and by its owner', async () => {
    assert.equal(await purge(1), 0)
    assert.deepEqual(await sealed.free(() => rows("SELECT * FROM cut_audit(1000, 'infinity')")), [])
    const refused = { code: '42501' }
    for (const statement of [
      "DELETE FROM facts WHERE call_id = (SELECT id FROM calls WHERE call_sid = 'C1')",
      'DELETE FROM audit_seals WHERE seq = (SELECT min(seq) FROM audit_seals)',
      'DELETE FROM audit_cuts',
      'UPDATE audit_cuts SET seq = seq + 1',
      'TRUNCATE audit_cuts',
    ]) {
      await assert.rejects(rows(statement), refused, statement)
    }
    // A cut that somebody writes by hand lets nothing young go either.
    await rows('BEGIN')
    await rows(
      'INSERT INTO audit_cuts SELECT seq, last_fact_id, hash, 1, now() FROM audit_seals WHERE seq > 6',
    )
    await assert.rejects(rows('DELETE FROM facts'), refused)
    await rows('ROLLBACK')
    assert.deepEqual(await sidsWithFacts(), ['C1', 'D1'])
  })

  /** Takes every block of young facts away but the newest, and says so as retention does. */
  const forged = `
    INSERT INTO audit_cuts SELECT seq, last_fact_id, hash, 9, now() FROM audit_seals
      ORDER BY seq DESC OFFSET 1 LIMIT 1;
    INSERT INTO facts (at, type, actor_kind, actor_name, data)
      SELECT now(), 'history_cut', 'system', 'retention',
        jsonb_build_object('seq', seq, 'hash', encode(hash, 'hex')) FROM audit_cuts ORDER BY seq DESC LIMIT 1;
    DELETE FROM facts WHERE id <= (SELECT max(last_fact_id) FROM audit_cuts);
    DELETE FROM audit_seals WHERE seq <= (SELECT max(seq) FROM audit_cuts)`
  const lastCut = 'seq = (SELECT max(seq) FROM audit_cuts)'
  const copy = `INSERT INTO facts (id, at, type, actor_kind, actor_name, data) OVERRIDING SYSTEM VALUE
    SELECT 1, at, type, actor_kind, actor_name, data FROM facts LIMIT 1`
  const tamperings: [what: string, sql: string, kind: string][] = [
    [
      'a fact that stayed',
      `UPDATE facts SET actor_name = 'x' WHERE id = (SELECT min(id) FROM facts)`,
      'edited',
    ],
    ['the first that stayed', 'DELETE FROM facts WHERE id = (SELECT min(id) FROM facts)', 'deleted'],
    ['a fact from before the cut', copy, 'inserted'],
    [
      'the first block behind it',
      'DELETE FROM audit_seals WHERE seq = (SELECT min(seq) FROM audit_seals)',
      'block',
    ],
    ['the cuts', 'TRUNCATE audit_cuts', 'block'],
    ['the hash of the cut', `UPDATE audit_cuts SET hash = sha256('') WHERE ${lastCut}`, 'cut'],
    ['the place of the cut', `UPDATE audit_cuts SET seq = seq + 1 WHERE ${lastCut}`, 'cut'],
    ['the time of the cut', `UPDATE audit_cuts SET cut_at = cut_at + '9 days' WHERE ${lastCut}`, 'cut'],
    ['the fact of the cut', `UPDATE facts SET data = '{}' WHERE type = 'history_cut'`, 'cut'],
    ['a cut made up, with its fact', forged, 'head'],
  ]
  for (const [what, sql, kind] of tamperings) {
    test(`found afterwards: ${what}`, async () => {
      await rows('SET session_replication_role = replica')
      await rows('BEGIN')
      const kept = ['facts', 'audit_seals', 'audit_cuts']
      for (const table of kept) await rows(`CREATE TABLE kept_${table} AS TABLE ${table}`)
      await rows('COMMIT')
      await rows(sql)
      try {
        const { ok, first_bad } = await verify()
        assert.deepEqual([ok, first_bad?.kind], [false, kind])
      } finally {
        await rows('TRUNCATE facts, audit_seals, audit_cuts')
        const names = (
          await rows(`SELECT string_agg(column_name, ', ') AS names
          FROM information_schema.columns WHERE table_name = 'kept_facts'`)
        )[0]?.names
        await rows(`INSERT INTO facts (${names}) OVERRIDING SYSTEM VALUE SELECT ${names} FROM kept_facts`)
        for (const table of kept.slice(1)) await rows(`INSERT INTO ${table} TABLE kept_${table}`)
        for (const table of kept) await rows(`DROP TABLE kept_${table}`)
        await rows('SET session_replication_role = DEFAULT')
      }
      assert.equal((await verify()).ok, true)
    })
  }
})
