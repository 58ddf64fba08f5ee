import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Browser } from 'playwright-core'
import { openBrowser } from '../test/support/browser.ts'
import { startTestServer, type TestServer } from '../test/support/test-server.ts'

let server: TestServer
let browser: Browser

before(async () => {
  server = await startTestServer()
  browser = await openBrowser()
})
after(async () => {
  await browser.close()
  await server.close()
})

test('the reference works without the outside world and without breaking its policy', async () => {
  const page = await browser.newPage()
  const asked: string[] = []
  const problems: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  page.on('console', (message) => message.type() === 'error' && problems.push(message.text()))
  page.on('pageerror', (error) => problems.push(error.message))
  await page.goto(`${server.baseUrl}/docs/`)
  await page.getByText('Open a call').first().waitFor()
  await page.getByText('Add an utterance').first().waitFor()
  const outside = asked.filter((url) => !url.startsWith(server.baseUrl) && !/^(data|blob):/.test(url))
  assert.deepEqual(outside, [])
  assert.deepEqual(problems, [])
  if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/docs.png` })
})
