import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { armed, button, incidentRow, ok, openStaffedDesk, type StaffedDesk } from './centre.ts'

let desk: StaffedDesk

before(async () => {
  desk = await openStaffedDesk()
})

after(() => desk?.close())

describe('dispatch from the page', () => {
  it('sends the plan by one press, and shows every step of the unit', async () => {
    const page = await desk.newPage()
    await desk.signIn(page, '/', desk.ann)
    const { id } = await desk.raise('9 Orchard Avenue')
    await incidentRow(page, '9 Orchard Avenue').click()
    await armed(page, 'Dispatch B1')
    await desk.hasStatus(page, 'B1', 'Available')
    assert.match(
      await page.locator('.plan-rows').innerText(),
      /B1\s+recommended\s+BLS\s+\d:\d\d\s+Nearest ambulance/,
    )
    await page.getByRole('heading', { name: 'Hospitals' }).waitFor()
    await button(page, 'Dispatch B1').click()
    await page.getByText(/^Sent B1 at \d\d:\d\d:\d\d\./).waitFor()
    await desk.hasStatus(page, 'B1', 'En route')
    assert.match(await desk.unitRow(page, 'B1').innerText(), /E\d+/)
    await incidentRow(page, '9 Orchard Avenue').getByText('B1 sent').waitFor()
    await button(page, 'Everybody needed has been sent').waitFor()

    const { assignments } = await ok(desk.ask('GET', `/api/incidents/${id}/`))
    assert.equal(assignments.length, 1)
    const step = (name: string) => ok(desk.ask('POST', `/api/assignments/${assignments[0].id}/${name}/`))
    await step('on-scene')
    await desk.hasStatus(page, 'B1', 'On scene')
    await incidentRow(page, '9 Orchard Avenue').getByText('B1 on scene').waitFor()
    await step('clear')
    await incidentRow(page, '9 Orchard Avenue').getByText('Waits for disposition').waitFor()
    await desk.hasStatus(page, 'B1', 'Available')

    await page.getByLabel('Disposition').selectOption('EVALUATED_ONLY')
    await page.getByRole('button', { name: /^Close I-/ }).click()
    await incidentRow(page, '9 Orchard Avenue').waitFor({ state: 'detached' })
    await page.getByText('Evaluated only', { exact: true }).waitFor()
    assert.equal(await page.locator('#dispatch-button').count(), 0)
    await page.context().close()
  })

  it('is refused for an old plan, with what changed, and sends the new one', async () => {
    const [here, there] = [await desk.raise('3 Mill Road'), await desk.raise('4 Mill Road')]
    const [near, far] = [await desk.newPage(), await desk.newPage()]
    await desk.signIn(near, `/?incident=${here.id}`, desk.ann)
    await desk.signIn(far, `/?incident=${there.id}`, desk.ann)
    await armed(near, 'Dispatch B1')
    await armed(far, 'Dispatch B1')
    // The new plan is slow on its way to the second page, as over a bad line.
    const held = Promise.withResolvers<void>()
    await far.route('**/recommendation/', async (route) => {
      await held.promise
      await route.continue()
    })
    await button(near, 'Dispatch B1').click()
    await near.getByText(/^Sent B1 at/).waitFor()
    await button(far, 'Dispatch B1').click()
    const alert = far.locator('.actions').getByRole('alert')
    await alert.getByText('B1 not sent.').waitFor()
    await alert.getByText('It is now: B2.').waitFor()
    held.resolve()
    const number = await incidentRow(far, '3 Mill Road').locator('.c-incident').getAttribute('title')
    await alert.getByText(`B1: on ${number}. The plan is now B2.`).waitFor()
    await armed(far, 'Dispatch B2')
    await button(far, 'Dispatch B2').click()
    await far.getByText(/^Sent B2 at/).waitFor()
    await desk.hasStatus(near, 'B2', 'En route')
    const { assignments } = await ok(desk.ask('GET', `/api/incidents/${there.id}/`))
    assert.deepEqual(
      assignments.map((one: { unit_id: number }) => one.unit_id),
      [desk.units.get('B2')],
    )
    for (const page of [near, far]) await page.context().close()
  })

  it('sends an order whose answer was lost again under its own number, and nobody twice', async () => {
    const page = await desk.newPage()
    const { id } = await desk.raise('5 Canal Street')
    await desk.signIn(page, `/?incident=${id}`, desk.ann)
    await armed(page, 'Dispatch B3')
    const orders: { order_id: string }[] = []
    let lost = true
    await page.route(`**/api/incidents/${id}/assignments/`, async (route) => {
      orders.push(route.request().postDataJSON())
      // It reaches the server, and its answer never comes.
      if (lost) {
        await route.fetch()
        await route.abort()
      } else await route.continue()
    })
    await button(page, 'Dispatch B3').click()
    await page.getByText('It is not known whether B3 was sent.').waitFor()
    lost = false
    await button(page, 'Send B3 again').click()
    await page.getByText(/^Sent B3 at/).waitFor()
    assert.equal(orders.length, 2)
    assert.equal(orders[0]?.order_id, orders[1]?.order_id)
    const { assignments } = await ok(desk.ask('GET', `/api/incidents/${id}/`))
    assert.equal(assignments.length, 1)
    await page.context().close()
  })

  it('is worked by keys alone: F2 and Enter send, the boards open incidents', async () => {
    const page = await desk.newPage()
    await desk.signIn(page, '/', desk.ann)
    const { id } = await desk.raise('6 Foundry Yard', { priority_level: 'CRITICAL' })
    await incidentRow(page, '6 Foundry Yard').waitFor()
    await button(page, 'Waiting').focus()
    await page.keyboard.press('F2')
    assert.equal(new URL(page.url()).searchParams.get('incident'), String(id))
    await armed(page, 'Dispatch ')
    await page.keyboard.press('Enter')
    // The plan asks for an advanced ambulance too, and there is none: that is asked once.
    await page.getByText('Missing: advanced ambulance. Enter again sends them.').waitFor()
    await armed(page, 'all the same')
    await page.keyboard.press('Enter')
    await page.getByText(/^Sent B/).waitFor()
    await incidentRow(page, '6 Foundry Yard')
      .getByText(/B\d sent/)
      .waitFor()
    // The focus rests in the line.
    assert.equal(await page.evaluate(() => document.activeElement?.role), 'combobox')

    const focused = () => page.evaluate(() => (document.activeElement as HTMLElement).dataset.key)
    await incidentRow(page, '6 Foundry Yard').focus()
    await page.keyboard.press('ArrowDown')
    const second = await focused()
    assert.notEqual(second, String(id))
    assert.equal(new URL(page.url()).searchParams.get('incident'), second)
    await page.keyboard.press('Home')
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.activeElement?.id === 'detail-heading')

    await desk.unitRow(page, 'B3').focus()
    await page.keyboard.press('Enter')
    await page
      .getByRole('heading', { name: '5 Canal Street' })
      .or(page.getByText('5 Canal Street'))
      .first()
      .waitFor()
    assert.notEqual(new URL(page.url()).searchParams.get('incident'), String(id))
    await page.context().close()
  })

  it('caused no policy violation, no fault and no console error in all of this', () => {
    assert.deepEqual(desk.complaints, [])
  })
})
