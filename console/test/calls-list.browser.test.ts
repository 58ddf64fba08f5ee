import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { button } from './centre.ts'
import { row, violations } from './desk.ts'
import { focused, heading, openDoor, type Person } from './way-in.ts'

let desk: Awaited<ReturnType<typeof openDoor>>
let chief: Person
let fire: string[]

before(async () => {
  desk = await openDoor()
  chief = await desk.makePerson('chief', 'supervisor')
  fire = []
  for (let at = 0; at < 6; at += 1) {
    const emergency_type = at % 2 === 0 ? 'FIRE' : 'POLICE'
    const created_at = `2026-03-1${at}T12:00:00Z`
    const sid = await desk.openCall({ emergency_type, created_at, location: `${at} Harbour Street` })
    if (at % 2 === 0) fire.push(sid)
  }
  await desk.say(fire[0] ?? '', { speaker: 'CALLER', message: 'The shed is burning' })
})
after(() => desk?.close())

const rows = (page: Page) => page.locator('.calls-table tr[data-key]')
const keys = (page: Page) =>
  rows(page).evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.key))
const words = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams)
const counted = (page: Page, text: string) =>
  page.locator('.list-head .count').getByText(text, { exact: true }).waitFor()
/** A value of a filter, whose name ends with its count. */
const facet = (page: Page, name: RegExp) => page.locator('.facets').getByRole('button', { name })
const open = async (path: string, person = chief) => {
  const page = await desk.newPage()
  await desk.knock(page, path, person)
  return page
}

