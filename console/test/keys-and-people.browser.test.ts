import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { withKey } from '../../server/test/support/http.ts'
import { button, ok } from './centre.ts'
import { violations } from './desk.ts'
import { field, focused, heading, openDoor, type Person } from './way-in.ts'

let desk: Awaited<ReturnType<typeof openDoor>>
let root: Person

before(async () => {
  desk = await openDoor()
  root = await desk.makePerson('ada', 'admin')
})

after(() => desk?.close())

const rowOf = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })
const shown = (page: Page) => page.locator('.secret').innerText()

describe('the page of keys', () => {
  it('makes a key that is shown once and works, and revokes it', async () => {
    const page = await desk.newPage()
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
    await desk.knock(page, '/keys', root)
    await button(page, 'Make a key').click()
    const lastDay = () => page.getByLabel('Last day').inputValue()
    await page.getByLabel('Role').selectOption('AI dispatcher')
    assert.equal(await lastDay(), '')
    await page.getByLabel('Role').selectOption('Reader')
    assert.match(await lastDay(), /^\d{4}-\d\d-\d\d$/)
    await field(page, 'Name').fill('Wall board')
    await page.getByLabel('Requests a second').fill('50')
    await button(page, 'Make the key').click()
    await page.getByText('It is shown this once.').waitFor()
    const key = await shown(page)
    await button(page, 'Copy the key').click()
    await page.getByText('Copied the key.').waitFor()
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), key)
    await button(page, 'I have kept it').click()
    assert.equal(await page.getByText(key).count(), 0)
    const text = await rowOf(page, 'Wall board').innerText()
    assert.match(text, /Wall board\s+Reader\s+ada\s+Never\s+\d+ \w+ \d{4}\s+50\/s\s+In use/)
    const use = withKey(desk.server.baseUrl, key)
    await ok(use('GET', '/api/calls/'))

    await button(page, 'Wall board').click()
    await heading(page, 'Wall board').waitFor()
    assert.equal(await focused(page), 'Wall board')
    await button(page, 'Revoke this key').click()
    assert.equal(await focused(page), 'Revoke Wall board')
    await button(page, 'Cancel').click()
    assert.equal(await focused(page), 'Revoke this key')
    await page.keyboard.press('Enter')
    await button(page, 'Revoke Wall board').click()
    await rowOf(page, 'Wall board').waitFor({ state: 'detached' })
    assert.equal((await use('GET', '/api/calls/')).status, 401)
    await page.getByRole('definition').getByText('Revoked').waitFor()
    assert.equal(await field(page, 'Name').count(), 0)
    await button(page, 'All').click()
    assert.match(await rowOf(page, 'Wall board').innerText(), /Revoked/)
    await page.context().close()
  })

  it('renames a key and sets its limits and its end', async () => {
    for (const name of ['Tracker', 'City office'])
      await ok(desk.admin('POST', '/api/keys/', { name, role: 'reader', rate_limit_per_second: 5 }))
    const page = await desk.newPage()
    await desk.knock(page, '/keys', root)
    await button(page, 'City office').click()
    const save = () => button(page, 'Save the key').click()
    await field(page, 'Name').fill('tracker')
    await save()
    await page.getByText('Another key in use has this name.').waitFor()
    assert.equal(await focused(page), 'Name')
    await field(page, 'Name').fill('County office')
    await page.getByLabel('Last day').fill('2001-02-03')
    await save()
    await page.getByText('The last day must be in the future.').waitFor()
    await page.getByLabel('Last day').fill('2099-02-03')
    await page.getByLabel('Requests a second').fill('')
    await page.getByLabel('Requests a minute').fill('600')
    await save()
    await page.getByText('Saved.').waitFor()
    await heading(page, 'County office').waitFor()
    const row = rowOf(page, 'County office').filter({ hasText: '600/min' })
    assert.match(await row.innerText(), /3 Feb 2099\s+600\/min\s+In use/)
    await page.getByRole('searchbox', { name: 'Search keys' }).fill('track')
    await rowOf(page, 'County office').waitFor({ state: 'detached' })
    await page.reload()
    await heading(page, 'County office').waitFor()
    await button(page, 'Close County office').click()
    assert.equal(new URL(page.url()).search, '?search=track')
    await page.context().close()
  })
})

