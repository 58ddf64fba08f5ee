import assert from 'node:assert/strict'
import { setTimeout as delay } from 'node:timers/promises'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '../../server/test/support/browser.ts'
import { makeHospital, makeParamedic, makeUnits, signIn } from '../../server/test/support/centre.ts'
import { createTestDatabase } from '../../server/test/support/cluster.ts'
import { type Ask, withKey } from '../../server/test/support/http.ts'
import { startTestServer, type TestServer } from '../../server/test/support/test-server.ts'
import { layLine } from './cuttable-line.ts'
import { report } from './desk.ts'

export type Crews = Awaited<ReturnType<typeof openCrews>>
export type Crew = Awaited<ReturnType<typeof makeCrew>>
type PhoneOptions = { theme?: 'dark' | 'light'; isPlaced?: boolean; motion?: 'reduce' | 'no-preference' }

/** Errors that these tests bring about: steps that are refused, wrong passwords, lines that are cut. */
const provoked = /4\d\d \([A-Z]|50[023] \(|Failed to fetch|net::/
const here = { latitude: 37.76, longitude: -122.41 }
let serial = 0

/** Somebody in the crew of a new unit. */
async function makeCrew(server: TestServer, name: string) {
  const { id, ask } = await signIn(server, name, 'paramedic')
  await makeParamedic(server, id, '2999-01-01')
  serial += 1
  const [unit] = (await makeUnits(server, 1, `M${serial}-`)) as [number]
  const change = 'UPDATE paramedics SET unit_id = $1, full_name = $2 WHERE person_id = $3'
  await server.ctx.db.pool.query(change, [unit, name, id])
  return { id, ask, unit, number: `M${serial}-1`, username: name, password: `password of ${name}` }
}

/** An incident and the unit sent to it; gives both ids. */
async function send(desk: Ask, unit: number, more: Record<string, unknown> = {}) {
  const place = { latitude: 37.775, longitude: -122.4, location: '214 Harbour Street, flat 3B' }
  const body = { emergency_type: 'CARDIAC', priority: 1, ...place, ...more }
  const { body: incident } = await desk('POST', '/api/incidents/', body)
  const order = { order_id: `crew-${incident.id}`, unit_ids: [unit] }
  const sent = await desk('POST', `/api/incidents/${incident.id}/assignments/`, order)
  assert.equal(sent.status, 200, JSON.stringify(sent.body))
  return { incident: incident.id as number, assignment: sent.body.assignments[0].id as number }
}

/** A phone held upright; it gives its position when it is asked to, unless it was told not to. */
async function newPhone(browser: Browser, { theme = 'dark', isPlaced = true, motion }: PhoneOptions) {
  return browser.newContext({
    ...{ colorScheme: theme, reducedMotion: motion ?? 'no-preference', geolocation: here },
    ...{ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
    permissions: isPlaced ? ['geolocation'] : [],
  })
}

/** A server that can be started again, a line to it that can be cut, and phones of crews. */
export async function openCrews() {
  const database = await createTestDatabase()
  let server = await startTestServer({ console: true, database })
  const port = Number(new URL(server.baseUrl).port)
  const line = await layLine(port)
  const browser = await openBrowser()
  const desk = (await signIn(server, 'ann', 'dispatcher')).ask
  const complaints: string[] = []
  return {
    line,
    desk,
    complaints,
    agent: withKey(server.baseUrl, server.key),
    hospitals: [await makeHospital(server, 'General'), await makeHospital(server, 'St Mary')],
    run: async (text: string, values: unknown[] = []) => (await server.ctx.db.pool.query(text, values)).rows,
    makeCrew: (name: string) => makeCrew(server, name),
    makePerson: (name: string, role: 'dispatcher' | 'hospital') => signIn(server, name, role),
    send: (unit: number, more?: Record<string, unknown>) => send(desk, unit, more),
    read: async (assignment: number) => (await desk('GET', `/api/assignments/${assignment}/`)).body,
    async newPhone(options: PhoneOptions = {}) {
      const page = await (await newPhone(browser, options)).newPage()
      page.setDefaultTimeout(90_000)
      await report(page, (text) => void (provoked.test(text) || complaints.push(text)))
      return page
    },
    async signIn(page: Page, { username, password }: { username: string; password: string }) {
      await page.goto(`${line.baseUrl}/unit`)
      await page.getByLabel('Username').fill(username)
      await page.getByLabel('Password').fill(password)
      await page.getByRole('button', { name: 'Sign in' }).click()
    },
    stopServer: () => server.close(),
    startServer: async () => {
      server = await startTestServer({ console: true, database, port })
    },
    async close() {
      await browser.close()
      await line.close()
      await server.close()
      await database.drop()
    },
  }
}

export const button = (page: Page, name: string | RegExp) =>
  page.getByRole('button', typeof name === 'string' ? { name, exact: true } : { name })

/** A picture of the phone for the documents, where SHOTS names a folder. */
export async function shoot(page: Page, name: string): Promise<void> {
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/${name}.png` })
}

/** Presses the one button that says what is next, once it takes presses again. */
export const pressNext = (page: Page, words: string) =>
  page.locator('.next[aria-disabled="false"]', { hasText: words }).click()

/** Waits until the page says that it is live. */
export const isOnline = (page: Page) => page.locator('.link-state', { hasText: 'Online' }).waitFor()
/** Waits until the part of the bar is the one the crew is at. */
export const isAt = (page: Page, words: string) =>
  page.locator('.bar li[aria-current="step"]', { hasText: words }).waitFor()
/** Waits until nothing waits to be sent. */
export const isSent = (page: Page) => page.locator('.press').first().waitFor({ state: 'detached' })

/** Waits until something asked of the server is so. */
export async function eventually(is: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + 90_000
  while (!(await is())) {
    assert.ok(Date.now() < end, `not so within 90 s: ${is}`)
    await delay(50)
  }
}
