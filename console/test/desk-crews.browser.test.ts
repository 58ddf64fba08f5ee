import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { makeParamedic, signIn } from '../../server/test/support/centre.ts'
import type { Ask } from '../../server/test/support/http.ts'
import { armed, incidentRow, ok, openStaffedDesk, type StaffedDesk } from './centre.ts'
import { violations } from './desk.ts'

const patience = { timeout: 120_000 }

let desk: StaffedDesk
let medic: Ask

before(async () => {
  desk = await openStaffedDesk({ provokes: /400 \(Bad Request\)$/, notifies: true })
  const person = await signIn(desk.server, 'medic', 'paramedic')
  await makeParamedic(desk.server, person.id, '2999-01-01')
  const crew = 'UPDATE paramedics SET unit_id = $1 WHERE person_id = $2'
  await desk.server.ctx.db.pool.query(crew, [desk.units.get('B1'), person.id])
  medic = person.ask
})
after(() => desk?.close())

/** A page that counts the tones it plays: what sounds is made of oscillators that are started. */
async function listening(theme: 'dark' | 'light'): Promise<Page> {
  const page = await desk.newPage(theme)
  await page.addInitScript(() => {
    const start = OscillatorNode.prototype.start
    Object(window).tones = 0
    OscillatorNode.prototype.start = function (this: OscillatorNode, ...given) {
      Object(window).tones += 1
      start.apply(this, given)
    }
  })
  return page
}
const sounded = (page: Page) => page.waitForFunction(() => Object(window).tones >= 6)
const band = (page: Page, words: string | RegExp) =>
  page.locator('.duress-line').filter({ hasText: words }).waitFor()
const press = (press_id: string) =>
  ok(medic('POST', `/api/units/${desk.units.get('B1')}/duress/`, { press_id }))

