import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { signIn } from '../../server/test/support/centre.ts'
import { type Desk, openDesk, violations } from './desk.ts'

const patience = { timeout: 90_000 }
const ana = { username: 'ana', password: 'password of ana' }

/** Runs of three days of July 2025, one an hour: sent after 30 s, out after 60 s, there after 360 s. */
const runs = `WITH units AS (INSERT INTO units (unit_number, unit_type, retired_at, updated_at)
    SELECT 'T' || n, 'ADVANCED', '2025-08-01', '2025-08-01' FROM generate_series(0, 2) n RETURNING id),
  incidents AS (INSERT INTO incidents (incident_number, status, priority, emergency_type, received_at,
      closed_at, disposition, import_source, import_key, updated_at)
    SELECT 'town ' || n, 'CLOSED', 1 + 2 * (n % 2), 'MEDICAL', at, at + interval '1 hour', 'EVALUATED_ONLY',
      'town', n::text, at
    FROM (SELECT n, timestamptz '2025-07-04 00:00Z' + n * interval '1 hour' AS at
      FROM generate_series(0, 71) n) AS hours RETURNING id, received_at AS at)
  INSERT INTO assignments (incident_id, unit_id, status, assigned_at, en_route_at, on_scene_at, cleared_at,
      import_source, import_key)
    SELECT i.id, (SELECT min(id) FROM units) + i.id % 3, 'CLEARED', at + interval '30 s',
      at + interval '60 s', at + interval '360 s', at + interval '40 min',
      'town', i.id::text FROM incidents i`

const fit = `INSERT INTO drive_fits (source, priority, intercept_s, slope, n, kept, error_s_p50, error_s_p90,
    error_before_s_p50, fitted_at) VALUES ('crow', 2, 67, 0.714, 1234, 1200, 31, 94, 44, '2025-07-06 03:10Z')`

let desk: Desk
before(async () => {
  desk = await openDesk()
  await desk.server.ctx.db.pool.query(runs)
  await desk.server.ctx.db.pool.query(fit)
  await desk.server.ctx.db.pool.query("SELECT pg_notify('streets', '')")
  const { ask } = await signIn(desk.server, 'ana', 'analyst')
  const isHeard = async () => (await ask('GET', '/api/drive-times/')).body.fits.length > 0
  while (!(await isHeard())) await new Promise((next) => setTimeout(next, 20))
}, patience)
after(async () => {
  await desk?.close()
})

const period = '?first=2025-07-04&last=2025-07-06'

async function open(theme: 'dark' | 'light' = 'dark', query = period): Promise<Page> {
  const page = await desk.newPage(theme)
  await page.goto(`${desk.line.baseUrl}/analytics${query}`)
  await page.getByLabel('Username').fill(ana.username)
  await page.getByLabel('Password').fill(ana.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByRole('heading', { name: 'Analytics' }).waitFor()
  return page
}

const table = (page: Page, name: string) => page.getByRole('table', { name, exact: true })

describe('analytics', () => {
  it('shows imported history to an analyst, and saves what it shows', patience, async () => {
    const page = await open()
    const tile = page.locator('.tile', { hasText: 'Incidents' })
    await tile.waitFor()
    assert.equal(await tile.locator('.tile-figure').innerText(), '72')
    const row = table(page, 'Intervals').getByRole('row', { name: /^Total response, first unit/ })
    await row.waitFor()
    assert.deepEqual(await row.getByRole('cell').allInnerTexts(), [
      ...['72', '0', '6:00', '6:00', '8:59', '100.0 %', 'Incident received'],
    ])
    await table(page, 'Incidents by weekday and hour').waitFor()
    assert.equal(await table(page, 'Incidents by weekday and hour').getByRole('row').count(), 8)
    const drives = table(page, 'Expected drive times').getByRole('row', { name: /^Straight line/ })
    await drives.waitFor()
    const figures = (await drives.getByRole('cell').allInnerTexts()).slice(0, 7)
    assert.deepEqual(figures, ['2', '1,234', '1:07', '0.71', '0:44', '0:31', '1:34'])
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'CSV of Intervals', exact: true }).click()
    const text = readFileSync(await (await saved).path(), 'utf8')
    assert.match(text, /\r\nTurnout,72,0,30,30,,1,Assigned\r\n/)
    await page.context().close()
  })

  it('is filtered by the address, and says so in the form', patience, async () => {
    const page = await open('dark', `${period}&priority=1`)
    await page.locator('.tile', { hasText: 'Incidents' }).locator('text=36').first().waitFor()
    await page.getByLabel('Priority', { exact: true }).selectOption('2')
    await page.locator('.tile-figure', { hasText: /^0$/ }).first().waitFor()
    assert.match(page.url(), /priority=2/)
    await page.context().close()
  })

  it('has charts that arrow keys go through', patience, async () => {
    const page = await open()
    const chart = page.getByRole('figure', { name: 'Calls and incidents by day' })
    const drawn = chart.getByRole('application')
    await drawn.waitFor()
    await drawn.focus()
    await page.keyboard.press('ArrowRight')
    await chart.locator('.recharts-tooltip-wrapper', { hasText: 'Incidents' }).waitFor()
    await page.context().close()
  })

  for (const theme of ['dark', 'light'] as const) {
    it(`has no violation in the ${theme} theme`, { timeout: 120_000 }, async () => {
      const page = await open(theme)
      await table(page, 'Units').waitFor()
      await page.locator('svg.recharts-surface').nth(3).waitFor()
      assert.deepEqual(await violations(page), [])
      await page.context().close()
    })
  }

  it('prints without what only a screen can do', patience, async () => {
    const page = await open()
    await table(page, 'Intervals').waitFor()
    await page.emulateMedia({ media: 'print' })
    assert.equal(await page.locator('.filters').isVisible(), false)
    assert.equal(await page.locator('.rail').isVisible(), false)
    await page.getByText('4 Jul 2025 to 6 Jul 2025').waitFor()
    await page.context().close()
  })

  it('causes no policy violation, fault or console error', () => assert.deepEqual(desk.complaints, []))
})
