import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { button } from './centre.ts'
import { violations } from './desk.ts'
import { focused, openDoor, type Person } from './way-in.ts'

let desk: Awaited<ReturnType<typeof openDoor>>
let ann: Person

before(async () => {
  desk = await openDoor()
  ann = await desk.makePerson('ann', 'dispatcher')
})

after(() => desk?.close())

const facts = (page: Page) => page.getByLabel('Facts of the call')
const openCall = (number: string) => desk.openCall({ caller_number: number, location: '1 Quay Street' })

/** Reasons on the timeline for which a number was shown, and by whom. */
async function looks(sid: string): Promise<{ name: string; reason: string }[]> {
  const { rows } = await desk.server.ctx.db.pool.query(
    `SELECT facts.actor_name AS name, facts.data->>'reason' AS reason
     FROM facts JOIN calls ON calls.id = facts.call_id
     WHERE calls.call_sid = $1 AND facts.type = 'caller_data_revealed' ORDER BY facts.id`,
    [sid],
  )
  return rows
}

describe('a caller’s number', () => {
  it('is masked, and shown for a minute to a dispatcher who says why', async () => {
    const sid = await openCall('+15550142233')
    const page = await desk.newPage()
    await page.clock.install()
    await desk.signIn(page, `/?call=${sid}`, ann)
    await button(page, 'Show number').waitFor()
    assert.equal(await page.getByText('+15550142233').count(), 0)
    await button(page, 'Show number').press('Enter')
    assert.equal(await focused(page), 'Call back')
    assert.deepEqual(await looks(sid), [])
    await page.keyboard.press('Enter')
    await facts(page).getByText('+15550142233').waitFor()
    assert.deepEqual(await looks(sid), [{ name: 'ann', reason: 'Call back' }])
    await facts(page)
      .getByText(/hides in (1:00|0:5\d)/)
      .waitFor()
    assert.deepEqual(await violations(page), [])
    await page.clock.fastForward('01:00')
    await button(page, 'Show number').waitFor()
    assert.equal(await page.getByText('+15550142233').count(), 0)
    assert.equal((await looks(sid)).length, 1)
    await page.context().close()
  })

  it('is shown for a reason in own words, and goes with its call', async () => {
    const [sid, next] = [await openCall('+15550142244'), await openCall('+15550142255')]
    const page = await desk.newPage('light')
    await desk.signIn(page, `/?call=${sid}`, ann)
    await button(page, 'Show number').click()
    await button(page, 'Cancel').click()
    await page.waitForFunction(() => document.activeElement?.textContent === 'Show number')
    await page.keyboard.press('Enter')
    const reason = page.getByRole('textbox', { name: 'Another reason' })
    await reason.fill('   ')
    await button(page, 'Show').click()
    assert.deepEqual(await looks(sid), [])
    await reason.fill('The crew cannot find the door')
    assert.deepEqual(await violations(page), [])
    await reason.press('Enter')
    await facts(page).getByText('+15550142244').waitFor()
    assert.deepEqual(await looks(sid), [{ name: 'ann', reason: 'The crew cannot find the door' }])
    await button(page, 'Hide number').click()
    await page.getByText('+15550142244').waitFor({ state: 'detached' })
    await button(page, 'Show number').click()
    await button(page, 'Verify location').click()
    await facts(page).getByText('+15550142244').waitFor()
    await page.locator(`.card[data-key="${next}"]`).click()
    await button(page, 'Show number').waitFor()
    await page.locator(`.card[data-key="${sid}"]`).click()
    await button(page, 'Show number').waitFor()
    assert.equal(await page.getByText('+15550142244').count(), 0)
    await page.context().close()
  })

  it('stays masked when the server does not answer, which is said', async () => {
    const sid = await openCall('+15550142266')
    const page = await desk.newPage()
    await page.route(/\/reveal\//, (route) => route.abort())
    await desk.signIn(page, `/?call=${sid}`, ann)
    await button(page, 'Show number').click()
    await button(page, 'Lost contact').click()
    await page.getByRole('alert').getByText('Not shown. The server could not be reached.').waitFor()
    assert.deepEqual(await looks(sid), [])
    await page.context().close()
  })

  it('cannot be asked for by those who do not call back', async () => {
    const sid = await openCall('+15550142277')
    for (const role of ['admin', 'supervisor'] as const) {
      const page = await desk.newPage()
      await desk.signIn(page, `/?call=${sid}`, await desk.makePerson(`the ${role}`, role))
      await facts(page)
        .getByText(/^\+\d+•+2277$/)
        .waitFor()
      assert.equal(await button(page, 'Show number').count(), role === 'supervisor' ? 1 : 0)
      await page.context().close()
    }
  })

  it('caused no policy violation, no fault and no console error in all of this', () => {
    assert.deepEqual(desk.complaints, [])
  })
})