describe('a crew, as the desk sees it', () => {
  it(
    'that calls for help is seen and heard at every desk and on the wall, until a desk has seen it',
    patience,
    async () => {
      const { id } = await desk.raise('1 Alley Street')
      const [near, far] = [await listening('dark'), await listening('light')]
      const wall = await listening('dark')
      for (const page of [near, far]) await desk.signIn(page, '/', desk.ann)
      await wall.goto(`${desk.line.baseUrl}/wall`)
      await wall.getByLabel('Username').fill('ann')
      await wall.getByLabel('Password').fill(desk.ann.password)
      await wall.getByRole('button', { name: 'Sign in' }).click()
      for (const page of [near, far]) await desk.unitRow(page, 'B1').waitFor()
      await wall.getByText('1 Alley Street').waitFor()
      const order = { order_id: 'alley', unit_ids: [desk.units.get('B1')] }
      await ok(desk.ask('POST', `/api/incidents/${id}/assignments/`, order))
      await press('alley-press-1')
      for (const page of [near, far, wall]) {
        await band(
          page,
          /B1 calls for help on E\d+ Medical 1 Alley Street, held by medic.*not seen by a desk yet/,
        )
        await sounded(page)
        assert.deepEqual(await violations(page), [])
      }
      await near.keyboard.press('F9')
      for (const page of [near, far, wall]) await band(page, /seen by ann/)
      assert.equal(await far.getByRole('button', { name: /^Acknowledge/ }).count(), 0)
      for (const page of [near, far]) assert.deepEqual(await violations(page), [])
      assert.equal((await ok(medic('GET', '/api/crew/'))).unit.duress_seen_at !== null, true)
      await far.context().close()
      await wall.context().close()

      await near.getByRole('button', { name: 'Show B1' }).click()
      await incidentRow(near, '1 Alley Street').and(near.locator('[aria-selected="true"]')).waitFor()
      const clear = near.getByRole('button', { name: 'Clear the duress of B1' })
      await clear.click()
      await near.locator('.field-fault').waitFor()
      assert.deepEqual(await violations(near), [])
      await near.getByLabel('Why it is over').fill('Spoke with both, police are there')
      await near.keyboard.press('Enter')
      await near.locator('.duress-line').waitFor({ state: 'detached' })
      await clear.waitFor({ state: 'detached' })
      await near.context().close()
      await desk.cancel(id)
    },
  )

  it('sounds again at a desk whose acknowledgement did not arrive', patience, async () => {
    const page = await listening('dark')
    await desk.signIn(page, '/', desk.ann)
    await desk.unitRow(page, 'B1').waitFor()
    await page.route('**/duress/acknowledge/', (route) => route.abort())
    await press('alley-press-2')
    await band(page, 'B1 calls for help on no incident')
    await sounded(page)
    await page.keyboard.press('F9')
    await page.waitForFunction(() => Object(window).tones >= 12)
    await band(page, 'not seen by a desk yet')
    await page.unroute('**/duress/acknowledge/')
    await page.getByRole('button', { name: /^Acknowledge/ }).click()
    await band(page, /seen by ann/)
    await ok(desk.ask('POST', `/api/units/${desk.units.get('B1')}/duress/clear/`, { reason: 'safe' }))
    await page.locator('.duress-line').waitFor({ state: 'detached' })
    await page.context().close()
  })

  it('goes the whole way: a call comes in, one Enter, and the phone does the rest', patience, async () => {
    const page = await desk.newPage()
    await desk.signIn(page, '/', desk.ann)
    await desk.unitRow(page, 'B1').waitFor()
    const context = await page
      .context()
      .browser()
      ?.newContext({ viewport: { width: 390, height: 844 } })
    const phone = await context?.newPage()
    assert.ok(phone)
    await phone.goto(`${desk.line.baseUrl}/unit`)
    await phone.getByLabel('Username').fill('medic')
    await phone.getByLabel('Password').fill('password of medic')
    await phone.getByRole('button', { name: 'Sign in' }).click()
    await phone.getByText('Available. You are sent to nothing.').waitFor()
    const { id } = await desk.raise('3 Alley Street')
    await incidentRow(page, '3 Alley Street').waitFor()
    await page.keyboard.press('F2')
    await armed(page, 'Dispatch B1')
    await page.keyboard.press('Enter')
    await phone.getByRole('button', { name: 'Accept', exact: true }).click()
    const next = (words: string) =>
      phone.locator('.next[aria-disabled="false"]', { hasText: words }).click({ timeout: 60_000 })
    await next('En route')
    await next('Arrived on scene')
    await desk.hasStatus(page, 'B1', 'On scene')
    await next('At patient')
    await next('Choose hospital')
    await phone.getByRole('button', { name: /^General/ }).click()
    await desk.hasStatus(page, 'B1', 'Transporting')
    for (const words of ['Arrived at General', 'Patient handed over', 'Clear, available']) await next(words)
    await desk.hasStatus(page, 'B1', 'Available')
    await page.keyboard.type('C TT')
    await page.keyboard.press('Enter')
    await page.getByText(/^E\d+ is closed\./).waitFor()
    const ended = await ok(desk.ask('GET', `/api/incidents/${id}/`))
    assert.deepEqual([ended.status, ended.disposition], ['CLOSED', 'TREATED_AND_TRANSPORTED'])
    await context?.close()
    await page.context().close()
  })

  it('was told of its assignment by each channel, and has seen it, as its row says', patience, async () => {
    const { id } = await desk.raise('2 Alley Street')
    const page = await desk.newPage()
    await desk.signIn(page, `/?incident=${id}`, desk.ann)
    const order = { order_id: 'alley-2', unit_ids: [desk.units.get('B1')] }
    await ok(desk.ask('POST', `/api/incidents/${id}/assignments/`, order))
    const told = page.locator('.told').filter({ hasText: 'medic' })
    await told.getByText('Screen not seen yet').waitFor()
    const [notice] = (await ok(medic('GET', '/api/messages/mine/'))).results
    await ok(medic('POST', `/api/messages/${notice.id}/acknowledge/`))
    await told.getByText('Screen seen').waitFor()
    assert.deepEqual(await violations(page), [])
    await page.context().close()
    await desk.cancel(id)
  })

  it('caused no policy violation, no fault and no console error in all of this', () => {
    assert.deepEqual(desk.complaints, [])
  })
})
