import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { after, before, describe, it } from 'node:test'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { openBrowser } from '../../server/test/support/browser.ts'
import { type Ask, withKey } from '../../server/test/support/http.ts'
import { startTestServer, type TestServer } from '../../server/test/support/test-server.ts'
import { layLine } from './cuttable-line.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let server: TestServer
let line: Awaited<ReturnType<typeof layLine>>
let browser: Browser
let post: Ask
/** What the page complained about, apart from what a test provokes; must be empty in the end. */
const complaints: string[] = []

before(async () => {
  server = await startTestServer({ console: true })
  line = await layLine(Number(new URL(server.baseUrl).port))
  browser = await openBrowser()
  post = withKey(server.baseUrl, server.key)
})

after(async () => {
  await browser?.close()
  await line?.close()
  await server?.close()
})

type Options = { theme?: 'dark' | 'light'; width?: number; context?: BrowserContext }

/** A page that reports policy violations, faults and console errors; `expected` filters what a test provokes. */
async function openPage({ theme = 'dark', width = 1600, context }: Options = {}) {
  const viewport = { width, height: 900 }
  const within = context ?? (await browser.newContext({ colorScheme: theme, viewport }))
  const page = await within.newPage()
  const expected: RegExp[] = [/401 \(Unauthorized\)/]
  const complain = (text: string) => {
    if (!expected.some((pattern) => pattern.test(text))) complaints.push(text)
  }
  page.on('pageerror', (error) => complain(`fault: ${error.message}`))
  page.on('console', (message) => {
    if (message.type() === 'error') complain(`console: ${message.text()}`)
  })
  await page.exposeFunction('complain', complain)
  await page.addInitScript(() => {
    window.addEventListener('securitypolicyviolation', (event) => {
      Object(window).complain(`policy: ${event.violatedDirective} ${event.blockedURI}`)
    })
  })
  return { page, expected }
}

