import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { card, type Desk, log, openDesk, violations } from './desk.ts'

let desk: Desk

before(async () => {
  // Where the line is cut while the map still loads, the map says that its worker did not come.
  desk = await openDesk({ provokes: /Worker failed to load/ })
})

after(() => desk?.close())

describe('the live page', () => {
  it('lets in who knows the password, and nobody else', async () => {
    const page = await desk.newPage()
    await page.goto(desk.line.baseUrl)
    await page.getByLabel('Username').fill(desk.server.username)
    await page.getByLabel('Password').fill('not the password')
    await page.keyboard.press('Enter')
    await page.getByText('Username or password is wrong.').waitFor()
    assert.equal(await page.getByRole('heading', { name: 'Incoming calls' }).count(), 0)
    await page.getByLabel('Password').fill(desk.server.password)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Incoming calls' }).waitFor()
    await page.reload()
    await page.getByText('No call is open.').waitFor()
    await page.getByRole('button', { name: 'Sign out' }).click()
    await page.getByLabel('Username').waitFor()
    await page.reload()
    await page.getByLabel('Username').waitFor()
    await page.context().close()
  })

  it('shows a call and its words as they come, without a reload', async () => {
    const page = await desk.newPage()
    await desk.signIn(page)
    const older = await desk.openCall({ emergency_type: 'FIRE' })
    await card(page, older).waitFor()
    const sid = await desk.openCall({ emergency_type: 'CARDIAC', location: '214 Harbour Street' })
    await card(page, sid).waitFor()
    assert.equal(await page.getByRole('option').first().getAttribute('data-key'), sid)

    await card(page, sid).click()
    await desk.say(sid, { speaker: 'SYSTEM', message: 'What is the address?' })
    await log(page).getByText('What is the address?').waitFor()
    const partial = await desk.say(sid, { speaker: 'CALLER', message: 'He is', is_final: false })
    const last = log(page).locator('.line').last()
    await last.getByText('He is', { exact: true }).waitFor()
    const patch = (body: object) =>
      desk.post('PATCH', `/api/calls/${sid}/interactions/${partial.body.id}/`, body)
    await patch({ message: 'He is not breathing' })
    await last.getByText('He is not breathing', { exact: true }).waitFor()
    assert.equal(await last.getAttribute('data-partial'), 'true')
    await patch({ message: 'He is not breathing.', is_final: true })
    await log(page).locator('.line[data-partial="false"]').nth(1).waitFor()
    assert.equal(await log(page).locator('.line').count(), 2)
    await card(page, sid).getByText('He is not breathing.').waitFor()

    await desk.post('PATCH', `/api/calls/${sid}/`, { status: 'COMPLETED' })
    await card(page, sid).waitFor({ state: 'detached' })
    await page.context().close()
  })

  it('keeps its place when the reader has scrolled up in a transcript', async () => {
    const page = await desk.newPage()
    const sid = await desk.openCall()
    for (let each = 1; each <= 40; each += 1)
      await desk.say(sid, { speaker: 'CALLER', message: `Line ${each}` })
    await desk.signIn(page, `/?call=${sid}`)
    await log(page).getByText('Line 40').waitFor()
    const place = () => log(page).evaluate((element) => element.scrollTop)
    const isAtEnd = () =>
      page.waitForFunction(() => {
        const { scrollHeight, clientHeight, scrollTop } = document.querySelector('.lines')!
        return scrollHeight - clientHeight - scrollTop < 2
      })
    await isAtEnd()
    await log(page).hover()
    await page.mouse.wheel(0, -300)
    await page.waitForFunction(() => document.querySelector('.lines')!.scrollTop > 0)
    // It rolls on for a while.
    await page.waitForFunction(async () => {
      const lines = document.querySelector('.lines')!
      const before = lines.scrollTop
      await new Promise((next) => setTimeout(next, 150))
      return lines.scrollTop === before
    })
    const before = await place()
    await desk.say(sid, { speaker: 'CALLER', message: 'Line 41' })
    await desk.say(sid, { speaker: 'CALLER', message: 'Line 42' })
    await page.getByRole('button', { name: '2 new lines' }).waitFor()
    assert.equal(await place(), before)
    await page.getByRole('button', { name: '2 new lines' }).click()
    await isAtEnd()
    await desk.say(sid, { speaker: 'CALLER', message: 'Line 43' })
    await log(page).getByText('Line 43').waitFor()
    await isAtEnd()
    await page.context().close()
  })

  it('says when it is not live, and closes the gap when it is again', async () => {
    const page = await desk.newPage()
    await desk.signIn(page)
    const known = await desk.openCall({ emergency_type: 'FIRE' })
    await card(page, known).waitFor()
    await card(page, known).click()
    desk.line.cut()
    await page.getByText('Reconnecting').waitFor()
    const missed = await desk.openCall({ emergency_type: 'STROKE' })
    await desk.post('PATCH', `/api/calls/${known}/`, { location: '77 Canal Street' })
    await desk.say(known, { speaker: 'CALLER', message: 'Said while nobody heard' })
    await page.getByText(/^[1-9]\d s behind$/).waitFor()
    assert.match(await page.locator('.incoming .panel-head').innerText(), /as of \d\d:\d\d:\d\d/)
    const bar = page.getByRole('alert').getByText(/^Not live since \d\d:\d\d:\d\d\./)
    await bar.waitFor()
    assert.deepEqual(await violations(page), [])
    assert.equal(await card(page, missed).count(), 0)

    desk.line.mend()
    await card(page, missed).waitFor()
    await log(page).getByText('Said while nobody heard').waitFor()
    await page.getByText(/^Live again at .* has arrived: 2 calls and 1 incident changed, marked\.$/).waitFor()
    assert.equal(await card(page, known).getAttribute('data-changed'), 'true')
    assert.match(await card(page, known).innerText(), /77 Canal Street/)
    const raised = page.locator('.incidents tr[data-changed="true"]')
    assert.match(await raised.innerText(), /77 Canal Street/)
    await bar.waitFor({ state: 'detached' })
    await page.locator(`.card[data-key="${known}"][data-changed="false"]`).waitFor()
    await page.context().close()
  })

  it('loads everything again after a gap that cannot be replayed, and says so', async () => {
    const page = await desk.newPage()
    await desk.signIn(page)
    const [changed, ended] = [await desk.openCall({ emergency_type: 'FIRE' }), await desk.openCall()]
    await card(page, ended).waitFor()
    desk.line.cut()
    // As if so much had happened meanwhile that the server does not replay it.
    const leap = "SELECT setval(pg_get_serial_sequence('facts', 'id'), max(id) + 20000) FROM facts"
    await desk.server.ctx.db.pool.query(leap)
    await desk.post('PATCH', `/api/calls/${changed}/`, { location: '5 Foundry Yard' })
    await desk.post('PATCH', `/api/calls/${ended}/`, { status: 'COMPLETED' })
    const missed = await desk.openCall()
    desk.line.mend()
    await page.getByText(/The gap was too long to replay, so everything was loaded again: 2 calls/).waitFor()
    await card(page, missed).waitFor()
    await card(page, ended).waitFor({ state: 'detached' })
    assert.match(await card(page, changed).innerText(), /5 Foundry Yard/)
    assert.equal(await card(page, changed).getAttribute('data-changed'), 'true')
    await desk.post('PATCH', `/api/calls/${changed}/`, { location: '6 Foundry Yard' })
    await card(page, changed).getByText('6 Foundry Yard').waitFor()
    await page.context().close()
  })

  it('shows one thing at a time on a narrow screen', async () => {
    const page = await desk.newPage()
    await page.setViewportSize({ width: 390, height: 844 })
    const sid = await desk.openCall({ emergency_type: 'STROKE' })
    await desk.say(sid, { speaker: 'CALLER', message: 'Her mouth hangs' })
    await desk.signIn(page)
    await card(page, sid).click()
    await log(page).getByText('Her mouth hangs').waitFor()
    assert.equal(await card(page, sid).isVisible(), false)
    await page.goBack()
    await card(page, sid).waitFor()
    await card(page, sid).click()
    await page.getByRole('button', { name: 'Back to lists' }).click()
    await card(page, sid).waitFor()
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390)
    await page.context().close()
  })

  it('is worked by keys alone', async () => {
    const page = await desk.newPage()
    await desk.signIn(page)
    const [second, first] = [await desk.openCall(), await desk.openCall()]
    await card(page, first).waitFor()
    const selected = () => new URL(page.url()).searchParams.get('call')

    await page.getByRole('button', { name: 'Waiting' }).focus()
    await page.keyboard.press('Alt+ArrowDown')
    assert.equal(selected(), first)
    await page.keyboard.press('Alt+ArrowDown')
    assert.equal(selected(), second)
    await page.keyboard.press('Alt+ArrowUp')
    assert.equal(selected(), first)
    await page.context().close()
  })

  it('has no accessibility violations in either theme, and keeps the chosen theme', async () => {
    const sid = await desk.openCall({ emergency_type: 'CARDIAC', priority_level: 'CRITICAL', language: 'es' })
    await desk.say(sid, { speaker: 'SYSTEM', message: 'What is the address?' })
    await desk.say(sid, { speaker: 'CALLER', message: 'In the', is_final: false, confidence: 0.4 })
    const page = await desk.newPage('light')
    await page.goto(desk.line.baseUrl)
    await page.getByLabel('Username').waitFor()
    assert.deepEqual(await violations(page), [])
    await desk.signIn(page, `/?call=${sid}`)
    await log(page).getByText('What is the address?').waitFor()
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
    assert.equal(await ground(), 'rgb(241, 243, 246)')
    assert.deepEqual(await violations(page), [])
    await page.getByRole('button', { name: 'Use the dark theme' }).click()
    assert.equal(await ground(), 'rgb(11, 14, 18)')
    assert.deepEqual(await violations(page), [])
    await page.reload()
    await log(page).getByText('What is the address?').waitFor()
    assert.equal(await ground(), 'rgb(11, 14, 18)')
    await page.getByRole('button', { name: 'Use the light theme' }).waitFor()
    await page.context().close()
  })

  it('caused no policy violation, no fault and no console error in all of this', () => {
    assert.deepEqual(desk.complaints, [])
  })
})
