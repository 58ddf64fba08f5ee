import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { encode } from 'uqr'
import { darkPath } from '../src/account/dark-path.ts'
import { button } from './centre.ts'
import { violations } from './desk.ts'
import { codeOf, field, focused, heading, openDoor, type Person, tabTo } from './way-in.ts'

let desk: Awaited<ReturnType<typeof openDoor>>

before(async () => {
  desk = await openDoor()
})

after(() => desk?.close())

const secretOf = async (page: Page) => (await page.getByTitle('Secret').innerText()).replace(/\s/g, '')

/** From the password to the recovery codes, by keys alone. */
async function enrolByKeys(page: Page, { password }: Person) {
  await heading(page, 'Set up an authenticator app').waitFor()
  assert.equal(await focused(page), 'Password')
  await page.keyboard.type(password)
  const begun = page.waitForResponse(/\/api\/auth\/totp\/$/)
  await page.keyboard.press('Enter')
  const { uri } = await (await begun).json()
  await heading(page, 'Scan this with the app').waitFor()
  assert.equal(await focused(page), 'Scan this with the app')
  const drawn = await page.locator('.qr path').last().getAttribute('d')
  assert.equal(drawn, darkPath(encode(uri, { ecc: 'M', border: 4 }).data))
  assert.equal(new URL(uri).searchParams.get('secret'), await secretOf(page))
  await tabTo(page, 'Code')
  await page.keyboard.type('000000')
  await page.keyboard.press('Enter')
  await page.getByRole('alert').getByText('The code is wrong. Wait for the next one').waitFor()
  assert.equal(await focused(page), 'Code')
  await page.keyboard.press('Control+A')
  await page.keyboard.type(codeOf(await secretOf(page)))
  await page.keyboard.press('Enter')
  await heading(page, 'Keep these recovery codes').waitFor()
  return page.getByRole('list', { name: 'Recovery codes' }).locator('li').allInnerTexts()
}