async function signIn(page: Page, path = '/') {
  await page.goto(line.baseUrl + path)
  await page.getByLabel('Username').fill(server.username)
  await page.getByLabel('Password').fill(server.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText(/^Live/).waitFor()
}

let calls = 0

/** Opens a call over HTTP as the AI dispatcher does; gives its call_sid. */
async function openCall(more: Record<string, unknown> = {}): Promise<string> {
  calls += 1
  const call_sid = `CA-page-${calls}`
  const reply = await post('POST', '/api/calls/', { call_sid, caller_number: `+1555010${calls}`, ...more })
  assert.equal(reply.status, 201)
  return call_sid
}

const say = (sid: string, body: Record<string, unknown>) =>
  post('POST', `/api/calls/${sid}/interactions/`, body)
const card = (page: Page, sid: string) => page.locator(`.card[data-sid="${sid}"]`)
const row = (page: Page, sid: string) => page.locator(`tr[data-sid="${sid}"]`)
const log = (page: Page) => page.getByRole('log', { name: 'Transcript' })

/** Violations of the WCAG levels A and AA up to 2.2 and of best practice, as `rule: element`. */
async function violations(page: Page): Promise<string[]> {
  // The audit is the test's own script; the page's policy would refuse it.
  const session = await page.context().newCDPSession(page)
  const found = await session.send('Runtime.evaluate', {
    expression: `${axeSource}; axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa',
      'wcag22aa', 'best-practice'] }).then((result) => JSON.stringify(result.violations))`,
    awaitPromise: true,
    returnByValue: true,
  })
  const rules = JSON.parse(found.result.value) as { id: string; nodes: { html: string }[] }[]
  return rules.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 120)}`))
}

describe('the live page', () => {
  it('lets in who knows the password, and nobody else', async () => {
    const { page } = await openPage()
    await page.goto(line.baseUrl)
    await page.getByLabel('Username').fill(server.username)
    await page.getByLabel('Password').fill('not the password')
    await page.keyboard.press('Enter')
    await page.getByText('Username or password is wrong.').waitFor()
    assert.equal(await page.getByRole('heading', { name: 'Incoming calls' }).count(), 0)
    await page.getByLabel('Password').fill(server.password)
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
    const { page } = await openPage()
    await signIn(page)
    const older = await openCall({ emergency_type: 'FIRE' })
    await card(page, older).waitFor()
    const sid = await openCall({ emergency_type: 'CARDIAC', location: '214 Harbour Street' })
    await card(page, sid).waitFor()
    assert.equal(await page.getByRole('option').first().getAttribute('data-sid'), sid)
    assert.equal(await page.locator('tbody tr').first().getAttribute('data-sid'), sid)
    assert.match(await row(page, sid).innerText(), /Cardiac\s+214 Harbour Street\s+\+15550102\s+Active/)

    await card(page, sid).click()
    await say(sid, { speaker: 'SYSTEM', message: 'What is the address?' })
    await log(page).getByText('What is the address?').waitFor()
    const partial = await say(sid, { speaker: 'CALLER', message: 'He is', is_final: false })
    const last = log(page).locator('.line').last()
    await last.getByText('He is', { exact: true }).waitFor()
    const patch = (body: object) => post('PATCH', `/api/calls/${sid}/interactions/${partial.body.id}/`, body)
    await patch({ message: 'He is not breathing' })
    await last.getByText('He is not breathing', { exact: true }).waitFor()
    assert.equal(await last.getAttribute('data-partial'), 'true')
    await patch({ message: 'He is not breathing.', is_final: true })
    await log(page).locator('.line[data-partial="false"]').nth(1).waitFor()
    assert.equal(await log(page).locator('.line').count(), 2)
    await card(page, sid).getByText('He is not breathing.').waitFor()

    await post('PATCH', `/api/calls/${sid}/`, { status: 'IN_PROGRESS', priority_level: 'CRITICAL' })
    await row(page, sid).getByText('In progress').waitFor()
    await row(page, sid).getByRole('img', { name: 'Priority 1, critical' }).waitFor()
    await post('PATCH', `/api/calls/${sid}/`, { status: 'COMPLETED' })
    await card(page, sid).waitFor({ state: 'detached' })
    assert.match(await row(page, sid).innerText(), /Completed\s+\d:\d\d/)
    await page.context().close()
  })

  it('keeps its place when the reader has scrolled up in a transcript', async () => {
    const { page } = await openPage()
    const sid = await openCall()
    for (let each = 1; each <= 40; each += 1) await say(sid, { speaker: 'CALLER', message: `Line ${each}` })
    await signIn(page, `/?call=${sid}`)
    await log(page).getByText('Line 40').waitFor()
    const place = () => log(page).evaluate((element) => element.scrollTop)
    const end = () => log(page).evaluate((element) => element.scrollHeight - element.clientHeight)
    assert.ok((await end()) - (await place()) < 2)
    await log(page).hover()
    await page.mouse.wheel(0, -300)
    await page.waitForFunction(() => document.querySelector('.lines')!.scrollTop > 0)
    await page.waitForTimeout(200)
    const before = await place()
    await say(sid, { speaker: 'CALLER', message: 'Line 41' })
    await say(sid, { speaker: 'CALLER', message: 'Line 42' })
    await page.getByRole('button', { name: '2 new lines' }).waitFor()
    assert.equal(await place(), before)
    await page.getByRole('button', { name: '2 new lines' }).click()
    assert.ok((await end()) - (await place()) < 2)
    await say(sid, { speaker: 'CALLER', message: 'Line 43' })
    await log(page).getByText('Line 43').waitFor()
    assert.ok((await end()) - (await place()) < 2)
    await page.context().close()
  })

  it('filters, searches and reads on, and keeps the view in its address', async () => {
    const { page } = await openPage()
    const found = await openCall({ location: '9 Orchard Avenue' })
    const lost = await openCall()
    await post('PATCH', `/api/calls/${lost}/`, { status: 'CANCELLED' })
    for (let each = 0; each < 130; each += 1) {
      await openCall({ created_at: new Date(Date.now() - 86_400_000 - each * 1000).toISOString() })
    }
    await signIn(page, `/?show=ended&call=${found}`)
    await row(page, lost).waitFor()
    assert.equal(await row(page, found).count(), 0)
    await page.getByRole('button', { name: 'All', exact: true }).click()
    await row(page, found).waitFor()
    await page.locator('.table-scroll').evaluate((element) => element.scrollTo(0, 1e6))
    await page.getByText('These are all calls of this list.').waitFor()
    await page.locator('.table-scroll').evaluate((element) => element.scrollTo(0, 1e6))
    await row(page, `CA-page-${calls}`).waitFor()
    await page.getByRole('searchbox', { name: 'Search calls' }).fill('orchard')
    await row(page, found).waitFor()
    await page.waitForFunction(() => document.querySelectorAll('tr[data-sid]').length === 1)
    assert.equal(new URL(page.url()).search, `?search=orchard&call=${found}`)
    await page.reload()
    await row(page, found).waitFor()
    await page.getByText('9 Orchard Avenue').nth(1).waitFor()
    await page.context().close()
  })
})
