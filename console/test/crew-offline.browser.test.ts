import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import {
  button,
  type Crew,
  type Crews,
  eventually,
  isAt,
  isOnline,
  isSent,
  openCrews,
  pressNext,
  shoot,
} from './crews.ts'
import { violations } from './desk.ts'

let crews: Crews
before(async () => {
  crews = await openCrews()
})
after(() => crews?.close())

/** A crew that has accepted what it was sent to. */
async function accepted(page: Page, crew: Crew): Promise<number> {
  await crews.signIn(page, crew)
  await isOnline(page)
  const { assignment } = await crews.send(crew.unit)
  await button(page, 'Accept').click()
  await isAt(page, 'Accepted')
  await isSent(page)
  return assignment
}

/** Waits until the page and its files are on the phone. */
const isOnPhone = (page: Page) =>
  page.waitForFunction(async () => {
    const shell = await caches.open('unit-shell')
    return (await shell.match('/unit')) !== undefined && navigator.serviceWorker.controller !== null
  })

const waiting = (page: Page, words: string) =>
  page.locator('.press', { hasText: words }).getByText('Will send')

describe('the phone of a crew without network', () => {
  it('keeps presses with their own times over a reload, and sends them in order', async () => {
    const crew = await crews.makeCrew('Eva Ruiz')
    const page = await crews.newPhone()
    const assignment = await accepted(page, crew)
    await isOnPhone(page)
    crews.line.cut()
    await page.locator('.link-state', { hasText: 'Offline' }).waitFor()
    await pressNext(page, 'En route')
    await waiting(page, 'En route').waitFor()
    await isAt(page, 'En route')
    await page.reload()
    await page.getByText('Without network: this is what this phone last knew.').waitFor()
    await page.getByText('214 Harbour Street, flat 3B').waitFor()
    await waiting(page, 'En route').waitFor()
    assert.deepEqual(await violations(page), [])
    await shoot(page, 'crew-offline')
    await pressNext(page, 'Arrived on scene')
    await isAt(page, 'On scene')
    const pressedBefore = new Date().toISOString()
    const shown = await page.locator('.press .mono').allInnerTexts()
    assert.equal(shown.length, 2)
    crews.line.mend()
    await isSent(page)
    await isOnline(page)
    const { status, en_route_at, on_scene_at } = await crews.read(assignment)
    assert.equal(status, 'ON_SCENE')
    assert.ok(en_route_at < on_scene_at && on_scene_at <= pressedBefore, `${en_route_at} ${on_scene_at}`)
    await page.context().close()
  })

  it('answers a press whose answer was lost once only', async () => {
    const crew = await crews.makeCrew('Jo Tan')
    const page = await crews.newPhone()
    const assignment = await accepted(page, crew)
    let lost = 0
    await page.route('**/en-route/', async (route) => {
      lost += 1
      if (lost > 1) return route.continue()
      await route.fetch()
      await route.abort()
    })
    await pressNext(page, 'En route')
    await eventually(async () => lost > 1)
    await isSent(page)
    const told = await crews.run(
      `SELECT data ->> 'happened_at' AS at FROM facts WHERE type = 'unit_en_route' AND unit_id = $1`,
      [crew.unit],
    )
    const { en_route_at } = await crews.read(assignment)
    assert.deepEqual(told, [{ at: en_route_at }])
    await page.context().close()
  })

  it('shows what was not taken with the reason until it is dismissed, and sends what follows', async () => {
    const crew = await crews.makeCrew('Mia Cho')
    const page = await crews.newPhone()
    const assignment = await accepted(page, crew)
    crews.line.cut()
    await page.locator('.link-state', { hasText: 'Offline' }).waitFor()
    await pressNext(page, 'En route')
    await waiting(page, 'En route').waitFor()
    await crews.desk('POST', `/api/assignments/${assignment}/cancel/`, { reason: 'false alarm' })
    crews.line.mend()
    const refused = page.locator('.press[data-refused="true"]')
    await refused.getByText('Not taken').waitFor()
    await refused.getByText('The assignment is CANCELLED; it cannot become EN_ROUTE.').waitFor()
    assert.deepEqual(await violations(page), [])
    await button(page, 'Dismiss').click()
    await refused.waitFor({ state: 'detached' })
    await page.getByText('Available. You are sent to nothing.').waitFor()
    await page.context().close()
  })

  it('is live again by itself after the server was restarted, and hears the next assignment', async () => {
    const crew = await crews.makeCrew('Ben Low')
    const page = await crews.newPhone()
    await crews.signIn(page, crew)
    await isOnline(page)
    await crews.stopServer()
    await page.locator('.link-state', { hasText: 'Offline' }).waitFor()
    const newer = '<script type="module" src="/assets/phone-newer.js"></script>'
    await page.route('**/unit', (route) => route.fulfill({ contentType: 'text/html', body: newer }))
    await crews.startServer()
    await isOnline(page)
    await page.getByText('A new version of this page is there.').waitFor()
    await crews.send(crew.unit)
    await page.getByText(/Rings for \d+ s/).waitFor()
    await page.context().close()
  })

  it('sends times by the clock of the server where its own is wrong, and says so', async () => {
    const crew = await crews.makeCrew('Ida Berg')
    const page = await crews.newPhone()
    await page.addInitScript(() => {
      const now = Date.now.bind(Date)
      Date.now = () => now() + 240_000
    })
    const assignment = await accepted(page, crew)
    await page.getByText(/This phone's clock is \d:\d\d fast\. Times are sent corrected\./).waitFor()
    await pressNext(page, 'En route')
    await isSent(page)
    const { en_route_at, acknowledged_at } = await crews.read(assignment)
    assert.ok(en_route_at >= acknowledged_at && Date.parse(en_route_at) <= Date.now(), en_route_at)
    await page.context().close()
  })

  it('keeps the page and nothing of the API', async () => {
    const crew = await crews.makeCrew('Per Lund')
    const page = await crews.newPhone()
    await accepted(page, crew)
    await isOnPhone(page)
    const kept = await page.evaluate(async () => {
      const found = []
      for (const name of await caches.keys())
        for (const { url } of await (await caches.open(name)).keys()) found.push(new URL(url).pathname)
      return found
    })
    assert.ok(kept.includes('/unit') && kept.some((path) => path.startsWith('/assets/phone-')))
    assert.deepEqual(
      kept.filter((path) => path.startsWith('/api/')),
      [],
    )
    const scope = await page.evaluate(async () => (await navigator.serviceWorker.ready).scope)
    assert.equal(new URL(scope).pathname, '/unit')
    await page.context().close()
  })

  it('caused no policy violation, no fault and no console error in all of this', () => {
    assert.deepEqual(crews.complaints, [])
  })
})
