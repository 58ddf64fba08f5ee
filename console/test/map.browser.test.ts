import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { writeTown } from '../../server/test/support/road-town.ts'
import { incidentRow, ok, openStaffedDesk, type StaffedDesk } from './centre.ts'
import { violations } from './desk.ts'

/** Software draws here, beside other tests: what a screen shows in a blink may take long. */
const patience = { timeout: 120_000 }

let desk: StaffedDesk
let dataDir: string

before(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'toneout-town-'))
  // A browser says itself that a file did not come.
  desk = await openStaffedDesk({ config: { dataDir }, provokes: /dynamically imported module/ })
})
after(async () => {
  await desk?.close()
  rmSync(dataDir, { recursive: true, force: true })
})

const drawn = (page: Page) => page.locator('.map-canvas canvas').waitFor(patience)
/** What the map says it shows, for those who do not see it. */
const shows = (page: Page, words: RegExp) => page.locator('.map-words', { hasText: words }).waitFor(patience)
const told = (page: Page) => page.locator('.map-note')

/** Presses on the map so many pixels above its middle, until what is there is named. */
async function pressAbove(page: Page, pixels: number, name: RegExp) {
  const box = await page.locator('.map-canvas').boundingBox()
  assert.ok(box)
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2 - pixels]
  const end = Date.now() + patience.timeout
  while (!name.test(await told(page).innerText())) {
    assert.ok(Date.now() < end, `${name} was not found on the map: ${await told(page).innerText()}`)
    await page.mouse.click(x, y)
    await page.waitForTimeout(250)
  }
}

describe('the map', () => {
  it('says that no base map is configured, and shows the centre all the same', async () => {
    const page = await desk.newPage()
    await desk.signIn(page, '/map', desk.ann)
    await drawn(page)
    await page.getByText('No base map is configured.').waitFor()
    await shows(page, /6 units and 0 incidents/)
    await page.context().close()
  })

  it('moves a unit when the unit moves, and names it when it is pressed', patience, async () => {
    const { id } = await desk.raise('1 Map Street')
    const page = await desk.newPage()
    await desk.signIn(page, `/map?incident=${id}`, desk.ann)
    await drawn(page)
    await shows(page, /6 units and 1 incident\b/)
    // The selected incident is in the middle at zoom 13: 0.004 degrees are 59 pixels above it.
    await desk.report('B6', 0.4)
    await pressAbove(page, 59, /B6 · Basic · Available · position/)
    // B1 is recommended, as it is nearest; once B4 is on its way instead, and all that is needed, it is B4's.
    const wayOf = (unit: string) =>
      page.waitForResponse(
        (reply) => reply.url().endsWith(`/route/?unit_id=${desk.units.get(unit)}`),
        patience,
      )
    const way = wayOf('B4')
    const order = { order_id: 'way', unit_ids: [desk.units.get('B4')] }
    await ok(desk.ask('POST', `/api/incidents/${id}/assignments/`, order))
    const { geometry } = await (await way).json()
    assert.deepEqual(geometry.coordinates.at(-1), [-122.4, 37.77])
    await desk.cancel(id)
    await page.context().close()
  })

  it('draws the streets of the road graph, in both themes and without a violation', patience, async () => {
    writeTown(dataDir, 12)
    for (const theme of ['dark', 'light'] as const) {
      const page = await desk.newPage(theme)
      const streets = page.waitForResponse((reply) => /\/api\/map\/streets\/\?v=/.test(reply.url()))
      await desk.signIn(page, '/map', desk.ann)
      assert.equal((await streets).status(), 200)
      await drawn(page)
      await page.getByText('The Surveyors of the Grid').waitFor()
      assert.equal(await page.getByText('No base map is configured.').count(), 0)
      assert.deepEqual(await violations(page), [])
      await page.context().close()
    }
    rmSync(join(dataDir, 'streets.graph'))
  })

  it('fails alone where nothing can be drawn', async () => {
    const page = await desk.newPage()
    await page.addInitScript(() => {
      const original = HTMLCanvasElement.prototype.getContext
      Object.assign(HTMLCanvasElement.prototype, {
        getContext(this: HTMLCanvasElement, kind: string, ...more: unknown[]) {
          return kind.startsWith('webgl') ? null : Reflect.apply(original, this, [kind, ...more])
        },
      })
    })
    await desk.signIn(page, '/', desk.ann)
    await page.getByText('This browser cannot draw the map (no WebGL).').waitFor(patience)
    const { id } = await desk.raise('2 Blind Alley')
    await incidentRow(page, '2 Blind Alley').waitFor()
    await desk.cancel(id)
    await page.context().close()
  })

  it('fails alone where its file does not come', async () => {
    const page = await desk.newPage()
    await page.route(/map-canvas-.*\.js/, (route) => route.abort())
    await desk.signIn(page, '/', desk.ann)
    await page.getByText('The map could not be loaded.').waitFor(patience)
    const { id } = await desk.raise('3 Lost Road')
    await incidentRow(page, '3 Lost Road').waitFor()
    await desk.cancel(id)
    await page.context().close()
  })

  it('is reached and moved by keys, and follows again by F', patience, async () => {
    const page = await desk.newPage()
    await desk.signIn(page, '/map', desk.ann)
    await drawn(page)
    await shows(page, /6 units/)
    const canvas = page.getByRole('region', { name: 'Units and incidents on the map' })
    await canvas.focus()
    await page.keyboard.press('ArrowLeft')
    const follow = page.getByRole('button', { name: 'Fit everything and follow' })
    await page.locator('.map-tools button[title^="Moved by hand"]').waitFor(patience)
    await canvas.focus()
    await page.keyboard.press('f')
    await page.locator('.map-tools button[title="Fit everything (F)"]').waitFor(patience)
    assert.equal(await follow.count(), 1)
    await page.context().close()
  })

  it('in a window of its own follows what the console selects, and leads it', patience, async () => {
    const { id } = await desk.raise('4 Second Screen')
    const page = await desk.newPage()
    await desk.signIn(page, '/', desk.ann)
    const map = await page.context().newPage()
    await map.goto(`${desk.line.baseUrl}/map`)
    await drawn(map)
    await incidentRow(page, '4 Second Screen').click()
    await map.waitForURL((url) => url.searchParams.get('incident') === String(id), patience)
    await ok(desk.ask('GET', `/api/incidents/${id}/`))
    await desk.cancel(id)
    await page.context().close()
  })

  it('causes no policy violation, fault or console error in all of this', () => {
    assert.deepEqual(desk.complaints, [])
  })
})
