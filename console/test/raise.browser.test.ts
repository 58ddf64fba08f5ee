import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { armed, button, incidentRow, ok, openStaffedDesk, type StaffedDesk } from './centre.ts'
import { card, violations } from './desk.ts'

let desk: StaffedDesk

before(async () => {
  desk = await openStaffedDesk()
  await desk.addUnit('P1', 'POLICE', 9)
})

after(() => desk?.close())

const incidentIdOf = (url: string) => Number(new URL(url).searchParams.get('incident'))

describe('an incident that a person raises', () => {
  it('takes what is known from a call that raises none by itself', async () => {
    const place = { location: '3 Station Road', latitude: 37.77, longitude: -122.4 }
    const known = { emergency_type: 'POLICE', priority_level: 'HIGH', ...place }
    const sid = await desk.openCall(known)
    const page = await desk.newPage()
    await desk.signIn(page, `/?call=${sid}`, desk.ann)
    await button(page, 'Raise an incident').click()
    await armed(page, 'Dispatch P1')
    await page.getByRole('button', { name: /^Call of / }).waitFor()
    const id = incidentIdOf(page.url())
    const raised = await ok(desk.ask('GET', `/api/incidents/${id}/`))
    const { emergency_type, priority, location, latitude, longitude } = raised
    const seen = { emergency_type, priority_level: priority, location, latitude, longitude }
    assert.deepEqual(seen, { ...known, priority_level: 2 })
    const { body } = await desk.post('GET', `/api/calls/${sid}/`)
    assert.equal(body.incident_id, id)
    // The call's own panel names it once.
    await card(page, sid).click()
    await page.getByRole('heading', { name: `Police ${raised.incident_number}` }).waitFor()
    assert.equal(await page.getByRole('term').filter({ hasText: 'Incident' }).count(), 0)
    await desk.cancel(id)
    await page.context().close()
  })

  it('asks for a type that is not known, and has no position when the call has none', async () => {
    const sid = await desk.openCall()
    const page = await desk.newPage()
    await desk.signIn(page, `/?call=${sid}`, desk.ann)
    await button(page, 'Raise an incident').click()
    await page.getByText('Choose the type of the emergency first.').waitFor()
    for (const width of [390, 1600]) {
      await page.setViewportSize({ width, height: 900 })
      assert.deepEqual(await violations(page), [])
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width)
    }
    const form = page.getByRole('form', { name: 'Raise an incident' })
    await form.getByLabel('Type').selectOption('POLICE')
    await page.getByText('Choose the type of the emergency first.').waitFor({ state: 'detached' })
    await button(page, 'Raise an incident').click()
    await page.getByText('No position. Place not known').waitFor()
    await page.getByRole('definition').getByText('No position', { exact: true }).waitFor()
    // Nobody knows how long it takes, and still somebody may go.
    await armed(page, 'Dispatch P1')
    assert.equal(await page.locator('.plan-rows [data-picked="true"] .seconds').innerText(), '–')
    await button(page, 'Dispatch P1').click()
    // Two are needed, so one alone is asked about once.
    await page.getByText('Missing: police. Enter again sends them.').waitFor()
    await armed(page, 'Dispatch P1 all the same')
    await button(page, 'Dispatch P1 all the same').click()
    await page.getByText(/^Sent P1 at/).waitFor()
    await desk.cancel(incidentIdOf(page.url()))
    await page.context().close()
  })

  it('says why it was not raised', async () => {
    const sid = await desk.openCall({ emergency_type: 'OTHER' })
    const page = await desk.newPage()
    await desk.signIn(page, `/?call=${sid}`, desk.ann)
    await page.route('**/api/incidents/', (route) => route.abort())
    await button(page, 'Raise an incident').click()
    await page.getByText('The server could not be reached.').waitFor()
    await page.unroute('**/api/incidents/')
    await button(page, 'Raise an incident').click()
    await page.getByRole('heading', { name: /^Other I-/ }).waitFor()
    await desk.cancel(incidentIdOf(page.url()))
    await page.context().close()
  })

  it('is offered to nobody who only watches', async () => {
    const sid = await desk.openCall({ emergency_type: 'POLICE' })
    const page = await desk.newPage()
    await desk.signIn(page, `/?call=${sid}`)
    await page.getByText('No incident yet').waitFor()
    assert.equal(await button(page, 'Raise an incident').count(), 0)
    await page.context().close()
  })
})

describe('incidents that wait for a unit', () => {
  it('are selected by F2, which says when there is none', async () => {
    const page = await desk.newPage()
    await desk.signIn(page, '/', desk.ann)
    await page.getByText('No incident is open.').waitFor()
    await page.keyboard.press('F2')
    await page.getByText('Nothing waits for a unit.').waitFor()
    const { id } = await desk.raise('')
    await incidentRow(page, 'Position only').waitFor()
    await page.getByText('Nothing waits for a unit.').waitFor({ state: 'detached' })
    await page.keyboard.press('F2')
    await armed(page, 'Dispatch B1')
    assert.equal(incidentIdOf(page.url()), id)
    assert.equal(await page.evaluate(() => document.activeElement?.role), 'combobox')
    assert.equal(await page.locator('#dispatch-button kbd').allInnerTexts().then(String), 'Enter')
    assert.deepEqual(await violations(page), [])
    await button(page, 'Close, join').click()
    await page.getByRole('button', { name: /^Close I-/ }).click()
    await page.getByText('Choose how it ended first.').waitFor()
    await desk.cancel(id)
    await page.context().close()
  })

  it('caused no policy violation, no fault and no console error in all of this', () => {
    assert.deepEqual(desk.complaints, [])
  })
})
