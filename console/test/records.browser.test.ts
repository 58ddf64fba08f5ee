import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { makeUnits } from '../../server/test/support/centre.ts'
import { button, ok } from './centre.ts'
import { violations } from './desk.ts'
import { field, heading, openDoor, type Person } from './way-in.ts'

let desk: Awaited<ReturnType<typeof openDoor>>
let chief: Person
let numbers: string[]
let sid: string

before(async () => {
  desk = await openDoor()
  chief = await desk.makePerson('chief', 'supervisor')
  numbers = []
  for (const [at, emergency_type] of ['FIRE', 'FIRE', 'MEDICAL'].entries()) {
    const place = { location: `${at} Harbour Street`, latitude: 37.77, longitude: -122.4 }
    const body = { emergency_type, priority: 2, ...place }
    numbers.push((await ok(chief.ask('POST', '/api/incidents/', body))).incident_number)
  }
  const found = (await ok(chief.ask('GET', `/api/incidents/?search=${numbers[0]}`))).results[0]
  const [unit] = await makeUnits(desk.server, 1)
  const order = { order_id: 'records-1', unit_ids: [unit] }
  await ok(chief.ask('POST', `/api/incidents/${found.id}/assignments/`, order))
  sid = await desk.openCall({ emergency_type: 'POLICE' })
  await desk.server.ctx.db.pool.query(
    `INSERT INTO call_recordings (recording_sid, call_id, url, duration_seconds, started_at)
     SELECT 'RE1', id, 'https://api.twilio.com/RE1', 75, created_at FROM calls WHERE call_sid = $1`,
    [sid],
  )
})
after(() => desk?.close())

const rowOf = (page: Page, name: string) => page.locator('.list tbody tr').filter({ hasText: name })
const open = async (path: string, theme?: 'dark' | 'light') => {
  const page = await desk.newPage(theme)
  await desk.knock(page, path, chief)
  return page
}

describe('the page of incidents', () => {
  it('finds, changes, closes, opens again and cancels incidents by the rules', async () => {
    const page = await open('/incidents')
    await rowOf(page, numbers[2] ?? '').waitFor()
    await page.getByLabel('Type').selectOption('Fire')
    await rowOf(page, numbers[2] ?? '').waitFor({ state: 'detached' })
    await button(page, numbers[0] ?? '').click()
    const facts = page.getByLabel('Facts of the incident')
    await facts.getByText('0 Harbour Street').waitFor()
    await page.locator('.runs .unit-tag').waitFor()
    await page.getByText('Change type, priority, place or notes').click()
    await page.getByLabel('What crews must know').fill('The gate is locked')
    await button(page, `Save ${numbers[0]}`).click()
    await facts.getByText('The gate is locked').waitFor()
    assert.deepEqual(await violations(page), [])
    await page.getByLabel('Disposition').selectOption('No patient')
    await page.getByRole('button', { name: /^Close and free / }).click()
    await facts.getByText('No patient').waitFor()
    await page.getByText('Open it again', { exact: true }).click()
    await button(page, `Open ${numbers[0]}`).click()
    await page.getByText('Say why.').waitFor()
    await field(page, 'Why').fill('The fire is back')
    await button(page, `Open ${numbers[0]}`).click()
    await page.getByText('Cancel before anybody arrived', { exact: true }).waitFor()
    await button(page, numbers[1] ?? '').click()
    await page.getByText('Cancel before anybody arrived', { exact: true }).click()
    await field(page, 'Why').fill('Called off')
    await button(page, `Cancel ${numbers[1]}`).click()
    await page.getByRole('group', { name: 'Incidents to list' }).getByText('Ended', { exact: true }).click()
    await rowOf(page, numbers[1] ?? '')
      .getByText('Cancelled', { exact: true })
      .waitFor()
    await rowOf(page, numbers[0] ?? '').waitFor({ state: 'detached' })
    await page.context().close()
  })

  it('exports what it lists, at once or kept on the server', async () => {
    const page = await open('/incidents?emergency_type=MEDICAL', 'light')
    await rowOf(page, numbers[2] ?? '').waitFor()
    await page.getByText('Export', { exact: true }).click()
    const take = async (act: () => Promise<void>) => {
      const [file] = await Promise.all([page.waitForEvent('download'), act()])
      return { name: file.suggestedFilename(), text: await readFile(await file.path(), 'utf8') }
    }
    const shown = (name: string) => page.getByRole('button', { name }).filter({ visible: true })
    const now = await take(() => shown('Export as CSV').click())
    assert.match(now.name, /^incidents_emergency-type-medical_.*\.csv$/)
    assert.ok(now.text.includes(numbers[2] ?? '?') && !now.text.includes(numbers[1] ?? '?'))
    await page.getByText('Export', { exact: true }).click()
    await page.getByLabel('Keep it for a day').filter({ visible: true }).check()
    await shown('Export as CSV').click()
    const kept = page.getByRole('region', { name: 'Kept files' })
    const link = kept.getByRole('link', { name: /^incidents_emergency-type-medical/ })
    await link.waitFor()
    assert.deepEqual(await violations(page), [])
    assert.equal((await take(() => link.click())).text, now.text)
    await kept.getByRole('button', { name: /^Remove incidents_/ }).click()
    await kept.getByText('No file is kept.').waitFor()
    await page.context().close()
  })
})

describe('the page of calls', () => {
  it('gives calls to a reviewer, counts its views, and plays recordings from here alone', async () => {
    const page = await open(`/calls?call=${sid}`, 'light')
    await page
      .locator('.view-tab')
      .filter({ hasText: /^Open\s*1$/ })
      .waitFor()
    await page.getByRole('checkbox', { name: /^Select the call/ }).check()
    await page.locator('.bulk').getByText('Reviewer', { exact: true }).click()
    await button(page, 'root').waitFor()
    await button(page, 'chief (me)').click()
    await page.getByText('1 call changed.').waitFor()
    assert.deepEqual(await violations(page), [])
    await page.goto(`${desk.line.baseUrl}/calls/${sid}`)
    const sound = page.getByLabel('Recording 1 of the call')
    await sound.waitFor()
    const path = `/api/calls/${sid}/recordings/RE1/sound/`
    assert.equal(await sound.getAttribute('src'), path)
    await page.getByText('1:15').waitFor()
    assert.deepEqual(await violations(page), [])
    const { headers } = await fetch(desk.server.baseUrl)
    assert.match(headers.get('content-security-policy') ?? '', /media-src 'self';/)
    await heading(page, 'Call').waitFor()
    await page.context().close()
  })

  it('caused no policy violation, no fault and no console error in all of this', () => {
    assert.deepEqual(desk.complaints, [])
  })
})
