import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'
import { openBrowser } from '../../server/test/support/browser.ts'
import { withKey } from '../../server/test/support/http.ts'
import { startTestServer, type TestServerOptions } from '../../server/test/support/test-server.ts'
import { layLine } from './cuttable-line.ts'

const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

type Who = { username: string; password: string }
type DeskOptions = { provokes?: RegExp } & Pick<
  TestServerOptions,
  'config' | 'notifies' | 'headsFolder' | 'streetsFolder'
>
export type Desk = Awaited<ReturnType<typeof openDesk>>

/**
 * A server, a browser, and a line between them that can be cut; calls are posted past that line. `provokes`
 * are further errors that the tests of a file bring about.
 */
export async function openDesk({ provokes, ...options }: DeskOptions = {}) {
  const server = await startTestServer({ console: true, ...options })
  const line = await layLine(Number(new URL(server.baseUrl).port))
  const browser = await openBrowser()
  const post = withKey(server.baseUrl, server.key)
  /** What pages complained about, apart from what a test provokes; must be empty in the end. */
  const complaints: string[] = []
  let calls = 0

  const newPage = async (theme: 'dark' | 'light' = 'dark') => {
    const context = await browser.newContext({ colorScheme: theme, viewport: { width: 1600, height: 900 } })
    const page = await context.newPage()
    page.setDefaultTimeout(90_000)
    await report(page, (text) => provokes?.test(text) || complaints.push(text))
    return page
  }
  return {
    server,
    line,
    complaints,
    post,
    newPage,
    async signIn(page: Page, path = '/', { username, password }: Who = server) {
      await page.goto(line.baseUrl + path)
      await page.getByLabel('Username').fill(username)
      await page.getByLabel('Password').fill(password)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.getByText(/^Live/).waitFor()
    },
    /** Opens a call over HTTP as the AI dispatcher does; gives its call_sid. */
    async openCall(more: Record<string, unknown> = {}): Promise<string> {
      calls += 1
      const call_sid = `CA-page-${calls}`
      const reply = await post('POST', '/api/calls/', {
        call_sid,
        caller_number: `+1555010${calls}`,
        ...more,
      })
      assert.equal(reply.status, 201)
      return call_sid
    },
    say: (sid: string, body: object) => post('POST', `/api/calls/${sid}/interactions/`, body),
    async close() {
      await browser.close()
      await line.close()
      await server.close()
    },
  }
}

/** Errors that tests provoke: a sign-in that fails, an old plan that is sent, and a line that is cut. */
const provoked = /401 \(Unauthorized\)|409 \(Conflict\)|net::ERR_/

/** Gathers policy violations, faults and console errors of a page. */
export async function report(page: Page, gather: (text: string) => unknown) {
  const complain = (text: string) => {
    if (!provoked.test(text)) gather(text)
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
}

export const card = (page: Page, sid: string) => page.locator(`.card[data-key="${sid}"]`)
export const row = (page: Page, sid: string) => page.locator(`tr[data-key="${sid}"]`)
export const log = (page: Page) => page.getByRole('log', { name: 'Transcript' })

/** Violations of WCAG A and AA up to 2.2 and of best practice, as `rule: element`. */
export async function violations(page: Page): Promise<string[]> {
  // By the debugger's way: the audit is the test's own script, which the page's policy would refuse.
  const session = await page.context().newCDPSession(page)
  // A colour on its way to another is none that anybody reads.
  await page.evaluate(() => {
    for (const one of document.getAnimations()) {
      if (one.effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY) one.finish()
    }
  })
  const tags = "['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']"
  const audit = `axe.run(document, { runOnly: ${tags} }).then((result) => JSON.stringify(result.violations))`
  await session.send('Runtime.evaluate', { expression: axeSource })
  const found = await session.send('Runtime.evaluate', {
    expression: audit,
    awaitPromise: true,
    returnByValue: true,
  })
  const rules = JSON.parse(found.result.value) as { id: string; nodes: { html: string }[] }[]
  return rules.flatMap((rule) => rule.nodes.map((node) => `${rule.id}: ${node.html.slice(0, 120)}`))
}