describe('the page of people', () => {
  it('adds a person, who may sign in with the password that is shown once', async () => {
    const page = await desk.newPage()
    await desk.knock(page, '/people', root)
    await button(page, 'Add a person').click()
    await field(page, 'Username').fill('ada')
    await button(page, 'Add the person').click()
    await page.getByText('Another person has this username.').waitFor()
    await field(page, 'Username').fill('zoe')
    await page.getByLabel('Role').selectOption('Supervisor')
    await button(page, 'Add the person').click()
    await page.getByText('It is shown this once.').waitFor()
    const password = await shown(page)
    const other = await desk.newPage()
    await desk.knock(other, '/account', { username: 'zoe', password })
    await heading(other, 'zoe').waitFor()
    await button(page, 'I have kept it').click()
    assert.match(await rowOf(page, 'zoe').innerText(), /zoe\s+Supervisor\s+.*\s+Active/)
    for (const each of [page, other]) await each.context().close()
  })

  it('changes a role, gives a password, takes an app away, shuts out and lets in', async () => {
    const kim = await desk.makePerson('kim', 'dispatcher')
    await desk.enrol(kim)
    const page = await desk.newPage()
    await desk.knock(page, `/people?person=${kim.id}`, root)
    await page.getByLabel('Role', { exact: true }).selectOption('Analyst')
    await button(page, 'Change the role').click()
    await rowOf(page, 'kim').getByText('Analyst').waitFor()

    await button(page, 'Take the authenticator app away').click()
    await button(page, 'Take the app of kim away').click()
    await page.getByText('No app is asked of kim any more.').waitFor()
    await page.getByLabel('New password').selectOption('Type one')
    await field(page, 'Password').fill('password1234')
    await button(page, 'Give a new password').click()
    await page.getByText(/^The password is too easy to guess/).waitFor()
    await page.getByLabel('New password').selectOption('Make one up')
    await button(page, 'Give a new password').click()
    await page.getByText('It is shown this once.').waitFor()
    const given = { username: 'kim', password: await shown(page) }
    const other = await desk.newPage()
    await desk.knock(other, '/account', given)
    await other.getByText('Analyst.').waitFor()

    await button(page, 'Shut this person out').click()
    await button(page, 'Shut kim out').click()
    await page.getByText('kim was shut out.').waitFor()
    await rowOf(page, 'kim').waitFor({ state: 'detached' })
    await other.reload()
    await desk.knock(other, '/account', given)
    await other.getByText('Username or password is wrong.').waitFor()
    await button(page, 'Let kim in again').click()
    await rowOf(page, 'kim').waitFor()
    await other.getByLabel('Password').fill(given.password)
    await other.keyboard.press('Enter')
    await heading(other, 'kim').waitFor()
    for (const each of [page, other]) await each.context().close()
  })

  it('lets nobody lock themselves out', async () => {
    const page = await desk.newPage()
    await desk.knock(page, `/people?person=${root.id}`, root)
    await page.getByText('This is you.').waitFor()
    assert.equal(await button(page, 'Shut this person out').count(), 0)
    await page.getByRole('link', { name: 'your account page' }).click()
    await heading(page, 'ada').waitFor()
    await page.context().close()
  })
})

describe('both pages', () => {
  it('say what could not be loaded, and load it again', async () => {
    const page = await desk.newPage()
    let cut = true
    await page.route(/\/api\/(keys|people)\//, (route) => (cut ? route.abort() : route.continue()))
    await desk.knock(page, '/keys', root)
    await page.getByText('Keys could not be loaded.').waitFor()
    assert.deepEqual(await violations(page), [])
    cut = false
    await button(page, 'Load keys again').click()
    await rowOf(page, 'test reader').waitFor()
    await page.context().close()
  })

  it('are read again by themselves, which does not pass for somebody being there', async () => {
    const page = await desk.newPage()
    await page.clock.install()
    await desk.knock(page, '/keys', root)
    await rowOf(page, 'test reader').waitFor()
    const asked = () => page.waitForRequest(/\/api\/keys\/(\?|$)/)
    const unattended = async (request: ReturnType<typeof asked>) => (await request).headers()['x-unattended']
    const alone = asked()
    await page.clock.fastForward('02:00')
    assert.equal(await unattended(alone), '1')
    const touched = asked()
    await button(page, 'All').click()
    assert.equal(await unattended(touched), undefined)
    await page.context().close()
  })

  it('have no accessibility violations in either theme, wide or narrow', async () => {
    const lee = await desk.makePerson('lee', 'hospital')
    for (const theme of ['dark', 'light'] as const) {
      const page = await desk.newPage(theme)
      await desk.knock(page, '/keys?key=1', root)
      const check = async () => {
        for (const width of [1440, 1024, 390]) {
          await page.setViewportSize({ width, height: 844 })
          assert.deepEqual(await violations(page), [])
          assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width)
        }
      }
      await button(page, 'Revoke this key').click()
      await check()
      const views = ['/keys', '/keys?key=new', '/people', '/people?person=new', `/people?person=${lee.id}`]
      for (const view of views) {
        await page.goto(desk.line.baseUrl + view)
        await page.locator('.list-end').waitFor({ state: 'attached' })
        if (/=\d/.test(view)) await page.getByText(/^This account sees nothing until/).waitFor()
        await check()
      }
      await page.context().close()
    }
  })

  it('caused no policy violation, no fault and no console error in all of this', () => {
    assert.deepEqual(desk.complaints, [])
  })
})
