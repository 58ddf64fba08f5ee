import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startSealedServer } from '../test/support/sealed-server.ts'
import { openHeads } from './heads.ts'

/** Facts of a chain that takes several requests to check, and heads of it that are kept. */
const [facts, heads] = [60_000, 40]
/** Milliseconds of a core for which nobody else has a turn, at most. */
const longestTurn = 25

/** Takes every turn of the event loop there is, and notes what the longest cost. */
function watchTurns() {
  let [turns, longest, stopped] = [0, 0, false]
  const cpuMs = () => {
    const { user, system } = process.threadCpuUsage()
    return (user + system) / 1_000
  }
  let last = cpuMs()
  const turn = () => {
    const now = cpuMs()
    longest = Math.max(longest, now - last)
    last = now
    turns += 1
    if (!stopped) setImmediate(turn)
  }
  setImmediate(turn)
  return () => {
    stopped = true
    return { turns, longest }
  }
}

test('others have their turn while a long chain is checked', { timeout: 180_000 }, async () => {
  const sealed = await startSealedServer()
  try {
    // Every second number only, so that a block's numbers are written as thousands of ranges.
    await sealed.rows('ALTER SEQUENCE facts_id_seq INCREMENT BY 2')
    await sealed.rows(
      `INSERT INTO facts (at, type, actor_kind, actor_name, data)
       SELECT now(), 'setting_changed', 'system', 'system', jsonb_build_object('name', n)
       FROM generate_series(1, $1::int) n`,
      [facts],
    )
    await sealed.seal()
    const seals = await sealed.rows('SELECT seq::int, hash FROM audit_seals ORDER BY seq LIMIT $1', [heads])
    const { keep } = openHeads(sealed.folder, sealed.server.ctx.config.databaseName)
    for (const { seq, hash } of seals) {
      await keep({ seq: Number(seq), hash: hash as Buffer, at: new Date().toISOString() })
    }
    let [from, checked, requests]: [number | null, number, number] = [1, 0, 0]
    const stop = watchTurns()
    while (from !== null) {
      const { status, body } = await sealed.verify(from)
      assert.deepEqual([status, body.ok], [200, true])
      checked += body.facts_checked
      requests += 1
      from = body.next
    }
    const { turns, longest } = stop()
    assert.ok(checked >= facts, String(checked))
    assert.ok(turns > facts / 2_000, `${turns} turns`)
    const told = await sealed.rows("SELECT actor_name, data FROM facts WHERE type = 'history_checked'")
    assert.deepEqual(
      told.map(({ actor_name, data }) => [actor_name, data.ok, data.facts]),
      [['chief', true, checked]],
      'the parts are one check',
    )
    assert.ok(longest < longestTurn, `${longest} ms of a core in one turn, in ${requests} requests`)
  } finally {
    await sealed.close()
  }
})
