import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { armed, button, incidentRow, ok, openStaffedDesk, type StaffedDesk } from './centre.ts'
import { violations } from './desk.ts'

let desk: StaffedDesk

before(async () => {
  desk = await openStaffedDesk()
})

after(() => desk?.close())

const orderPath = (id: number) => `**/api/incidents/${id}/assignments/`

describe('what a desk sees when something is not as it should be', () => {
  it('shows dashes while nothing is known, and what next when nothing is there', async () => {
    const page = await desk.newPage()
    const held = Promise.withResolvers<void>()
    await page.route(/\/api\/(incidents|units|calls)\/\?/, async (route) => {
      await held.promise
      await route.continue()
    })
    await desk.signIn(page, '/', desk.ann)
    await page.locator('.incidents .skeleton').waitFor()
    assert.match(await page.locator('.figures').innerText(), /waiting\s+–\s+assigned\s+–\s+available\s+–/)
    held.resolve()
    await page.getByText('No incident is open.').waitFor()
    await page.getByText('No call is open.').waitFor()
    await page.context().close()
  })

  it('loses the race for a unit to another desk, says why, and sends the new plan', async () => {
    const [here, there] = [await desk.raise('1 Race Street'), await desk.raise('2 Race Street')]
    const [near, far] = [await desk.newPage(), await desk.newPage()]
    await desk.signIn(near, `/?incident=${here.id}`, desk.ann)
    await desk.signIn(far, `/?incident=${there.id}`, desk.ann)
    await armed(near, 'Dispatch B1')
    await armed(far, 'Dispatch B1')
    // Both orders leave before either is answered, and neither desk has heard of the other's.
    const held = Promise.withResolvers<void>()
    for (const page of [near, far]) {
      await page.route(/\/assignments\/$/, async (route) => {
        await held.promise
        await route.continue()
      })
      await page.keyboard.press('Enter')
      await button(page, 'Sending B1').waitFor()
    }
    held.resolve()
    const outcome = (page: typeof near) =>
      page.locator('.half .outcome', { hasText: /^(Sent B1|B1 not sent)/ })
    await outcome(near).waitFor()
    await outcome(far).waitFor()
    const words = [await outcome(near).innerText(), await outcome(far).innerText()]
    assert.equal(words.filter((one) => one.startsWith('Sent B1')).length, 1, words.join('\n'))
    const loser = words[0]?.startsWith('Sent') ? far : near
    await loser.getByText(/The plan is now B2\./).waitFor()
    await armed(loser, 'Dispatch B2')
    await loser.keyboard.press('Enter')
    await loser.getByText(/^Sent B2 at/).waitFor()
    for (const { id } of [here, there]) {
      assert.equal((await ok(desk.ask('GET', `/api/incidents/${id}/`))).assignments.length, 1)
      await desk.cancel(id)
    }
    for (const page of [near, far]) await page.context().close()
  })

  it('keeps saying that an order was not sent, until it is sent again or dropped', async () => {
    const { id } = await desk.raise('3 Race Street')
    const page = await desk.newPage()
    await desk.signIn(page, `/?incident=${id}`, desk.ann)
    await page.route(orderPath(id), (route) => route.abort())
    await armed(page, 'Dispatch B1')
    await page.keyboard.press('Enter')
    await incidentRow(page, '3 Race Street').getByText('Not sent').waitFor()
    await page.unroute(orderPath(id))
    await page.keyboard.press('Escape')
    await incidentRow(page, '3 Race Street').getByText('Not sent').waitFor()
    assert.equal((await ok(desk.ask('GET', `/api/incidents/${id}/`))).assignments.length, 0)
    await button(page, 'Do not send').click()
    await incidentRow(page, '3 Race Street').getByText('No unit yet').waitFor()
    await desk.cancel(id)
    await page.context().close()
  })

  it('sounds and shows what must be acted on, until somebody says that they have seen it', async () => {
    const { sid, id } = await desk.raise('4 Race Street')
    const page = await desk.newPage()
    await desk.signIn(page, '/', desk.ann)
    await incidentRow(page, '4 Race Street').waitFor()
    await desk.post('PATCH', `/api/calls/${sid}/`, { status: 'ESCALATED' })
    const alarm = page.getByRole('alert').getByText('A call wants a person.')
    await alarm.waitFor()
    assert.equal(await page.getByRole('option').first().getAttribute('data-key'), sid)
    assert.deepEqual(await violations(page), [])
    await page.keyboard.press('F9')
    await alarm.waitFor({ state: 'detached' })
    await desk.cancel(id)
    await page.context().close()
  })

  it('works without the AI: a person types the incident in', async () => {
    const page = await desk.newPage()
    await desk.signIn(page, '/', desk.ann)
    await page.getByText('No incident is open.').waitFor()
    await page.keyboard.type('NEW')
    await page.keyboard.press('Enter')
    await button(page, 'Raise the incident').waitFor()
    assert.deepEqual(await violations(page), [])
    await button(page, 'Raise the incident').click()
    await page.getByText('Choose the type of the emergency first.').waitFor()
    await page.getByLabel('Type', { exact: true }).selectOption('MEDICAL')
    await page.getByLabel('Priority', { exact: true }).selectOption('3')
    await page.getByLabel('Place').fill('5 Race Street')
    await button(page, 'Raise the incident').click()
    await incidentRow(page, '5 Race Street').waitFor()
    const id = Number(new URL(page.url()).searchParams.get('incident'))
    const { priority, emergency_type } = await ok(desk.ask('GET', `/api/incidents/${id}/`))
    assert.deepEqual([priority, emergency_type], [3, 'MEDICAL'])
    await button(page, 'Edit').click()
    await page.getByLabel('What crews must know').fill('Dog in the yard')
    await page.getByRole('button', { name: /^Save I-/ }).click()
    await incidentRow(page, '5 Race Street').getByText('Note').waitFor()
    await desk.cancel(id)
    await page.context().close()
  })

  it('has no accessibility violations in either theme at any desk width', async () => {
    const { id, sid } = await desk.raise('6 Race Street', { priority_level: 'CRITICAL' })
    await desk.say(sid, { speaker: 'CALLER', message: 'He fell down the stairs' })
    // A unit that cannot be chosen is shown too.
    const other = await desk.raise('7 Race Street')
    const order = { order_id: 'contrast', unit_ids: [desk.units.get('B1')] }
    await ok(desk.ask('POST', `/api/incidents/${other.id}/assignments/`, order))
    for (const theme of ['dark', 'light'] as const) {
      const page = await desk.newPage(theme)
      await desk.signIn(page, `/?incident=${id}`, desk.ann)
      await page.getByRole('heading', { name: /^Recommended: / }).waitFor()
      await page.locator('.plan-rows [data-may="false"]', { hasText: 'B1' }).waitFor()
      for (const [width, height] of [
        [1920, 1080],
        [1600, 900],
        [1440, 900],
        [1366, 768],
      ] as const) {
        await page.setViewportSize({ width, height })
        assert.deepEqual(await violations(page), [], `${theme} ${width}`)
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width)
      }
      for (const name of ['Edit', 'Close, join']) {
        await button(page, name).click()
        await page.locator('.console-side .side').waitFor()
        assert.deepEqual(await violations(page), [], `${theme} ${name}`)
      }
      await page.keyboard.press('Escape')
      await page.context().close()
    }
    for (const one of [id, other.id]) await desk.cancel(one)
  })

  it('caused no policy violation, no fault and no console error in all of this', () => {
    assert.deepEqual(desk.complaints, [])
  })
})
