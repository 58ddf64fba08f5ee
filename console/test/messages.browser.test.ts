import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { makeIncidents, makeParamedic, makeUnits, signIn } from '../../server/test/support/centre.ts'
import {
  type Peer,
  startPeer,
  twilioAccount,
  twilioRefused,
  twilioTook,
} from '../../server/test/support/providers.ts'
import { button, ok } from './centre.ts'
import { violations } from './desk.ts'
import { field, heading, openDoor, type Person } from './way-in.ts'

let desk: Awaited<ReturnType<typeof openDoor>>
let twilio: Peer
let program: Peer
let ada: Person

before(async () => {
  twilio = await startPeer()
  program = await startPeer()
  const account = { ...twilioAccount, apiBase: twilio.url }
  const channels = { twilio: account, webhookHosts: [new URL(program.url).host] }
  desk = await openDoor({ notifies: true, config: { channels } })
  ada = await desk.makePerson('ada', 'admin')
  const ann = await desk.makePerson('ann', 'dispatcher')
  const medic = await desk.makePerson('medic', 'paramedic')
  await makeParamedic(desk.server, medic.id, '2999-01-01')
  const [unit] = await makeUnits(desk.server, 1)
  await ok(ada.ask('PATCH', `/api/paramedics/${medic.id}/`, { unit_id: unit, available: true }))
  for (const { id } of [medic, ada])
    await ok(ada.ask('PATCH', `/api/people/${id}/contact/`, { phone: `+1555012${id}` }))
  twilio.answer(() => twilioRefused(400, 21_211))
  const [incident] = await makeIncidents(desk.server, 1)
  const order = { order_id: 'one', unit_ids: [unit] }
  await ok(ann.ask('POST', `/api/incidents/${incident}/assignments/`, order))
})
after(async () => {
  await desk?.close()
  await twilio?.close()
  await program?.close()
})

const rows = (page: Page) => page.locator('.list tbody tr')
const status = (page: Page, words: string | RegExp) => page.getByRole('status').getByText(words)

describe('the page of messages', () => {
  it('shows what failed first, with the reason, and sends it again', async () => {
    const page = await desk.newPage()
    await desk.knock(page, '/messages', ada)
    const failed = rows(page).filter({ hasText: 'Failed: Twilio 400 (21211)' })
    await failed.waitFor()
    await button(page, 'Failed 1').waitFor()
    assert.match(await failed.innerText(), /Dispatch\s+medic\s+SMS/)
    await failed.getByRole('button').click()
    await heading(page, 'Dispatch').waitFor()
    await page.getByRole('link', { name: 'Open incident I-1' }).waitFor()
    await page.getByRole('region', { name: 'What was tried' }).getByText('Twilio 400 (21211)').waitFor()
    twilio.answer((_, number) => twilioTook(number))
    await button(page, 'Send this message again').click()
    await status(page, 'It is on its way again.').waitFor()
    await page.getByText('No message has failed. All messages are under All.').waitFor()
    await page.getByRole('definition').getByText('Delivered').waitFor()

    await button(page, 'All').click()
    await rows(page).filter({ hasText: 'Not seen yet' }).waitFor()
    await page.getByLabel('Channel').selectOption('SMS')
    await rows(page).filter({ hasText: 'Screen' }).waitFor({ state: 'detached' })
    await page.getByRole('searchbox', { name: 'Search messages' }).fill('nobody')
    await page.getByText('No message is like this.').waitFor()
    await button(page, 'Clear all filters').click()
    await page.getByRole('searchbox', { name: 'Search messages' }).fill('MED')
    await rows(page).filter({ hasText: 'medic' }).first().waitFor()
    await page.getByRole('button', { name: 'Close Dispatch' }).click()
    await page.locator('.row-name:focus').getByText('Dispatch').waitFor()
    await page.context().close()
  })
})

