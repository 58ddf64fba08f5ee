import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { paths } from '../src/frame/paths.ts'
import { button, ok } from './centre.ts'
import { violations } from './desk.ts'
import { field, focused, heading, openDoor } from './way-in.ts'

let desk: Awaited<ReturnType<typeof openDoor>>

before(async () => {
  desk = await openDoor()
})

after(() => desk?.close())

describe('the account page', () => {
  it('is served at its address, as all pages are, with the same policy', async () => {
    for (const path of paths.flatMap((one) => [one, `${one}?search=x`, one === '/' ? one : `${one}/`])) {
      const reply = await fetch(desk.server.baseUrl + path)
      assert.equal(reply.status, 200, path)
      assert.match(reply.headers.get('content-type') ?? '', /^text\/html/)
      assert.match(reply.headers.get('content-security-policy') ?? '', /script-src 'self';/)
    }
    assert.equal((await fetch(`${desk.server.baseUrl}/keys/1`)).status, 404)
  })

  it('changes the password when the server finds the new one good', async () => {
    const ann = await desk.makePerson('ann', 'analyst')
    const page = await desk.newPage()
    await desk.knock(page, '/account', ann)
    const change = async (current: string, next: string) => {
      await page.getByLabel('Current password').fill(current)
      await page.getByLabel('New password').fill(next)
      await page.keyboard.press('Enter')
    }
    await change('not the password', 'velvet anchor motorcade')
    await page.getByText('The current password is wrong.').waitFor()
    assert.equal(await focused(page), 'Current password')
    await change(ann.password, 'password1234')
    await page.getByText(/^The new password is too easy to guess\./).waitFor()
    assert.equal(await focused(page), 'New password')
    assert.deepEqual(await violations(page), [])
    await change(ann.password, 'velvet anchor motorcade')
    await page.getByText('The password is changed.').waitFor()
    assert.equal(await page.getByLabel('New password').inputValue(), '')
    await button(page, 'Sign out').click()
    await desk.knock(page, '/account', ann)
    await page.getByText('Username or password is wrong.').waitFor()
    await page.getByLabel('Password').fill('velvet anchor motorcade')
    await page.keyboard.press('Enter')
    await heading(page, 'ann').waitFor()
    await page.context().close()
  })

  it('signs out another browser, which is told at once', async () => {
    const bob = await desk.makePerson('bob', 'dispatcher')
    const [live, other, own] = [await desk.newPage(), await desk.newPage(), await desk.newPage()]
    await desk.signIn(live, '/', bob)
    await desk.knock(other, '/account', bob)
    await heading(other, 'bob').waitFor()
    await desk.knock(own, '/account', bob)
    const sessions = own.getByRole('region', { name: 'Signed-in browsers' }).getByRole('listitem')
    await sessions.nth(2).waitFor()
    assert.match(await sessions.first().innerText(), /^This browser/)
    // The newest stands first, so the last is the one that watches calls.
    await sessions.nth(2).getByRole('button').click()
    await sessions.nth(2).waitFor({ state: 'detached' })
    await live.getByText('Your session has ended.').waitFor()
    await own.getByRole('button', { name: 'Sign out everywhere' }).click()
    assert.equal(await focused(own), 'Sign out everywhere now')
    assert.deepEqual(await violations(own), [])
    await own.keyboard.press('Enter')
    await field(own, 'Username').waitFor()
    assert.equal(await own.getByText('Your session has ended.').count(), 0)
    // A page without the feed learns of it by its next request.
    await button(other, 'Set up an authenticator app').click()
    await other.getByLabel('Password').fill(bob.password)
    await other.keyboard.press('Enter')
    await other.getByText('Your session has ended.').waitFor()
    assert.equal((await bob.ask('GET', '/api/me/')).status, 401)
    for (const page of [live, other, own]) await page.context().close()
  })

  it('is there for every role, and leads only where the role may go', async () => {
    const watching = ['Console', 'Calls', 'Incidents', 'Units', 'Hospitals', 'Stations', 'Map', 'Wall']
    const cases = [
      ['paramedic', []],
      ['analyst', ['Analytics']],
      ['supervisor', [...watching, 'Analytics', 'Messages', 'Administration']],
      ['admin', [...watching, 'Analytics', 'Messages', 'Administration']],
    ] as const
    for (const [role, pages] of cases) {
      const person = await desk.makePerson(`the ${role}`, role)
      const page = await desk.newPage()
      await desk.knock(page, '/account', person)
      await heading(page, person.username).waitFor()
      const links = page.getByRole('navigation', { name: 'Pages' }).getByRole('link')
      const names = await links.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')))
      assert.deepEqual(names, [...pages, 'Account'])
      await page.goto(`${desk.line.baseUrl}/keys`)
      if (role === 'admin') await heading(page, 'Keys').waitFor()
      else await page.getByText('Keys are kept by admins').waitFor()
      assert.deepEqual(await violations(page), [])
      await page.context().close()
    }
  })

  it('goes from page to page without loading all again, and back', async () => {
    const cleo = await desk.makePerson('cleo', 'admin')
    const sid = await desk.openCall()
    const page = await desk.newPage()
    await desk.signIn(page, `/calls?call=${sid}`, cleo)
    await page.evaluate(() => Object.assign(window, { stillThere: true }))
    const link = (name: string) => page.getByRole('link', { name, exact: true }).click()
    await link('Account')
    await heading(page, 'cleo').waitFor()
    assert.equal(await focused(page), 'Account')
    assert.equal(await page.title(), 'Account – Toneout')
    await link('Administration')
    await link('Keys')
    await page.getByRole('table').waitFor()
    await link('Calls')
    await page.getByRole('searchbox').waitFor()
    for (const path of ['/keys', '/settings', '/account', `/calls?call=${sid}`]) {
      await page.goBack()
      await page.waitForURL(desk.line.baseUrl + path)
    }
    await page.getByRole('heading', { name: /^Call of/ }).waitFor()
    assert.equal(await page.evaluate(() => Object(window).stillThere), true)
    await page.context().close()
  })

  it('has no accessibility violations in either theme, wide or narrow', async () => {
    const dan = await desk.makePerson('dan', 'dispatcher')
    for (const theme of ['dark', 'light'] as const) {
      const page = await desk.newPage(theme)
      await desk.knock(page, '/account', dan)
      await page.getByText('This browser').waitFor()
      for (const width of [1440, 1024, 390]) {
        await page.setViewportSize({ width, height: 844 })
        assert.deepEqual(await violations(page), [])
        assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width)
      }
      await page.context().close()
    }
    assert.equal((await ok(dan.ask('GET', '/api/auth/sessions/'))).results.length, 2)
  })

  it('caused no policy violation, no fault and no console error in all of this', () => {
    assert.deepEqual(desk.complaints, [])
  })
})
