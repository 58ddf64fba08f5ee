import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { button, incidentRow, ok, openStaffedDesk, type StaffedDesk } from './centre.ts'
import { card, log, violations } from './desk.ts'

let desk: StaffedDesk

before(async () => {
  desk = await openStaffedDesk()
})

after(() => desk?.close())

describe('the boards of incidents and units', () => {
  it('show an incident as a call raises it, and link the two', async () => {
    const page = await desk.newPage()
    await desk.signIn(page, '/', desk.ann)
    await page.getByText('No incident is open.').waitFor()
    const { sid, id } = await desk.raise('12 Oak Street', { priority_level: 'HIGH' })
    await incidentRow(page, '12 Oak Street').waitFor()
    const text = await incidentRow(page, '12 Oak Street').innerText()
    assert.match(text, /E\d+\s+Medical\s+12 Oak Street\s+No unit yet\s+Waiting\s+0:\d\d/)
    await incidentRow(page, '12 Oak Street')
      .getByRole('img', { name: 'Priority 2, waiting for a unit' })
      .waitFor()

    await card(page, sid).click()
    await desk.say(sid, { speaker: 'CALLER', message: 'She fell' })
    await log(page).getByText('She fell').waitFor()
    await page.getByRole('heading', { name: /^Medical I-/ }).waitFor()
    await incidentRow(page, '12 Oak Street').click()
    assert.equal(new URL(page.url()).search, `?incident=${id}`)
    assert.equal(await card(page, sid).getAttribute('aria-selected'), 'true')
    await page.getByRole('button', { name: /^Call of / }).click()
    assert.equal(new URL(page.url()).search, `?call=${sid}`)
    await log(page).getByText('She fell').waitFor()
    await desk.cancel(id)
    await incidentRow(page, '12 Oak Street').waitFor({ state: 'detached' })
    await page.context().close()
  })

  it('order incidents by priority, then age, and move them when that changes', async () => {
    const page = await desk.newPage()
    await desk.signIn(page, '/', desk.ann)
    const older = await desk.raise('1 First Lane')
    const newer = await desk.raise('2 Second Lane')
    await incidentRow(page, '2 Second Lane').waitFor()
    const order = () =>
      page
        .locator('.incidents tr[data-key]')
        .evaluateAll((rows) => rows.map((one) => Number(one.dataset.key)))
    assert.deepEqual(await order(), [older.id, newer.id])
    await ok(desk.ask('PATCH', `/api/incidents/${newer.id}/`, { priority: 1 }))
    await incidentRow(page, '2 Second Lane')
      .getByRole('img', { name: /^Priority 1/ })
      .waitFor()
    assert.deepEqual(await order(), [newer.id, older.id])
    for (const { id } of [older, newer]) {
      await desk.cancel(id)
    }
    await page.context().close()
  })

  it('mark positions by their age, and hear of new ones', async () => {
    const page = await desk.newPage()
    await desk.addUnit('P1', 'POLICE', 9)
    await desk.addUnit('P2', 'POLICE', 9, 400)
    await desk.signIn(page, '/', desk.ann)
    const age = (number: string, tone: string) =>
      desk.unitRow(page, number).locator(`.position-age[data-tone="${tone}"]`)
    await age('P1', 'fresh').waitFor({ state: 'attached' })
    await age('P2', 'old').waitFor()
    assert.match(await desk.unitRow(page, 'P2').innerText(), /old 6:\d\d/)
    await desk.report('P2', 9, 90)
    await age('P2', 'aged').waitFor()
    await desk.report('P2', 9)
    await age('P2', 'fresh').waitFor({ state: 'attached' })
    await page.context().close()
  })

  it('say what could not be loaded, and load it again', async () => {
    const page = await desk.newPage()
    let cut = true
    await page.route(/\/api\/(incidents|units)\/\?/, (route) => (cut ? route.abort() : route.continue()))
    await desk.signIn(page, '/', desk.ann)
    await page.getByText('Open incidents could not be loaded.').waitFor()
    await page.getByText('Units could not be loaded.').waitFor()
    assert.match(await page.locator('.figures').innerText(), /waiting\s+–\s+assigned\s+–\s+available\s+–/)
    assert.deepEqual(await violations(page), [])
    cut = false
    await button(page, 'Load open incidents again').click()
    await button(page, 'Load units again').click()
    await desk.unitRow(page, 'B1').waitFor()
    await page.getByText('could not be loaded').first().waitFor({ state: 'detached' })
    await page.context().close()
  })

  it('are loaded again after a gap that cannot be replayed', async () => {
    const page = await desk.newPage()
    await desk.signIn(page, '/', desk.ann)
    const [ended, kept] = [await desk.raise('1 Gap Street'), await desk.raise('2 Gap Street')]
    await incidentRow(page, '2 Gap Street').waitFor()
    desk.line.cut()
    // As if so much had happened meanwhile that the server does not replay it.
    const leap = "SELECT setval(pg_get_serial_sequence('facts', 'id'), max(id) + 20000) FROM facts"
    await desk.server.ctx.db.pool.query(leap)
    await desk.cancel(ended.id)
    const order = { order_id: 'in the gap', unit_ids: [desk.units.get('B4')] }
    await ok(desk.ask('POST', `/api/incidents/${kept.id}/assignments/`, order))
    const begun = await desk.raise('3 Gap Street')
    desk.line.mend()
    await page.getByText(/so everything was loaded again: \d calls? and \d incidents? changed/).waitFor()
    await incidentRow(page, '1 Gap Street').waitFor({ state: 'detached' })
    await incidentRow(page, '2 Gap Street').getByText('B4 sent').waitFor()
    await incidentRow(page, '3 Gap Street').waitFor()
    await desk.hasStatus(page, 'B4', 'En route')
    for (const { id } of [kept, begun]) await desk.cancel(id)
    await desk.hasStatus(page, 'B4', 'Available')
    await page.context().close()
  })

  it('let others watch, and act on nothing', async () => {
    const page = await desk.newPage()
    const { id } = await desk.raise('7 Watch Hill')
    await desk.signIn(page, `/?incident=${id}`)
    await page.getByRole('heading', { name: 'Units sent' }).waitFor()
    await page.getByRole('button', { name: /^Call of/ }).waitFor()
    assert.equal(await page.locator('#dispatch-button').count(), 0)
    assert.equal(await page.getByLabel('Disposition').count(), 0)
    assert.equal(await page.getByRole('heading', { name: /^Recommended/ }).count(), 0)
    await page.context().close()
  })

  it('have no accessibility violations in either theme, wide or narrow', async () => {
    const { id } = await desk.raise('8 Harbour Street', { priority_level: 'CRITICAL' })
    for (const theme of ['dark', 'light'] as const) {
      const page = await desk.newPage(theme)
      await desk.signIn(page, `/?incident=${id}&boards=incidents`, desk.ann)
      await page.getByRole('heading', { name: /^Recommended: / }).waitFor()
      await desk.unitRow(page, 'B1').waitFor()
      assert.deepEqual(await violations(page), [])
      for (const [width, height] of [
        [1366, 768],
        [1024, 768],
        [390, 844],
      ] as const) {
        await page.setViewportSize({ width, height })
        assert.deepEqual(await violations(page), [])
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width)
      }
      await button(page, 'Back to lists').click()
      await incidentRow(page, '8 Harbour Street').waitFor()
      assert.deepEqual(await violations(page), [])
      await page.context().close()
    }
  })

  it('caused no policy violation, no fault and no console error in all of this', () => {
    assert.deepEqual(desk.complaints, [])
  })
})
