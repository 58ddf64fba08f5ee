import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, test } from 'node:test'
import { countViolations } from '../../simulator/history/check.ts'
import { mutationLine } from './campaign/mutants.ts'
import { type OwnPostgres, startOwnPostgres } from './campaign/own-postgres.ts'
import type { Campaign, CampaignPlan } from './campaign/plan.ts'
import { doubledOrders, dropIndexes, waitsForLocks } from './campaign/proofs.ts'
import { runCampaign, tell } from './campaign/run-campaign.ts'
import { endStarted } from './support/server-process.ts'

const seed = process.env.CAMPAIGN_SEED ?? randomBytes(4).toString('hex')
const commands = Number(process.env.CAMPAIGN_COMMANDS ?? 4_000)
const allKinds = ['divert', 'duty', 'end', 'merge', 'open', 'order', 'reopen']
  .concat('restore', 'retire', 'seed', 'split', 'step')
  .sort()
const say = (line: string) => process.stderr.write(`${line}\n`)

/** What was found, the first of each kind, for a person to read. */
function show({ violations }: Campaign): string {
  const first = new Map(violations.toReversed().map(({ check, what }) => [check, `${check}: ${what}`]))
  return [...first.values()].join('\n')
}

/** The chain is whole, holds what was played, and is the one whose heads were kept outside the database. */
function assertAuditWhole({ audit, state }: Campaign): void {
  assert.equal(audit.first_bad, null)
  assert.ok(audit.heads > 0, 'heads were compared')
  assert.ok(audit.facts_checked + (audit.unsealed ?? 0) >= state.facts.length && audit.blocks > 1)
}

const found = ({ violations }: Campaign, check: string, form: RegExp) =>
  violations.filter((one) => one.check === check && form.test(one.what)).length

describe('dispatch under faults, several server programs on one database', { timeout: 3_600_000 }, () => {
  let postgres: OwnPostgres
  const run = async (name: string, plan: CampaignPlan) => {
    const done = await runCampaign(await postgres.database(name.replaceAll('-', '_')), plan)
    say(tell(name, plan, done))
    return done
  }
  before(async () => {
    postgres = await startOwnPostgres()
  })
  after(async () => {
    endStarted()
    await postgres.stop()
  })

  const long = { timeout: 3_600_000 }
  test('what was acknowledged is there, once, and no unit is in two places', long, async () => {
    const size = { units: 24, paramedics: 10, incidents: 20, clients: 14, servers: 3 }
    const trouble = { drop: 0.01, cut: 0.003, killPostmaster: postgres.kill }
    const done = await run('clean', { ...size, ...trouble, seed, commands, prepare: waitsForLocks })
    assert.deepEqual(countViolations(done.violations), {}, show(done))
    assert.deepEqual(done.strange, [])
    assert.ok(done.attempts.length >= commands)
    assertAuditWhole(done)
    assert.ok(done.proof, 'an order waits for the rows it needs')
    assert.ok(done.network.dropped > 0)
    for (const [fault, count] of Object.entries(done.faults)) assert.ok(count > 0, fault)
    const kinds = new Set(done.attempts.flatMap(({ kind, outcome }) => (outcome === 'ok' ? kind : [])))
    assert.deepEqual([...kinds].sort(), allKinds)
    assert.deepEqual(doubledOrders(done.state), [])
  })

  /** Few units and many clients, so that a bug has its chance within seconds. */
  const narrow = {
    units: 5,
    paramedics: 3,
    incidents: 8,
    clients: 16,
    cut: 0,
    servers: 2,
    commands: 2_000,
  }

  test('the same narrow place with a server that is whole', async () => {
    const done = await run('narrow', { ...narrow, commands: 1_500, drop: 0.05, seed, prepare: waitsForLocks })
    assert.deepEqual(countViolations(done.violations), {}, show(done))
    assert.deepEqual(done.strange, [])
    assertAuditWhole(done)
    assert.ok(done.proof, 'an order waits for the rows it needs')
    assert.deepEqual(doubledOrders(done.state), [])
  })

  test('mutant: without row locks and unique indexes, units are found in two places', async () => {
    const prepare: CampaignPlan['prepare'] = async (scene) => {
      await dropIndexes(scene)
      return waitsForLocks(scene)
    }
    const done = await run('locks-off', { ...narrow, drop: 0, seed, mutant: 'locks-off', prepare })
    const places = done.output.split(mutationLine('locks-off', 'store.ts', 1)).length - 1
    assert.equal(places, 2, 'both servers were mutated')
    assert.equal(done.proof, false, 'an order no longer waits for a row that is held')
    assert.ok(found(done, 'P3', /^unit/) >= 5, show(done))
    assert.ok(found(done, 'P1', /./) > 0 && found(done, 'transitions', /./) > 0, show(done))
  })

  test('mutant: with order_id ignored, orders sent again are found to be done again', async () => {
    // Many units, so that those of an old order are often free when it comes again.
    const wide = { ...narrow, units: 30, paramedics: 40, commands: 3_000 }
    const done = await run('idempotency-off', { ...wide, drop: 0.15, seed, mutant: 'idempotency-off' })
    say(`idempotency-off: ${doubledOrders(done.state).length} rows doubled`)
    for (const file of ['store.ts', 'dispatch-units.ts']) {
      const places = done.output.split(mutationLine('idempotency-off', file, 1)).length - 1
      assert.equal(places, 2, `both servers were mutated in ${file}`)
    }
    assert.ok(done.network.dropped > 0)
    assert.ok(doubledOrders(done.state).length > 0, 'the rows were doubled')
    assert.ok(found(done, 'P2', /has a second answer/) > 0, show(done))
    assert.ok(found(done, 'P2', /made other rows than it answered/) > 0, show(done))
    assert.ok(found(done, 'P2', /nobody asked for assignment/) > 0, show(done))
  })
})
