import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import type { Browser } from 'playwright-core'
import { openBrowser } from '../../server/test/support/browser.ts'
import { signIn } from '../../server/test/support/centre.ts'
import { createTestDatabase, type TestDatabase } from '../../server/test/support/cluster.ts'
import { withKey } from '../../server/test/support/http.ts'
import { startTestServer, type TestServer } from '../../server/test/support/test-server.ts'
import { incidentRow } from './centre.ts'
import { card, report } from './desk.ts'

let database: TestDatabase
let server: TestServer
let browser: Browser

before(async () => {
  database = await createTestDatabase()
  server = await startTestServer({ database, console: true })
  browser = await openBrowser()
})

after(async () => {
  await browser?.close()
  await server?.close()
})

it('an open console goes on when the server is started again, and misses nothing', async () => {
  await signIn(server, 'ann', 'dispatcher')
  const complaints: string[] = []
  const page = await browser.newPage({ viewport: { width: 1600, height: 900 } })
  // While there is no server, its browser says so for each request.
  await report(page, (text) => /Failed to load resource/.test(text) || complaints.push(text))
  const open = (at: TestServer, call_sid: string, location: string) =>
    withKey(at.baseUrl, at.key)('POST', '/api/calls/', {
      call_sid,
      caller_number: '+15550142',
      emergency_type: 'CARDIAC',
      location,
    })
  await page.goto(server.baseUrl)
  await page.getByLabel('Username').fill('ann')
  await page.getByLabel('Password').fill('password of ann')
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByText(/^Live/).waitFor()
  await open(server, 'CA-before', '1 Restart Street')
  await incidentRow(page, '1 Restart Street').waitFor()

  const port = Number(new URL(server.baseUrl).port)
  await server.close()
  await page.getByText('Reconnecting').waitFor()
  // What stood there still does; nothing is blanked by the loss.
  assert.equal(await incidentRow(page, '1 Restart Street').count(), 1)
  server = await startTestServer({ database, console: true, port })
  await open(server, 'CA-after', '2 Restart Street')
  await incidentRow(page, '2 Restart Street').waitFor()
  await card(page, 'CA-after').waitFor()
  await page.getByText(/^Live/).first().waitFor()
  await page.keyboard.press('F2')
  await page.getByRole('heading', { name: /^Cardiac I-/ }).waitFor()
  assert.deepEqual(complaints, [])
})
