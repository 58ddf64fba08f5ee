import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { button } from './centre.ts'
import { violations } from './desk.ts'
import { codeOf, field, focused, heading, openDoor, type Person, tabTo } from './way-in.ts'

let desk: Awaited<ReturnType<typeof openDoor>>
let ann: Person

before(async () => {
  desk = await openDoor()
  ann = await desk.makePerson('ann', 'dispatcher')
})

after(() => desk?.close())

describe('signing in', () => {
  it('keeps what was typed but a wrong password, and says what was wrong', async () => {
    const page = await desk.newPage()
    await desk.knock(page, '/account', { ...ann, password: 'not the password' })
    await page.getByRole('alert').getByText('Username or password is wrong.').waitFor()
    assert.equal(await field(page, 'Username').inputValue(), 'ann')
    assert.equal(await page.getByLabel('Password').inputValue(), '')
    assert.equal(await focused(page), 'Password')
    desk.line.cut()
    await page.keyboard.type(ann.password)
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('The server could not be reached.').waitFor()
    assert.equal(await page.getByLabel('Password').inputValue(), ann.password)
    desk.line.mend()
    await page.keyboard.press('Enter')
    await heading(page, 'ann').waitFor()
    await page.context().close()
  })

  it('is done by keys alone, with a code where one is asked for', async () => {
    const kim = await desk.makePerson('kim', 'supervisor')
    const { secret } = await desk.enrol(kim)
    const page = await desk.newPage()
    await page.goto(`${desk.line.baseUrl}/account`)
    await page.getByLabel('Username').waitFor()
    assert.equal(await focused(page), 'Username')
    await page.keyboard.type('kim')
    await page.keyboard.press('Tab')
    await page.keyboard.type(kim.password)
    await page.keyboard.press('Enter')
    await heading(page, 'Second factor').waitFor()
    assert.equal(await focused(page), 'Code')
    const code = field(page, 'Code')
    assert.equal(await code.getAttribute('autocomplete'), 'one-time-code')
    assert.equal(await code.getAttribute('inputmode'), 'numeric')
    await page.keyboard.type('abc')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').getByText('The code is wrong or was used already.').waitFor()
    assert.equal(await focused(page), 'Code')
    assert.equal(await code.inputValue(), 'abc')
    await page.keyboard.type(codeOf(secret))
    await page.keyboard.press('Enter')
    await heading(page, 'kim').waitFor()
    assert.equal(await focused(page), 'Account')
    await page.context().close()
  })

  it('takes a recovery code once', async () => {
    const lee = await desk.makePerson('lee', 'supervisor')
    const { recoveryCodes } = await desk.enrol(lee)
    const page = await desk.newPage()
    for (const outcome of ['right', 'used'] as const) {
      await desk.knock(page, '/account', lee)
      await heading(page, 'Second factor').waitFor()
      await tabTo(page, 'Use a recovery code')
      await page.keyboard.press('Enter')
      await field(page, 'Recovery code').waitFor()
      assert.equal(await focused(page), 'Recovery code')
      await page.keyboard.type(recoveryCodes[0]!)
      await page.keyboard.press('Enter')
      if (outcome === 'used') break
      await heading(page, 'lee').waitFor()
      await button(page, 'Sign out').click()
      await field(page, 'Username').waitFor()
    }
    await page.getByRole('alert').getByText('The recovery code is wrong or was used already.').waitFor()
    await button(page, 'Back').click()
    assert.equal(await field(page, 'Username').inputValue(), 'lee')
    assert.equal(await focused(page), 'Password')
    await page.context().close()
  })

  it('counts down how long to wait after too many tries', async () => {
    const mia = await desk.makePerson('mia', 'dispatcher')
    const page = await desk.newPage()
    await page.clock.install()
    await page.goto(desk.line.baseUrl)
    await field(page, 'Username').fill('mia')
    const send = async () => {
      await page.getByLabel('Password').fill('not the password')
      const answered = page.waitForResponse(/sign-in/)
      await page.keyboard.press('Enter')
      return (await answered).status()
    }
    for (let each = 0; each < 5; each += 1) assert.equal(await send(), 401)
    assert.equal(await send(), 429)
    await page.getByText(/You can try again in (10:00|9:5\d)/).waitFor()
    assert.deepEqual(await violations(page), [])
    assert.equal(await button(page, 'Sign in').getAttribute('aria-disabled'), 'true')
    const alert = page.getByRole('alert').filter({ hasText: 'Too many tries' })
    assert.match(await alert.innerText(), /You can try again in 10 minutes\./)
    await page.clock.fastForward('05:00')
    await page.getByText(/You can try again in [45]:\d\d/).waitFor()
    await page.clock.fastForward('05:01')
    await page.getByRole('status').getByText('You can try again now.').waitFor()
    await desk.server.ctx.db.pool.query('DELETE FROM sign_in_attempts')
    await page.getByLabel('Password').fill(mia.password)
    await page.keyboard.press('Enter')
    await heading(page, 'Incoming calls').waitFor()
    await page.context().close()
  })

  it('says that a session has ended, and goes on where it was', async () => {
    const page = await desk.newPage()
    await desk.signIn(page, '/?show=ended', ann)
    await ann.ask('POST', '/api/auth/sign-out-everywhere/')
    await page.getByText('Your session has ended.').waitFor()
    assert.equal(await field(page, 'Username').inputValue(), 'ann')
    await page.getByLabel('Password').fill(ann.password)
    await page.keyboard.press('Enter')
    await heading(page, 'Incoming calls').waitFor()
    assert.equal(new URL(page.url()).search, '?show=ended')
    await page.context().close()
  })

  it('has no accessibility violations in either theme, wide or narrow', async () => {
    const noa = await desk.makePerson('noa', 'supervisor')
    await desk.enrol(noa)
    for (const theme of ['dark', 'light'] as const) {
      const page = await desk.newPage(theme)
      await desk.knock(page, '/', { ...noa, password: 'wrong' })
      await page.getByText('Username or password is wrong.').waitFor()
      assert.deepEqual(await violations(page), [])
      await page.setViewportSize({ width: 390, height: 844 })
      assert.deepEqual(await violations(page), [])
      await desk.knock(page, '/', noa)
      await heading(page, 'Second factor').waitFor()
      await page.keyboard.type('000000')
      await page.keyboard.press('Enter')
      await page.getByText('The code is wrong or was used already.').waitFor()
      assert.deepEqual(await violations(page), [])
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 390)
      await page.context().close()
    }
  })

  it('caused no policy violation, no fault and no console error in all of this', () => {
    assert.deepEqual(desk.complaints, [])
  })
})