describe('the page of channels', () => {
  it('says what is missing, and tests what is there', async () => {
    const page = await desk.newPage()
    await desk.knock(page, '/channels', ada)
    assert.match(await rows(page).filter({ hasText: 'E-mail' }).innerText(), /Not set up/)
    await button(page, 'E-mail').click()
    await page.getByText('SMTP_URL, MAIL_FROM').waitFor()
    assert.equal(await page.getByRole('region', { name: 'Test' }).count(), 0)
    await button(page, 'SMS').click()
    await button(page, 'Send me a test by SMS').click()
    await status(page, 'Result: Delivered.').waitFor({ timeout: 60_000 })
    assert.match(twilio.heard.at(-1)?.body ?? '', /555012/)
    await page.context().close()
  })

  it('adds a webhook whose secret is shown once, tests it, switches it off and on, and ends it', async () => {
    const page = await desk.newPage()
    await desk.knock(page, '/channels?show=webhooks', ada)
    const { host } = new URL(program.url)
    await button(page, 'Add a webhook').click()
    await field(page, 'Address').fill('http://10.1.2.3/hook')
    await button(page, 'Add the webhook').click()
    await page.getByRole('alert').filter({ hasText: /./ }).first().waitFor()
    await field(page, 'Address').fill(`${program.url}/hook`)
    await page.getByRole('checkbox', { name: 'LOCATION_UPDATE' }).uncheck()
    await button(page, 'Add the webhook').click()
    await page.getByText('It is shown this once.').waitFor()
    await button(page, 'I have kept it').click()
    assert.doesNotMatch(await rows(page).innerText(), /LOCATION_UPDATE/)

    await button(page, host).click()
    await button(page, 'Send a test event').click()
    await status(page, 'Result: Delivered.').waitFor({ timeout: 60_000 })
    assert.equal(program.heard.at(-1)?.path, '/hook')
    await button(page, 'Switch it off').click()
    await rows(page).filter({ hasText: 'Switched off' }).waitFor()
    await button(page, 'Let it go on').click()
    await rows(page).filter({ hasText: 'In use' }).waitFor()
    await button(page, 'Take it out of use').click()
    await button(page, `Take ${host} out of use`).click()
    await page.getByText('No program is told of events yet.').waitFor()
    await page.context().close()
  })

  it('tests the contacts of all, and reports who was not reached', async () => {
    await signIn(desk.server, 'zoe', 'analyst')
    const page = await desk.newPage()
    await desk.knock(page, '/channels?show=tests', ada)
    await button(page, 'Test contacts').click()
    await button(page, 'Test everybody on duty').click()
    await page.getByLabel('Facts of the test').waitFor()
    const report = page.locator('.report > li')
    await report.filter({ hasText: 'ada' }).getByText('SMS: Delivered').waitFor({ timeout: 60_000 })
    await report.filter({ hasText: 'zoe' }).waitFor()
    await page.context().close()
  })
})

describe('both pages', () => {
  it('have no accessibility violations in either theme, wide or narrow', async () => {
    for (const theme of ['dark', 'light'] as const) {
      const page = await desk.newPage(theme)
      await desk.knock(page, '/messages?show=all&message=1', ada)
      const check = async () => {
        await page.locator('.list-end').first().waitFor({ state: 'attached' })
        await page.locator('.side .facts, .side form').first().waitFor()
        for (const width of [1600, 1024, 390]) {
          await page.setViewportSize({ width, height: 844 })
          assert.deepEqual(await violations(page), [])
          assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width)
        }
      }
      await check()
      for (const view of ['channel=2', 'show=tests&test=1']) {
        await page.goto(`${desk.line.baseUrl}/channels?${view}`)
        await check()
      }
      await page.goto(`${desk.line.baseUrl}/channels?show=webhooks&webhook=new`)
      await field(page, 'Address').waitFor()
      assert.deepEqual(await violations(page), [])
      await page.context().close()
    }
  })

  it('caused no policy violation, no fault and no console error in all of this', () => {
    assert.deepEqual(desk.complaints, [])
  })
})