describe('an authenticator app', () => {
  it('is set up by keys alone, and its recovery codes stay until they are kept', async () => {
    const kim = await desk.makePerson('kim', 'dispatcher')
    const page = await desk.newPage()
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await desk.signIn(page, '/', kim)
    await page.getByRole('link', { name: 'Account' }).press('Enter')
    await heading(page, 'kim').waitFor()
    await tabTo(page, 'Set up an authenticator app')
    await page.keyboard.press('Enter')
    const codes = await enrolByKeys(page, kim)
    assert.equal(codes.length, 10)
    assert.equal(await desk.hasApp(kim), true)
    assert.equal((await kim.ask('GET', '/api/me/')).status, 401, 'a token from before has ended')

    await page.goBack()
    assert.equal(new URL(page.url()).pathname, '/')
    await heading(page, 'Keep these recovery codes').waitFor()
    await tabTo(page, 'Copy the codes')
    await page.keyboard.press('Enter')
    await page.getByText('Copied the codes.').waitFor()
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), codes.join('\n'))
    await page.evaluate(() => {
      window.print = () => Object(window).complain('printed')
    })
    await tabTo(page, 'Print')
    await page.keyboard.press('Enter')
    assert.deepEqual(desk.complaints.splice(0), ['printed'])
    await page.emulateMedia({ media: 'print' })
    assert.equal(await page.getByText(/^Toneout, recovery codes of kim/).isVisible(), true)
    assert.equal(await page.locator('.sheet .button').first().isVisible(), false)
    await page.emulateMedia({ media: 'screen' })
    await tabTo(page, 'I have kept them')
    await page.keyboard.press('Enter')
    await heading(page, 'Incoming calls').waitFor()
    await page.goForward()
    await button(page, 'Turn it off').waitFor()
    assert.equal(await page.getByText(codes[0]!).count(), 0)
    await page.context().close()
  })

  it('is turned off by password and code together', async () => {
    const lee = await desk.makePerson('lee', 'dispatcher')
    const { secret } = await desk.enrol(lee)
    const page = await desk.newPage()
    await desk.knock(page, '/account', lee)
    await field(page, 'Code').fill(codeOf(secret))
    await page.keyboard.press('Enter')
    await button(page, 'Turn it off').click()
    const form = page.getByRole('form', { name: 'Turn the authenticator app off' })
    const off = async (password: string, code: string) => {
      await form.getByLabel('Password').fill(password)
      await form.getByLabel('Code').fill(code)
      await button(page, 'Turn the app off').click()
    }
    await desk.letCodesPass(lee.id)
    await off('not the password', codeOf(secret))
    await form.getByText('The password is wrong.').waitFor()
    await off(lee.password, '000000')
    await form.getByText('The code is wrong.').waitFor()
    assert.deepEqual(await violations(page), [])
    await off(lee.password, codeOf(secret))
    await button(page, 'Set up an authenticator app').waitFor()
    assert.equal(await desk.hasApp(lee), false)
    await page.context().close()
  })

  it('gets new recovery codes by password and code, and the old ones end', async () => {
    const nell = await desk.makePerson('nell', 'dispatcher')
    const { secret } = await desk.enrol(nell)
    const page = await desk.newPage()
    await desk.knock(page, '/account', nell)
    await field(page, 'Code').fill(codeOf(secret))
    await page.keyboard.press('Enter')
    await button(page, 'New recovery codes').press('Enter')
    const form = page.getByRole('form', { name: 'New recovery codes' })
    await desk.letCodesPass(nell.id)
    await form.getByLabel('Password').fill(nell.password)
    await form.getByLabel('Code').fill('000000')
    await page.keyboard.press('Enter')
    await form.getByText('The code is wrong.').waitFor()
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      assert.deepEqual(await violations(page), [])
    }
    await form.getByLabel('Code').fill(codeOf(secret))
    await page.keyboard.press('Enter')
    await heading(page, 'Keep these recovery codes').waitFor()
    await page.getByText('The old codes are of no use any more.').waitFor()
    const list = page.getByRole('list', { name: 'Recovery codes' }).locator('li')
    assert.equal((await list.allInnerTexts()).length, 10)
    assert.deepEqual(await violations(page), [])
    await button(page, 'I have kept them').click()
    await button(page, 'New recovery codes').waitFor()
    assert.equal(await list.count(), 0)
    await page.context().close()
  })

  it('is asked for quietly before it is due, and put off at will', async () => {
    const mia = await desk.makePerson('mia', 'supervisor')
    await desk.age(mia.id, 2)
    await desk.requireSecondFactor(true)
    const page = await desk.newPage()
    await desk.signIn(page, '/', mia)
    const notice = page.getByText('The role supervisor needs an authenticator app within 4 days.')
    await notice.waitFor()
    assert.deepEqual(await violations(page), [])
    await button(page, 'Set it up').click()
    await heading(page, 'Set up an authenticator app').waitFor()
    await button(page, 'Not now').click()
    await notice.waitFor()
    await button(page, 'Remind me later').click()
    await notice.waitFor({ state: 'detached' })
    await desk.requireSecondFactor(false)
    await page.context().close()
  })

  it('comes before anything else when it is due, at sign-in or in the middle of work', async () => {
    const [noa, pat] = [
      await desk.makePerson('noa', 'supervisor'),
      await desk.makePerson('pat', 'supervisor'),
    ]
    for (const { id } of [noa, pat]) await desk.age(id, 8)
    const working = await desk.newPage()
    await desk.signIn(working, '/', pat)
    await desk.requireSecondFactor(true)
    // Where the page has heard of it by itself there is nothing left to press.
    const calls = working.getByRole('link', { name: 'Calls', exact: true })
    await calls.click({ timeout: 5_000 }).catch(() => {})
    await heading(working, 'Set up an authenticator app').waitFor()
    assert.equal(await button(working, 'Not now').count(), 0)
    await button(working, 'Sign out').click()
    await field(working, 'Username').waitFor()

    const page = await desk.newPage('light')
    await desk.knock(page, '/', noa)
    await page.getByText('The role supervisor needs one now; nothing else works before.').waitFor()
    assert.deepEqual(await violations(page), [])
    await enrolByKeys(page, noa)
    await button(page, 'I have kept them').click()
    await heading(page, 'Incoming calls').waitFor()
    await desk.requireSecondFactor(false)
    for (const each of [working, page]) await each.context().close()
  })

  it('is set up without accessibility violations in either theme, wide or narrow', async () => {
    const quin = await desk.makePerson('quin', 'dispatcher')
    for (const theme of ['dark', 'light'] as const) {
      const page = await desk.newPage(theme)
      await desk.knock(page, '/account', quin)
      await button(page, 'Set up an authenticator app').click()
      const check = async () => {
        for (const width of [1440, 390]) {
          await page.setViewportSize({ width, height: 844 })
          assert.deepEqual(await violations(page), [])
          assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width)
        }
      }
      await page.getByLabel('Password').fill(quin.password)
      await check()
      await page.keyboard.press('Enter')
      await field(page, 'Code').fill('123')
      await page.keyboard.press('Enter')
      await page.getByText('The code is wrong.').waitFor()
      await check()
      if (theme === 'light') {
        await field(page, 'Code').fill(codeOf(await secretOf(page)))
        await page.keyboard.press('Enter')
        await heading(page, 'Keep these recovery codes').waitFor()
        await check()
      }
      await page.context().close()
    }
  })

  it('caused no policy violation, no fault and no console error in all of this', () => {
    assert.deepEqual(desk.complaints, [])
  })
})
