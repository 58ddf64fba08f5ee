import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { importTown } from '../../server/test/support/town.ts'
import { button, ok, openStaffedDesk, type StaffedDesk } from './centre.ts'
import { violations } from './desk.ts'

let desk: StaffedDesk

before(async () => {
  desk = await openStaffedDesk()
  await importTown(desk.server)
})

after(() => desk?.close())

const field = (page: Page) => page.getByRole('combobox', { name: 'Place' })
const options = (page: Page) => page.getByRole('listbox', { name: 'Addresses' }).getByRole('option')
const chosen = (page: Page) => page.locator('.address-option[aria-selected=true]')

async function openPolice(theme: 'dark' | 'light' = 'dark') {
  const sid = await desk.openCall({ emergency_type: 'POLICE' })
  const page = await desk.newPage(theme)
  await desk.signIn(page, `/?call=${sid}`, desk.ann)
  await field(page).waitFor()
  return { page, sid }
}

const incidentOf = async (sid: string) => {
  const call = await ok(desk.ask('GET', `/api/calls/${sid}/`))
  return ok(desk.ask('GET', `/api/incidents/${call.incident_id}/`))
}

describe('an address while it is typed', () => {
  for (const theme of ['dark', 'light'] as const) {
    it(`completes, is chosen by key and gives the incident its position: ${theme}`, async () => {
      const { page, sid } = await openPolice(theme)
      await field(page).pressSequentially('341 harb')
      await options(page).filter({ hasText: '341 Harbour Street' }).waitFor()
      assert.equal(await field(page).getAttribute('aria-expanded'), 'true')
      await page.getByText(/No position yet: choose/).waitFor()
      await page.keyboard.press('ArrowDown')
      const active = await field(page).getAttribute('aria-activedescendant')
      assert.equal(await chosen(page).getAttribute('id'), active)
      assert.deepEqual(await violations(page), [])
      await page.keyboard.press('Enter')
      await page.getByText(/Position set: Address, ±\d+ m, \d+ % sure, gazetteer/).waitFor()
      assert.equal(await field(page).inputValue(), '341 Harbour Street')
      assert.equal(await options(page).count(), 0)
      assert.deepEqual(await violations(page), [])
      await button(page, 'Raise an incident').click()
      await page.getByRole('heading', { name: /^Police I-/ }).waitFor()
      const { id, location, latitude, longitude } = await incidentOf(sid)
      assert.deepEqual([location, latitude, longitude], ['341 Harbour Street', 50, 10.004082])
      await desk.cancel(id)
      await page.context().close()
    })
  }

  it('gives words alone where nothing is chosen, and takes the position away with the words', async () => {
    const { page, sid } = await openPolice()
    await field(page).fill('mission and 3rd st')
    await options(page).first().click()
    await page.getByText(/Position set: Corner/).waitFor()
    await field(page).fill('where the old oak stood')
    await page.getByText('No such address is known. The words are kept; a person sets the pin.').waitFor()
    await button(page, 'Raise an incident').click()
    await page.getByRole('heading', { name: /^Police I-/ }).waitFor()
    const { id, location, latitude } = await incidentOf(sid)
    assert.deepEqual([location, latitude], ['where the old oak stood', null])
    await desk.cancel(id)
    await page.context().close()
  })

  it('closes by Escape and keeps what was typed; steps go round', async () => {
    const { page } = await openPolice()
    await field(page).fill('mission')
    await options(page).first().waitFor()
    await page.keyboard.press('ArrowUp')
    assert.equal(await options(page).last().getAttribute('aria-selected'), 'true')
    await page.keyboard.press('ArrowDown')
    assert.equal(await chosen(page).count(), 0)
    await page.keyboard.press('Escape')
    await options(page).first().waitFor({ state: 'detached' })
    assert.equal(await field(page).inputValue(), 'mission')
    assert.equal(await field(page).getAttribute('aria-expanded'), 'false')
    await page.context().close()
  })

  it('gives up a question that is out of date', async () => {
    const { page } = await openPolice()
    const failed = page.waitForEvent('requestfailed', (request) => request.url().includes('search=341+harb'))
    let release = () => {}
    const held = new Promise<void>((done) => {
      release = done
    })
    await page.route(/search=341(\+|%20)harb/, async (route) => {
      await held
      await route.abort().catch(() => {})
    })
    const asked = page.waitForRequest(/search=341(\+|%20)harb/)
    await field(page).fill('341 harb')
    await asked
    await field(page).fill('350 mission st')
    await failed
    release()
    await options(page).first().waitFor()
    await page.context().close()
  })

  it('says why it cannot look anything up, and stays a field', async () => {
    const { page } = await openPolice()
    await page.route('**/api/addresses/**', (route) => route.abort())
    await field(page).fill('341 harbour')
    await page.getByText(/Addresses could not be looked up. The server could not be reached/).waitFor()
    assert.equal(await field(page).inputValue(), '341 harbour')
    await page.context().close()
  })
})

describe('an incident that has words and no position', () => {
  it('is given a place by a person, who reads what is off', async () => {
    const { body } = await desk.post('POST', '/api/calls/', {
      ...{ call_sid: 'CA-unplaced', caller_number: '+15550199', emergency_type: 'FIRE' },
      location: '999 Harbour Street',
    })
    const page = await desk.newPage()
    await desk.signIn(page, `/?incident=${body.incident_id}`, desk.ann)
    await field(page).focus()
    await page.keyboard.press('ArrowDown')
    await options(page).first().waitFor()
    assert.match(await options(page).first().innerText(), /No number 999 is known/)
    await options(page).first().click()
    assert.deepEqual(await violations(page), [])
    await button(page, 'Set the place').click()
    await field(page).waitFor({ state: 'detached' })
    const { latitude, longitude } = await ok(desk.ask('GET', `/api/incidents/${body.incident_id}/`))
    assert.deepEqual([latitude, longitude], [50, 10.02])
    await desk.cancel(body.incident_id)
    await page.context().close()
  })

  it('caused no policy violation, no fault and no console error in all of this', () => {
    assert.deepEqual(desk.complaints, [])
  })
})
