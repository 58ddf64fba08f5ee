import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { Figure } from '@toneout/contract/model/analytics.ts'
import type { Mapping } from '@toneout/contract/model/import-mapping.ts'
import { importHistory } from '../imports/import-history.ts'
import { knownMappings } from '../imports/known-mappings.ts'
import { signIn } from '../test/support/centre.ts'
import type { Ask } from '../test/support/http.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

const name = 'sf-fire-calls-2016-12-31_2017-01-07.csv.gz'
const path = join(import.meta.dirname, '../../../shared/data', name)
const [from, to] = ['2016-12-30T00:00:00Z', '2017-01-10T00:00:00Z']

/** n, excluded, p50, p90 and the share in target in hundredths of a percent. */
const short = ({ n, excluded, p50, p90, share_within }: Figure) => [
  ...[n, excluded, p50, p90],
  share_within === null ? null : Math.round(share_within * 10_000) / 100,
]

describe('the week of San Francisco', { skip: !existsSync(path), timeout: 240_000 }, () => {
  let server: TestServer
  let ask: Ask
  before(async () => {
    server = await startTestServer()
    await importHistory(server.ctx, { path, mapping: knownMappings['sf-fire'] as Mapping, isDryRun: false })
    ask = (await signIn(server, 'measures', 'analyst')).ask
  })
  after(() => server?.close())

  const read = async (panel: string, query: Record<string, string> = {}) => {
    const words = new URLSearchParams({ from, to, zone: 'America/Los_Angeles', ...query })
    const { status, body } = await ask('GET', `/api/analytics/${panel}/?${words}`)
    assert.equal(status, 200, JSON.stringify(body))
    return body
  }
  const figure = async (of: string, query: Record<string, string>) => {
    const { results } = await read('intervals', query)
    return short(results.find((one: Figure) => one.name === of) as Figure)
  }

  test('has the response to grave medical incidents', async () => {
    const grave = { emergency_type: 'MEDICAL', priority: '1' }
    assert.deepEqual((await figure('total_response', grave)).slice(2), [328, 518, 92.06])
    assert.equal((await figure('total_response', grave))[0], 1_310)
    const ambulance = await figure('total_response_ambulance', grave)
    assert.deepEqual([ambulance[0], ...ambulance.slice(2)], [1_252, 489, 932, 59.98])
  })

  test('has what its ambulances took', async () => {
    const { results } = await read('intervals', { units: 'AMBULANCES' })
    const of = (wanted: string) => short(results.find((one: Figure) => one.name === wanted)).slice(0, 4)
    const [turnout, travel, wall] = [of('turnout'), of('travel'), of('wall_time')]
    assert.deepEqual([turnout[0], ...turnout.slice(2)], [3_074, 13, 64])
    assert.deepEqual(travel, [2_695, 1, 425, 1_025])
    assert.deepEqual([wall[0], ...wall.slice(2)], [2_185, 1_912, 2_856])
  })

  test('has how many ambulances were busy at once', async () => {
    const { rows } = await server.ctx.db.pool.query(`SELECT min(assigned_at) AS from, max(cleared_at) AS to
      FROM assignments a JOIN units u ON u.id = a.unit_id WHERE u.unit_type IN ('BASIC', 'ADVANCED')`)
    const busy = await read('units', { units: 'AMBULANCES', ...rows[0] })
    assert.deepEqual([Math.round(busy.busy_mean * 10) / 10, busy.busy_most], [16.7, 39])
    assert.equal(busy.level_zero_s, null)
  })

  test('adds up, whichever way it is divided', async () => {
    const { days, hours, mix } = await read('volumes')
    type Counted = { incidents: number }
    const sum = (all: Counted[]) => all.reduce((total, { incidents }) => total + incidents, 0)
    assert.deepEqual([sum(days), sum(hours), sum(mix)], [3_560, 3_560, 3_560])
    for (const by of ['PRIORITY', 'EMERGENCY_TYPE', 'DAY']) {
      const { results } = await read('intervals', { by })
      const of = (results as Figure[]).filter((one) => one.name === 'total_response')
      const whole = await figure('total_response', {})
      assert.equal(
        of.reduce((total, { n }) => total + n, 0),
        whole[0],
        by,
      )
    }
  })
})
