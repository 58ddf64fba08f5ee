import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { button, ok, openStaffedDesk, type StaffedDesk } from './centre.ts'
import { violations } from './desk.ts'

const patience = { timeout: 120_000 }
const chief = { username: 'chief', password: 'password of chief' }

let desk: StaffedDesk

before(async () => {
  desk = await openStaffedDesk({ provokes: /400 \(Bad Request\)$/ })
})
after(() => desk?.close())

async function enter(page: Page, path: string, who: { username: string; password: string }) {
  await page.goto(desk.line.baseUrl + path)
  await page.getByLabel('Username').fill(who.username)
  await page.getByLabel('Password').fill(who.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

const side = (page: Page, name: string) => page.getByRole('region', { name, exact: true })

describe('units, hospitals and stations', () => {
  it('are added and changed by a supervisor', patience, async () => {
    const page = await desk.newPage()
    await enter(page, '/stations', chief)
    await button(page, 'Add a station').click()
    await page.getByRole('textbox', { name: 'Name' }).fill('Old Quay')
    await page.getByLabel('Latitude').fill('137')
    await page.getByLabel('Longitude').fill('-122.41')
    await button(page, 'Add the station').click()
    await page.getByText('The latitude must be a number from -90 to 90.').waitFor()
    await page.getByLabel('Latitude').fill('37.78')
    await button(page, 'Add the station').click()
    await side(page, 'Old Quay').waitFor()

    await page.getByRole('link', { name: 'Units', exact: true }).click()
    await button(page, 'B1').click()
    await page.getByLabel('Station', { exact: true }).selectOption({ label: 'Old Quay' })
    await page.getByLabel('Equipment').fill('stair chair, bariatric stretcher')
    await button(page, 'Change B1').click()
    await side(page, 'B1').getByText('Changed.').waitFor()
    const unit = await ok(desk.ask('GET', `/api/units/${desk.units.get('B1')}/`))
    assert.deepEqual(unit.equipment, ['stair chair', 'bariatric stretcher'])
    await side(page, 'B1').locator('dd', { hasText: 'Old Quay' }).waitFor()
    await page.context().close()
  })

  it('a dispatcher sets a duty with its reason, and what a hospital can take', patience, async () => {
    const page = await desk.newPage()
    await enter(page, '/units', desk.ann)
    await button(page, 'B2').click()
    assert.equal(await button(page, 'Change B2').count(), 0)
    await page.getByRole('combobox', { name: 'Duty' }).selectOption('OUT_OF_SERVICE')
    await page.getByRole('textbox', { name: 'Reason' }).fill('flat tyre')
    await button(page, 'Set the duty of B2').click()
    await side(page, 'B2').locator('dd', { hasText: 'Out of service' }).waitFor()

    await page.getByRole('link', { name: 'Hospitals', exact: true }).click()
    await button(page, 'General').click()
    await page.getByText('No unit is on the way there.').waitFor()
    await page.getByRole('textbox', { name: 'Free beds' }).fill('3')
    await page.getByRole('textbox', { name: 'Beds', exact: true }).fill('20')
    await page.getByRole('combobox', { name: 'Diversion' }).selectOption('CLOSED')
    await page.getByRole('textbox', { name: 'Reason' }).fill('no power in the emergency department')
    await button(page, 'Set what General can take').click()
    await side(page, 'General')
      .locator('dd', { hasText: 'Closed: no power in the emergency department' })
      .waitFor()
    const { results } = await ok(desk.ask('GET', '/api/hospitals/'))
    assert.deepEqual(
      [results[0].available_beds, results[0].total_beds, results[0].diversion],
      [3, 20, 'CLOSED'],
    )
    await page.context().close()
  })

  it('a unit that is on its way to a hospital is among those that come', patience, async () => {
    const { id } = await desk.raise('7 Inbound Way', { latitude: undefined, longitude: undefined })
    const { results } = await ok(desk.ask('GET', '/api/hospitals/'))
    await ok(desk.ask('PATCH', `/api/hospitals/${results[0].id}/`, { diversion: 'OPEN' }))
    const body = { order_id: 'inbound-1', unit_ids: [desk.units.get('B3')] }
    await ok(desk.ask('POST', `/api/incidents/${id}/assignments/`, body))
    const live = await ok(desk.ask('GET', `/api/assignments/?incident_id=${id}&live=true`))
    const path = `/api/assignments/${live.results[0].id}`
    await ok(desk.ask('POST', `${path}/transport/`, { hospital_id: results[0].id }))
    const page = await desk.newPage()
    await enter(page, `/hospitals?id=${results[0].id}`, desk.ann)
    await side(page, 'General').getByText('B3 · Basic · transporting').waitFor()
    await ok(desk.ask('POST', `${path}/clear/`, {}))
    await ok(desk.ask('POST', `/api/incidents/${id}/close/`, { disposition: 'TREATED_AND_TRANSPORTED' }))
    await page.context().close()
  })

  it('is taken out of use and into it again', patience, async () => {
    const page = await desk.newPage()
    await enter(page, '/units', chief)
    await button(page, 'B6').click()
    await button(page, 'Take out of use').click()
    await button(page, 'Take B6 out of use').click()
    await page.getByText('B6 is out of use.').waitFor()
    await button(page, 'Take B6 into use again').click()
    await button(page, 'Take out of use').waitFor()
    await page.context().close()
  })
})

describe('shifts hand over', () => {
  it('by a note that the next one sees at the same desk', patience, async () => {
    const page = await desk.newPage()
    await enter(page, '/handover', chief)
    await page.getByText('No shift has left a note yet.').waitFor()
    await page.getByRole('textbox', { name: 'Desk' }).fill('Desk 2')
    await button(page, 'Set the desk').click()
    await page.getByText('This is Desk 2.').waitFor()
    await page.getByRole('textbox', { name: 'Note' }).fill('Harbour bridge is closed.\nB2 waits for a tyre.')
    await button(page, 'Leave the note').click()
    await page.locator('.handover-list li', { hasText: 'Harbour bridge is closed.' }).waitFor()
    await page.getByRole('link', { name: 'chief, Desk 2' }).waitFor()
    await page.context().close()

    const next = await desk.newPage()
    await desk.signIn(next, '/', desk.ann)
    await next.locator('.handover-notice', { hasText: 'B2 waits for a tyre.' }).waitFor()
    await button(next, 'I have read it').click()
    await next.locator('.handover-notice').waitFor({ state: 'detached' })
    await next.context().close()
  })
})

describe('the wall', () => {
  it('shows what waits first, in letters of 24 px', patience, async () => {
    const calm = await desk.raise('8 Quiet Lane')
    const grave = await desk.raise('9 Loud Lane', { priority_level: 'CRITICAL', emergency_type: 'CARDIAC' })
    const page = await desk.newPage()
    await enter(page, '/wall', desk.ann)
    const rows = page.locator('.wall-queue tbody tr')
    await rows.filter({ hasText: '8 Quiet Lane' }).waitFor()
    assert.match((await rows.first().innerText()) ?? '', /9 Loud Lane[\s\S]*Waiting/)
    const size = await rows.first().evaluate((row) => Number.parseFloat(getComputedStyle(row).fontSize))
    assert.ok(size >= 24, `${size} px`)
    await page.getByText('on line with the AI').waitFor()
    assert.equal(await page.locator('.map-tools').count(), 0)
    for (const { id } of [calm, grave]) await desk.cancel(id)
    await page.getByText('No incident is open.').waitFor()
    await page.context().close()
  })
})

describe('all of these pages', () => {
  for (const theme of ['dark', 'light'] as const) {
    it(`have no violation in the ${theme} theme`, { timeout: 240_000 }, async () => {
      const page = await desk.newPage(theme)
      await enter(page, '/units?id=1', chief)
      await page.getByRole('heading', { name: 'Crew' }).waitFor()
      assert.deepEqual(await violations(page), [])
      const paths = ['/hospitals?id=1', '/stations?id=new', '/handover', '/wall']
      for (const path of paths) {
        await page.goto(desk.line.baseUrl + path)
        await page.locator('main').first().waitFor()
        await page.locator('form, .wall-queue').first().waitFor(patience)
        assert.deepEqual(await violations(page), [], path)
      }
      await page.context().close()
    })
  }

  it('cause no policy violation, fault or console error', () => {
    assert.deepEqual(desk.complaints, [])
  })
})
