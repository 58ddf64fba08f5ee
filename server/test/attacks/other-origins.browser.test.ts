import assert from 'node:assert/strict'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, before, describe, test } from 'node:test'
import type { Browser, Page } from 'playwright-core'
import { openBrowser } from '../support/browser.ts'
import { signIn } from '../support/centre.ts'
import { startTestServer, type TestServer } from '../support/test-server.ts'
import { fingerprint } from './cast.ts'

const limit = { timeout: 120_000 }

/** Somebody's pages at an origin of their own; `localhost` is another site than `127.0.0.1`. */
async function openOrigin(host: string) {
  const server = http.createServer((_request, reply) => {
    reply.setHeader('content-type', 'text/html').end('<!doctype html><title>theirs</title><body></body>')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  return { origin: `http://${host}:${port}`, close: () => new Promise((done) => server.close(done)) }
}

let desk: Awaited<ReturnType<typeof openOrigin>>
/** Another port is the same site, so the cookie comes along; another name is not. */
let neighbour: typeof desk
let foreign: typeof desk
let server: TestServer
let browser: Browser

before(async () => {
  desk = await openOrigin('127.0.0.1')
  neighbour = await openOrigin('127.0.0.1')
  foreign = await openOrigin('localhost')
  server = await startTestServer({ console: true, config: { corsOrigins: [desk.origin] } })
  browser = await openBrowser()
  await signIn(server, 'ann', 'dispatcher')
})
after(async () => {
  await browser?.close()
  await Promise.all([desk, neighbour, foreign].map((one) => one?.close()))
  await server?.close()
})

const query = async (text: string, values: unknown[] = []) =>
  (await server.ctx.db.pool.query(text, values)).rows

async function pageAt(origin: string): Promise<Page> {
  const page = await (await browser.newContext()).newPage()
  await page.goto(origin)
  return page
}

type Wanted = { url: string; method: string; headers?: Record<string, string>; body?: string; link?: boolean }
/** What a page's own script gets: the status, or that the browser keeps the reply from it. */
const ask = (page: Page, { url, ...wanted }: Wanted): Promise<string> =>
  page.evaluate(
    async ([address, init]) => {
      try {
        const reply = await fetch(address as string, init as RequestInit)
        return `${reply.status} ${reply.headers.get('x-request-id') ? 'with its id' : ''}`.trim()
      } catch {
        return 'kept away'
      }
    },
    [server.baseUrl + url, wanted] as const,
  )

const json = { 'content-type': 'application/json' }
const call = (sid: string) => JSON.stringify({ call_sid: sid, caller_number: '+15550142' })

describe('a page of another origin in a real browser', limit, () => {
  test('that is listed reads and writes with a key, by every verb', async () => {
    const page = await pageAt(desk.origin)
    const headers = { ...json, 'x-api-key': server.key, 'idempotency-key': 'k' }
    const url = '/api/calls/CA-cors/'
    const wanted: [string, string, string | undefined, string][] = [
      ['POST', '/api/calls/', call('CA-cors'), '201 with its id'],
      ['GET', url, undefined, '200 with its id'],
      ['PATCH', url, '{"location":"Pier 1"}', '200 with its id'],
      ['PUT', url, '{"location":"Pier 2"}', '200 with its id'],
      ['POST', `${url}interactions/`, '{"speaker":"CALLER","message":"help"}', '201 with its id'],
    ]
    for (const [method, path, body, expected] of wanted) {
      assert.equal(await ask(page, { method, url: path, headers, body }), expected, `${method} ${path}`)
    }
    await page.context().close()
  })

  test('that is not listed reads nothing and writes nothing, even with a key', async () => {
    for (const { origin } of [neighbour, foreign]) {
      const page = await pageAt(origin)
      const before = await fingerprint({ query })
      const headers = { ...json, 'x-api-key': server.key }
      for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
        const body = method === 'GET' ? undefined : call('CA-evil')
        assert.equal(await ask(page, { method, url: '/api/calls/', headers, body }), 'kept away', method)
      }
      for (const url of ['/health/ready', '/openapi.json', '/metrics', '/api/me/', '/']) {
        assert.equal(await ask(page, { method: 'GET', url }), 'kept away', url)
      }
      assert.deepEqual(await fingerprint({ query }), before)
      await page.context().close()
    }
  })

  test('does nothing with the session of somebody who is signed in', async () => {
    const context = await browser.newContext()
    const own = await context.newPage()
    await own.goto(server.baseUrl)
    await own.getByLabel('Username').fill('ann')
    await own.getByLabel('Password').fill('password of ann')
    await own.getByRole('button', { name: 'Sign in' }).click()
    await own.getByText(/^Live/).waitFor()
    const page = await context.newPage()
    for (const { origin } of [neighbour, foreign]) {
      await page.goto(origin)
      const before = await fingerprint({ query }, ['sessions'])
      const posts = ['/api/calls/', '/api/auth/sign-out/', '/api/incidents/']
      for (const url of posts) {
        for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'application/json']) {
          await page.evaluate(
            async ([address, contentType, body]) => {
              const headers = { 'content-type': contentType as string }
              const init = { method: 'POST', credentials: 'include', headers, body } as const
              await fetch(address as string, init).catch(() => undefined)
              await fetch(address as string, { ...init, mode: 'no-cors' }).catch(() => undefined)
            },
            [server.baseUrl + url, type, call('CA-evil')],
          )
        }
        // A form is sent by going there, so it carries what a link does.
        await page.evaluate((address) => {
          const form = document.createElement('form')
          Object.assign(form, { method: 'POST', action: address })
          form.innerHTML = '<input name="call_sid" value="CA-evil"><input name="caller_number" value="1">'
          document.body.append(form)
          form.submit()
        }, server.baseUrl + url)
        await page.waitForURL(`${server.baseUrl}${url}`)
        assert.match(await page.locator('body').innerText(), /forbidden|not_authenticated|unsupported/)
        await page.goto(origin)
      }
      assert.deepEqual(await fingerprint({ query }, ['sessions']), before)
    }
    await own.reload()
    await own.getByText(/^Live/).waitFor()
    await context.close()
  })

  test('shows none of our pages in a frame, and holds no window of ours', async () => {
    const page = await pageAt(neighbour.origin)
    for (const path of ['/', '/docs/', '/api/me/']) {
      const shown = await page.evaluate(async (address) => {
        const frame = document.createElement('iframe')
        frame.src = address
        const loaded = new Promise((done) => frame.addEventListener('load', done))
        document.body.append(frame)
        await loaded
        return frame.contentDocument === null
      }, server.baseUrl + path)
      assert.equal(shown, true)
      const frame = page.frames().at(-1)
      assert.match(frame?.url() ?? '', /^chrome-error:/, path)
    }
    const [popup] = await Promise.all([
      page.context().waitForEvent('page'),
      page.evaluate((address) => {
        Object.assign(window, { opened: window.open(address) })
      }, server.baseUrl),
    ])
    await popup.getByLabel('Username').waitFor()
    assert.equal(await popup.evaluate(() => window.opener === null), true)
    assert.equal(await page.evaluate(() => (Object(window) as { opened: Window }).opened.closed), true)
    await page.context().close()
  })

  test('listens to no stream', async () => {
    const page = await pageAt(neighbour.origin)
    const heard = await page.evaluate(
      (address) =>
        new Promise((done) => {
          const source = new EventSource(address, { withCredentials: true })
          source.onerror = () => done('refused')
          source.onopen = () => done('open')
        }),
      `${server.baseUrl}/api/stream/`,
    )
    assert.equal(heard, 'refused')
    await page.context().close()
  })
})
