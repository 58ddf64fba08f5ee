import type { CDPSession, Page } from 'playwright-core'
import { layLine } from '../console/test/cuttable-line.ts'
import { openBrowser } from '../server/test/support/browser.ts'
import type { Dispatcher } from './dispatcher.ts'
import type { Stage } from './stage.ts'

/** What the page notes for itself, so that no time of the browser's remote control is measured. */
type Noted = { painted: Record<string, number>; keys: number[]; wholes: number[] }

/** Runs in the page: when a text was first painted by the clock, and how long each key took to paint. */
function watchPage() {
  const noted: Noted = { painted: {}, keys: [], wholes: [] }
  Object(window).noted = noted
  // A task after the frame's own: what the frame drew is on the screen.
  const afterPaint = (act: () => void) =>
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = act
      port2.postMessage(null)
    })
  const look = () => {
    const fresh = [...document.querySelectorAll('.incidents td.c-location')]
      .map((cell) => cell.textContent ?? '')
      .filter((text) => text.startsWith('Bench ') && noted.painted[text] === undefined)
    if (fresh.length === 0) return
    for (const text of fresh) noted.painted[text] = 0
    afterPaint(() => {
      for (const text of fresh) noted.painted[text] = performance.timeOrigin + performance.now()
    })
  }
  new MutationObserver(look).observe(document, { childList: true, subtree: true, characterData: true })
  window.addEventListener('keydown', ({ timeStamp }) => {
    afterPaint(() => {
      noted.keys.push(performance.now() - timeStamp)
      // What is selected is drawn once its row is painted.
      afterPaint(() => noted.wholes.push(performance.now() - timeStamp))
    })
  })
}

/** A console at work in a real browser, over a line that can be cut. */
export async function openConsole(stage: Stage, port: number, { name, password }: Dispatcher) {
  const line = await layLine(port)
  stage.onClose(() => void line.close())
  const browser = await openBrowser()
  stage.onClose(() => browser.close())
  const context = await browser.newContext({ viewport: { width: 1600, height: 900 } })
  const page = await context.newPage()
  page.setDefaultTimeout(60_000)
  await page.addInitScript(watchPage)
  await page.goto(line.baseUrl)
  await page.getByLabel('Username').fill(name)
  await page.getByLabel('Password').fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText(/^Live/).waitFor()
  await page.locator('.map-canvas canvas').waitFor()
  return { page, line, session: await context.newCDPSession(page) }
}

export type Console = Awaited<ReturnType<typeof openConsole>>

/** When the row of a place was painted, by the clock that this process has too. */
export async function paintedAt(page: Page, location: string): Promise<number> {
  const found = await page.waitForFunction((text) => Object(window).noted.painted[text] || false, location)
  return Number(await found.jsonValue())
}

/** Milliseconds from each key to its paint, since the last time this was asked. */
export const takeKeys = (page: Page): Promise<number[]> =>
  page.evaluate(() => (Object(window).noted as Noted).keys.splice(0))

/** The same to the paint of everything about the row that a key selected. */
export const takeWholes = (page: Page): Promise<number[]> =>
  page.evaluate(() => (Object(window).noted as Noted).wholes.splice(0))

/** Megabytes of the page's heap that are in use after everything that can go has gone. */
export async function heapOf(session: CDPSession): Promise<number> {
  for (let turn = 0; turn < 3; turn += 1) await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  return usedSize / 1_000_000
}
