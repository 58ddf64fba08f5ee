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
    const emergency_type = at % 2 === 0 ? 'FIRE' : 'MEDICAL'
    const created_at = `2026-03-1${at}T12:00:00Z`
    const sid = await desk.openCall({ emergency_type, created_at, location: `${at} Harbour Street` })
    if (at % 2 === 0) fire.push(sid)
  }
  await desk.say(fire[0] ?? '', { speaker: 'CALLER', message: 'The shed is burning' })
})
after(() => desk?.close())

const rows = (page: Page) => page.locator('.records tbody tr')
const keys = (page: Page) =>
  rows(page).evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset.key))
const words = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams)
const counted = (page: Page, text: string) =>
  page.locator('.list-head .count').getByText(text, { exact: true })

describe('the page of records', () => {
  it('filters by its address, and the Back button goes from filter to filter', async () => {
    const page = await desk.newPage()
    await desk.knock(page, '/records', chief)
    await counted(page, '6 calls').waitFor()
    await page.getByLabel('Type').selectOption('Fire')
    await counted(page, '3 calls').waitFor()
    await page.getByLabel('Order').selectOption('Oldest first')
    await page.getByLabel('From').fill('2026-03-11')
    await counted(page, '2 calls').waitFor()
    assert.deepEqual(await keys(page), fire.slice(1))
    const address = { emergency_type: 'FIRE', ordering: 'created_at', from: '2026-03-11' }
    assert.deepEqual(words(page), address)
    await page.reload()
    await counted(page, '2 calls').waitFor()
    assert.equal(await page.getByLabel('Type').inputValue(), 'FIRE')
    await page.goBack()
    await counted(page, '3 calls').waitFor()
    await page.getByLabel('To', { exact: true }).fill('2026-03-10')
    await counted(page, '1 call').waitFor()
    await page.getByRole('searchbox', { name: 'Search calls' }).fill('ocean')
    await page.getByText('No call is like this.').waitFor()
    await button(page, 'Clear all filters').click()
    await counted(page, '6 calls').waitFor()
    assert.deepEqual(words(page), {})
    await page.context().close()
  })

  it('shows a call beside the list with what was said, and gives the focus back', async () => {
    const page = await desk.newPage()
    const sid = fire[0] ?? ''
    await desk.knock(page, '/records?search=burning', chief)
    await counted(page, '1 call').waitFor()
    await row(page, sid).getByRole('button').click()
    await page.getByRole('region', { name: 'What was said' }).getByText('The shed is burning').waitFor()
    assert.equal(words(page).call, sid)
    await page.reload()
    await page.getByRole('definition').getByText('0 Harbour Street').waitFor()
    await page.getByRole('button', { name: /^Close Call of/ }).click()
    assert.match(await focused(page), /^10 Mar/)
    assert.equal(words(page).call, undefined)
    await page.context().close()
  })

  it('exports exactly what the filters find', async () => {
    const page = await desk.newPage()
    await desk.knock(page, '/records?emergency_type=FIRE&ordering=created_at', chief)
    await counted(page, '3 calls').waitFor()
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      button(page, 'Export as NDJSON').click(),
    ])
    assert.match(file.suggestedFilename(), /^calls_emergency-type-fire_ordering-created-at_\w+\.ndjson$/)
    const lines = (await readFile(await file.path(), 'utf8')).trim().split('\n')
    assert.deepEqual(
      lines.map((line) => JSON.parse(line).call_sid),
      fire,
    )
    await page.getByText('Exported 2 KB.').waitFor()
    await page.context().close()
  })

  it('says why nothing was exported', async () => {
    const page = await desk.newPage()
    await desk.knock(page, '/records', chief)
    await counted(page, '6 calls').waitFor()
    await page.route('**/api/exports/**', (route) =>
      route.fulfill({ status: 429, json: { code: 'rate_limited', detail: 'You have two exports running.' } }),
    )
    await button(page, 'Export as CSV').click()
    await page.getByRole('alert').getByText('Nothing was exported.').waitFor()
    assert.match(await page.getByRole('alert').allInnerTexts().then(String), /two exports running/)
    await page.context().close()
  })

  it('offers no export to a dispatcher', async () => {
    const page = await desk.newPage()
    await desk.knock(page, '/records', await desk.makePerson('dora', 'dispatcher'))
    await counted(page, '6 calls').waitFor()
    assert.equal(await button(page, 'Export as CSV').count(), 0)
    await page.context().close()
  })

  for (const theme of ['dark', 'light'] as const) {
    it(`breaks no rule of accessibility in the ${theme} theme`, async () => {
      const page = await desk.newPage(theme)
      await desk.knock(page, `/records?emergency_type=FIRE&call=${fire[0]}`, chief)
      await page.getByText('The shed is burning').waitFor()
      await heading(page, 'Records').waitFor()
      assert.deepEqual(await violations(page), [])
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 1600)
      await page.setViewportSize({ width: 390, height: 844 })
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390)
      await page.context().close()
    })
  }
})

it('nothing was complained about', () => assert.deepEqual(desk.complaints, []))
