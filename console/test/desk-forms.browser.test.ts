import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { signIn } from '../../server/test/support/centre.ts'
import { writeTown } from '../../server/test/support/road-town.ts'
import { button, incidentRow, ok, openStaffedDesk, type StaffedDesk } from './centre.ts'
import { violations } from './desk.ts'

const patience = { timeout: 240_000 }
const chief = { username: 'chief', password: 'password of chief' }

let desk: StaffedDesk
let folder: string

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'toneout-forms-'))
  writeTown(folder, 6)
  desk = await openStaffedDesk({
    streetsFolder: folder,
    provokes: /400 \(Bad Request\)$|404 \(Not Found\)$|dynamically imported module/,
  })
})
after(async () => {
  await desk?.close()
  rmSync(folder, { recursive: true, force: true })
})

const side = (page: Page, name: string) => page.getByRole('region', { name, exact: true })
const isClean = async (page: Page) => assert.deepEqual(await violations(page), [])

describe('what a person knows better than what was stamped or drawn', () => {
  it('corrects a time with its reason, and what was stamped stays beside it', patience, async () => {
    const { id } = await desk.raise('1 Clock Lane')
    const order = { order_id: 'forms-1', unit_ids: [desk.units.get('B1')] }
    await ok(desk.ask('POST', `/api/incidents/${id}/assignments/`, order))
    const { results } = await ok(desk.ask('GET', `/api/assignments/?incident_id=${id}`))
    await ok(desk.ask('POST', `/api/assignments/${results[0].id}/on-scene/`, {}))
    const page = await desk.newPage()
    await desk.signIn(page, '/', chief)
    await incidentRow(page, '1 Clock Lane').click()
    await button(page, 'Times of B1').click()
    const panel = side(page, 'Times of B1')
    await panel.getByRole('combobox', { name: 'What' }).selectOption({ label: 'On scene' })
    const long = '2019-01-01T00:00:00'
    await panel.getByLabel('Was at').fill(long)
    await panel.getByRole('textbox', { name: 'Why' }).fill('told by radio')
    await button(page, 'Correct the time of B1').click()
    await panel.locator('.field-fault, .form-fault:not(:empty)').first().waitFor()
    const sent = Date.parse(results[0].assigned_at)
    const local = new Date(sent + 1_000 - new Date(sent).getTimezoneOffset() * 60_000)
    await panel.getByLabel('Was at').fill(local.toISOString().slice(0, 19))
    await button(page, 'Correct the time of B1').click()
    await panel.getByText('Corrected. What was stamped is kept beside it.').waitFor()
    await panel.locator('dd', { hasText: 'corrected, stamped' }).waitFor()
    await isClean(page)
    const one = await ok(desk.ask('GET', `/api/assignments/${results[0].id}/`))
    assert.notEqual(one.on_scene_at, one.corrections.on_scene_at)
    assert.equal(Math.floor(Date.parse(one.corrections.on_scene_at) / 1_000), Math.floor(sent / 1_000) + 1)
    await desk.cancel(id)
    await page.context().close()
  })

  it('says when a file was lost, takes no other form with it, and comes back', patience, async () => {
    const page = await desk.newPage()
    await desk.signIn(page, '/', desk.ann)
    const file = /\/assets\/raise-panel-[^/]*\.js$/
    const askForOne = async () => {
      await page.getByRole('combobox', { name: 'Command' }).fill('NEW')
      await page.keyboard.press('Enter')
    }
    await page.route(file, (route) => route.abort())
    await askForOne()
    await page.getByText('This panel could not be loaded.').waitFor()
    await page.keyboard.press('F1')
    await page.getByRole('heading', { name: 'Keys and commands' }).waitFor()
    await askForOne()
    await page.unroute(file)
    await button(page, 'Load the page again').click()
    await page.getByText(/^Live/).waitFor()
    await askForOne()
    await page.getByRole('heading', { name: 'New incident' }).waitFor()
    await page.context().close()
  })

  it('closes a street near a place, and opens it again', patience, async () => {
    const page = await desk.newPage('light')
    await desk.signIn(page, '/', desk.ann)
    await button(page, 'Closed streets').click()
    const panel = side(page, 'Closed streets')
    await panel.getByText('No street is closed.').waitFor()
    await panel.getByRole('combobox', { name: 'Where' }).fill('37.7605, -122.42')
    await page.getByRole('listbox', { name: 'Addresses' }).getByRole('option').first().click()
    await panel.getByRole('textbox', { name: 'Why' }).fill('burst main')
    await button(page, 'Close the street').click()
    await panel.getByText('burst main, until it is opened').waitFor()
    await isClean(page)
    const { results } = await ok(desk.ask('GET', '/api/closures/'))
    assert.deepEqual(
      results.map(({ street, reason }: Record<string, string>) => [street, reason]),
      [['Avenue 1', 'burst main']],
    )
    await button(page, 'Open Avenue 1').click()
    await panel.getByText('No street is closed.').waitFor()
    await page.context().close()
  })

  it('keeps a call whatever the retention says, until that is ended', patience, async () => {
    const sid = await desk.openCall({ emergency_type: 'MEDICAL' })
    const page = await desk.newPage()
    await page.goto(`${desk.line.baseUrl}/calls/${sid}`)
    await page.getByLabel('Username').fill(chief.username)
    await page.getByLabel('Password').fill(chief.password)
    await page.keyboard.press('Enter')
    const form = page.getByRole('form', { name: 'Legal hold' })
    await form.getByRole('textbox', { name: 'Why' }).fill('asked for by the court')
    await button(page, 'Keep this call').click()
    await page.getByText('Call put under legal hold by chief.').waitFor()
    await isClean(page)
    await button(page, 'End the legal hold').click()
    await button(page, 'End the legal hold of this call').click()
    await form.waitFor()
    await page.context().close()
  })

  it('gives a paramedic a profile and a unit, and a dispatcher one', patience, async () => {
    await signIn(desk.server, 'root', 'admin')
    const eva = await signIn(desk.server, 'eva', 'paramedic')
    const page = await desk.newPage()
    await page.goto(`${desk.line.baseUrl}/people?person=${eva.id}`)
    await page.getByLabel('Username').fill('root')
    await page.getByLabel('Password').fill('password of root')
    await page.keyboard.press('Enter')
    const form = page.getByRole('form', { name: 'Profile' })
    await form.getByRole('textbox', { name: 'Employee number' }).fill('E-9001')
    await form.getByLabel('Licence valid until').fill('2999-01-01')
    await form.getByRole('combobox', { name: 'Unit' }).selectOption({ label: 'B2' })
    await button(page, 'Save the profile of eva').click()
    await form.getByText('The licence number').waitFor()
    await form.getByRole('textbox', { name: 'Licence number' }).fill('P-77')
    await button(page, 'Save the profile of eva').click()
    await form.getByText('Saved.').waitFor()
    await isClean(page)
    const admin = await ok(desk.ask('GET', `/api/paramedics/${eva.id}/`))
    assert.deepEqual([admin.license_number, admin.unit_id], ['P-77', desk.units.get('B2')])

    await button(page, 'ann').click()
    await form.getByRole('textbox', { name: 'Employee number' }).fill('E-1')
    await form.getByRole('textbox', { name: 'Shift' }).fill('nights')
    await button(page, 'Save the profile of ann').click()
    await form.getByText('Saved.').waitFor()
    const { results } = await ok(desk.ask('GET', '/api/dispatchers/'))
    assert.deepEqual([results[0].username, results[0].shift], ['ann', 'nights'])
    await page.context().close()
  })

  it('caused no policy violation, no fault and no console error in all of this', () => {
    assert.deepEqual(desk.complaints, [])
  })
})