describe('the page of calls', () => {
  it('filters by its address, with counts, and the Back button goes from filter to filter', async () => {
    const page = await open('/calls')
    await counted(page, '6 calls')
    await facet(page, /^Fire\s*3$/).click()
    await counted(page, '3 calls')
    await page.getByRole('button', { name: 'Received' }).click()
    await page.getByText('Sorted by received, oldest first').waitFor()
    await page.getByText('Choose dates…').click()
    await page.getByLabel('From').fill('2026-03-11')
    await counted(page, '2 calls')
    assert.deepEqual(await keys(page), fire.slice(1))
    const address = { emergency_type: 'FIRE', ordering: 'created_at', from: '2026-03-11' }
    assert.deepEqual(words(page), address)
    await page.reload()
    await counted(page, '2 calls')
    assert.equal(await facet(page, /^Fire/).getAttribute('aria-pressed'), 'true')
    await page.goBack()
    await counted(page, '3 calls')
    await button(page, 'Take the filter Type away').click()
    await counted(page, '6 calls')
    await page.getByRole('searchbox', { name: 'Search calls' }).fill('ocean')
    await page.getByText('No call is like this.').waitFor()
    await page.locator('.facets').getByRole('button', { name: 'Clear' }).click()
    await counted(page, '6 calls')
    await page.context().close()
  })

  it('finds what was said, shows it beside the list, and gives the focus back', async () => {
    const page = await open('/calls?search=burning')
    const sid = fire[0] ?? ''
    await counted(page, '1 call')
    await page.getByText('Sorted by best match first').waitFor()
    assert.equal(await page.locator('.hit-row mark').innerText(), 'burning')
    await row(page, sid).getByRole('button').click()
    await page.getByRole('region', { name: 'What was said' }).getByText('The shed is burning').waitFor()
    assert.equal(words(page).call, sid)
    await button(page, 'Facts').click()
    await page.getByRole('definition').getByText('0 Harbour Street').waitFor()
    await button(page, 'History').click()
    await page.getByRole('region', { name: 'History' }).locator('li').first().waitFor()
    await page.getByRole('button', { name: /^Close Call of/ }).click()
    assert.match(await focused(page), /^10 Mar/)
    assert.equal(words(page).call, undefined)
    await page.goto(`${desk.line.baseUrl}/calls/${sid}`)
    await page.getByRole('region', { name: 'What was said' }).getByText('The shed is burning').waitFor()
    await page.getByRole('region', { name: 'History' }).locator('li').first().waitFor()
    assert.deepEqual(await violations(page), [])
    await page.context().close()
  })

  it('marks several calls, names those that are refused, and keeps a view of them', async () => {
    const page = await open('/calls?emergency_type=FIRE')
    await counted(page, '3 calls')
    await desk.post('PUT', `/api/calls/${fire[1]}/`, { status: 'COMPLETED' })
    await page.getByRole('checkbox', { name: 'Select all that are listed' }).check()
    await button(page, 'Needs review').last().click()
    await page.getByText('3 calls changed.').waitFor()
    await facet(page, /^Needs review\s*3$/).waitFor()
    await page.getByText('Set status', { exact: true }).click()
    await button(page, 'Cancelled').last().click()
    const refused = page.getByRole('alert').filter({ hasText: 'refused' })
    await refused.getByText(fire[1] ?? '?').waitFor()
    assert.match(await refused.innerText(), /The call is COMPLETED/)
    await page.getByText('Save view', { exact: true }).click()
    await page.getByLabel('Name of the view').fill('Fires')
    await button(page, 'Save').click()
    await page.getByText('Saved as Fires.').waitFor()
    await page.goto(`${desk.line.baseUrl}/calls`)
    await button(page, 'Fires').click()
    await counted(page, '3 calls')
    assert.deepEqual(words(page), { emergency_type: 'FIRE' })
    await page.getByText('Columns', { exact: true }).click()
    await page.getByLabel('Caller').check()
    await page.reload()
    await page.getByRole('columnheader', { name: 'Caller' }).waitFor()
    await page.context().close()
  })

  it('exports exactly what the filters find, or what is selected', async () => {
    const page = await open('/calls?emergency_type=FIRE&ordering=created_at')
    await counted(page, '3 calls')
    const take = async (name: string) => {
      await page.getByText(name, { exact: true }).click()
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        button(page, 'Export as NDJSON').filter({ visible: true }).click(),
      ])
      const lines = (await readFile(await file.path(), 'utf8')).trim().split('\n')
      return { name: file.suggestedFilename(), sids: lines.map((line) => JSON.parse(line).call_sid) }
    }
    const whole = await take('Export')
    assert.match(whole.name, /^calls_emergency-type-fire_ordering-created-at_\w+\.ndjson$/)
    assert.deepEqual(whole.sids, fire)
    await page.getByText('Exported 1 KB.').waitFor()
    await row(page, fire[2] ?? '')
      .getByRole('checkbox')
      .check()
    assert.deepEqual((await take('Export selection')).sids, [fire[2]])
    await page.route('**/api/exports/**', (route) =>
      route.fulfill({ status: 429, json: { code: 'rate_limited', detail: 'You have two exports running.' } }),
    )
    await page.getByText('Export', { exact: true }).click()
    await button(page, 'Export as CSV').filter({ visible: true }).click()
    await page.getByRole('alert').getByText('Nothing was exported.').waitFor()
    await page.context().close()
  })

  it('shows calls as they begin and change, and offers no export to a dispatcher', async () => {
    const page = await open('/calls', await desk.makePerson('dora', 'dispatcher'))
    await page.getByText(/^Live/).waitFor()
    const sid = await desk.openCall({ emergency_type: 'CARDIAC', location: '214 Pier Street' })
    await row(page, sid).waitFor()
    assert.equal((await keys(page))[0], sid)
    assert.equal(await row(page, sid).getAttribute('data-open'), 'true')
    await desk.post('PATCH', `/api/calls/${sid}/`, { status: 'COMPLETED', priority_level: 'CRITICAL' })
    await row(page, sid).getByText('Completed').waitFor()
    await row(page, sid).getByRole('img', { name: 'Priority 1, critical' }).waitFor()
    assert.equal(await page.getByText('Export', { exact: true }).count(), 0)
    await page.context().close()
  })

  it('reads on, and goes from row to row by the arrow keys', async () => {
    let oldest = ''
    for (let each = 0; each < 60; each += 1) {
      oldest = await desk.openCall({
        created_at: `2025-03-01T12:00:${String(59 - (each % 60)).padStart(2, '0')}Z`,
      })
    }
    const page = await open('/calls?to=2025-12-31')
    await counted(page, '60 calls')
    assert.equal(await rows(page).count(), 50)
    await page.locator('.row-name').first().focus()
    for (const key of ['ArrowDown', 'ArrowDown', 'ArrowUp', 'Enter']) await page.keyboard.press(key)
    assert.equal(words(page).call, (await keys(page))[1])
    await button(page, 'Load more').click()
    await row(page, oldest).waitFor()
    await page.getByText('These are all of this list').waitFor()
    await page.context().close()
  })

  for (const theme of ['dark', 'light'] as const) {
    it(`breaks no rule of accessibility in the ${theme} theme`, async () => {
      const page = await desk.newPage(theme)
      await desk.knock(page, `/calls?emergency_type=FIRE&search=shed&call=${fire[0]}`, chief)
      await page.getByRole('region', { name: 'What was said' }).getByText('The shed is burning').waitFor()
      await heading(page, 'Calls').waitFor()
      await page.locator('.calls-table tbody input').first().check()
      assert.deepEqual(await violations(page), [])
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 1600)
      await page.setViewportSize({ width: 390, height: 844 })
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390)
      await page.context().close()
    })
  }
})

it('nothing was complained about', () => assert.deepEqual(desk.complaints, []))
