import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Mapping } from '@toneout/contract/model/import-mapping.ts'
import type { Page } from 'playwright-core'
import { importHistory } from '../../server/imports/import-history.ts'
import { signIn } from '../../server/test/support/centre.ts'
import { type Desk, openDesk, violations } from './desk.ts'

const patience = { timeout: 90_000 }
const ana = { username: 'ana', password: 'password of ana' }

const mapping: Mapping = {
  name: 'town',
  zone: 'UTC',
  time_format: 'ISO 8601',
  row_id: 'run',
  incident: {
    key: 'incident',
    received_at: 'received',
    emergency_type: { always: 'MEDICAL' },
    priority: { column: 'prio', values: { A: 1, B: 3 } },
    location: ['place'],
    disposition: { always: 'EVALUATED_ONLY' },
  },
  unit: { number: 'unit', type: { always: 'ADVANCED' } },
  times: { assigned_at: 'sent', en_route_at: 'out', on_scene_at: 'there', cleared_at: 'free' },
}

/** Runs of three days of July 2025, one an hour: sent after 30 s, out after 60 s, there after 360 s. */
function runs(): string {
  const lines = Array.from({ length: 72 }, (_, hour) => {
    const at = (seconds: number) => new Date(Date.UTC(2025, 6, 4, hour, 0, seconds)).toISOString()
    const times = [at(0), at(30), at(60), at(360), at(2_400)]
    return [`r${hour}`, `i${hour}`, hour % 2 ? 'A' : 'B', 'Old Quay', `T${hour % 3}`, ...times].join(',')
  })
  return ['run,incident,prio,place,unit,received,sent,out,there,free', ...lines, ''].join('\n')
}

let desk: Desk
let folder: string
before(async () => {
  desk = await openDesk()
  folder = mkdtempSync(join(tmpdir(), 'toneout-analytics-'))
  writeFileSync(join(folder, 'runs.csv'), runs())
  await importHistory(desk.server.ctx, { path: join(folder, 'runs.csv'), mapping, isDryRun: false })
  await signIn(desk.server, 'ana', 'analyst')
}, patience)
after(async () => {
  await desk?.close()
  rmSync(folder, { recursive: true, force: true })
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
    assert.equal(await tile.locator('.tile-figure').innerText(), '72')
    const row = table(page, 'Intervals').getByRole('row', { name: /^Total response, first unit/ })
    assert.deepEqual(await row.getByRole('cell').allInnerTexts(), [
      ...['72', '0', '6:00', '6:00', '8:59', '100.0 %', 'Incident received'],
    ])
    assert.equal(await table(page, 'Incidents by weekday and hour').getByRole('row').count(), 8)
    const saved = page.waitForEvent('download')
    await page.getByRole('button', { name: 'CSV of Intervals', exact: true }).click()
    const text = readFileSync(await (await saved).path(), 'utf8')
    assert.match(text, /\r\nTurnout,72,0,30,30,60,1,Assigned\r\n/)
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
