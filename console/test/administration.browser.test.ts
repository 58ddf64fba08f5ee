import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { bringRuns } from '../../server/test/support/past-runs.ts'
import { openOwner, sealAll } from '../../server/test/support/sealed-server.ts'
import { button, ok } from './centre.ts'
import { violations } from './desk.ts'
import { field, focused, heading, openDoor, type Person } from './way-in.ts'

let desk: Awaited<ReturnType<typeof openDoor>>
let ada: Person
let chief: Person
let folder: string

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'toneout-administration-'))
  desk = await openDoor()
  ada = await desk.makePerson('ada', 'admin')
  chief = await desk.makePerson('chief', 'supervisor')
  await ok(chief.ask('POST', '/api/units/', { unit_number: 'M77', unit_type: 'BASIC' }))
})
after(async () => {
  await desk?.close()
  rmSync(folder, { recursive: true, force: true })
})

const rows = (page: Page) => page.locator('.list tbody tr')
const rowOf = (page: Page, name: string) => rows(page).filter({ hasText: name })
const saved = (page: Page) => page.getByRole('status').getByText('Saved.')

describe('the page of settings', () => {
  it('sets, refuses with the reason, goes back to the default, and tells who did it', async () => {
    const page = await desk.newPage()
    await desk.knock(page, '/settings', ada)
    await button(page, 'Calls raise incidents').click()
    await page.getByRole('combobox', { name: 'Calls raise incidents' }).selectOption('No')
    await button(page, 'Save calls raise incidents').click()
    await saved(page).waitFor()
    await rowOf(page, 'Calls raise incidents')
      .filter({ hasText: /No\s*Yes.*ada/ })
      .waitFor()
    await page.getByRole('region', { name: 'Last changes' }).getByText('Auto incident yes → no').waitFor()
    await button(page, 'Back to the default').click()
    await button(page, 'Set Calls raise incidents to the default').click()
    await rowOf(page, 'Calls raise incidents')
      .filter({ hasText: /Yes\s*Yes/ })
      .waitFor()

    await button(page, 'Retention').click()
    await button(page, 'The history').click()
    await field(page, 'Days').fill('5')
    await button(page, 'Save the history').click()
    await page.getByText(/must be a whole number from 90 to 36500/).waitFor()
    assert.equal(await focused(page), 'Days')
    await field(page, 'Days').fill('365')
    await button(page, 'Save the history').click()
    await rowOf(page, 'The history').filter({ hasText: '365 days' }).waitFor()
    await page.context().close()
  })

  it('sets what holds more than a line', async () => {
    const page = await desk.newPage()
    await desk.knock(page, '/settings', ada)
    await button(page, 'Response plans').click()
    await page.getByLabel('Type of emergency').selectOption('Fire')
    await field(page, 'Units for priority 1').fill('fire, fire, boat')
    await button(page, 'Save response plans').click()
    await page.getByText(/must be one of BASIC/).waitFor()
    await field(page, 'Units for priority 1').fill('fire, fire, advanced')
    await button(page, 'Save response plans').click()
    await saved(page).waitFor()
    await page.getByRole('cell', { name: 'Fire Fire ALS' }).waitFor()

    await button(page, 'Alarm times').click()
    await field(page, 'No answer, s').fill('45')
    await button(page, 'Save alarm times').click()
    await rowOf(page, 'Alarm times').filter({ hasText: 'No answer 45 s' }).waitFor()

    await button(page, 'Who is told of what').click()
    const before = await page.getByLabel('Rules as they are').locator('li').count()
    await page.getByRole('checkbox', { name: 'Supervisor' }).check()
    await page.getByRole('checkbox', { name: 'E-mail' }).check()
    await page.getByRole('checkbox', { name: 'P1' }).check()
    await button(page, 'Save who is told of what').click()
    const rule = 'Dispatch: supervisor by E-mail; only P1'
    await page.getByLabel('Rules as they are').getByText(rule).waitFor()
    await page.getByLabel('Rule', { exact: true }).selectOption({ index: before + 1 })
    await page.getByRole('checkbox', { name: 'Take this rule away' }).check()
    await button(page, 'Save who is told of what').click()
    await page.getByText(rule).waitFor({ state: 'detached' })
    const said = page.getByRole('region', { name: 'What it says' })
    await page.getByLabel('In', { exact: true }).selectOption('Spanish')
    await said.getByText('M03: nuevo incidente').waitFor()

    await button(page, 'Words of messages').click()
    await field(page, 'Title').fill('{unit} go')
    await page.getByText('M03 go').waitFor()
    await field(page, 'Text').fill('{caller}')
    await button(page, 'Save words of messages').click()
    await page.getByText(/may hold in braces only unit/i).waitFor()
    await field(page, 'Text').fill('{place}')
    await page.getByText('21 Harbour Street').waitFor()
    await button(page, 'Save words of messages').click()
    await rowOf(page, 'Words of messages').filter({ hasText: '1 template' }).waitFor()
    await page.getByLabel('Words', { exact: true }).selectOption({ index: 1 })
    await page.getByRole('checkbox', { name: 'Take these words away' }).check()
    await button(page, 'Save words of messages').click()
    await rowOf(page, 'Words of messages').filter({ hasText: 'The usual ones' }).waitFor()
    await page.context().close()
  })

  it('is read by a supervisor, who changes nothing, and by no dispatcher', async () => {
    const page = await desk.newPage()
    await desk.knock(page, '/settings?setting=1', chief)
    await page.getByText('Admins change settings.').waitFor()
    assert.equal(await page.getByRole('button', { name: /^Save/ }).count(), 0)
    const tabs = page.getByRole('navigation', { name: 'Administration' }).getByRole('link')
    assert.deepEqual(await tabs.allInnerTexts(), ['Settings', 'Imports', 'History'])
    const other = await desk.newPage()
    await desk.knock(other, '/history', await desk.makePerson('dan', 'dispatcher'))
    await heading(other, 'History: for supervisors and admins').waitFor()
    for (const each of [page, other]) await each.context().close()
  })
})

describe('the page of the history', () => {
  it('tells who changed what from what to what, and finds it by person, kind and object', async () => {
    await ok(chief.ask('PATCH', '/api/units/1/', { max_patients: 2 }))
    const page = await desk.newPage()
    await desk.knock(page, '/history?about=m77', chief)
    const changed = rowOf(page, 'Unit changed').filter({ hasText: 'Max patients 1 → 2' })
    assert.match(await changed.innerText(), /chief\s+M77/)
    await changed.getByRole('button').click()
    assert.deepEqual(await page.locator('.changes tbody tr').allInnerTexts(), ['Max patients\t1\t2'])
    await page.getByRole('link', { name: 'All of this request' }).click()
    await page.waitForURL(/request=/)
    // The list of before stays until that of the request is there.
    await rows(page).nth(1).waitFor({ state: 'detached' })
    await changed.waitFor()
    assert.equal(await rows(page).count(), 1)
    await page.goto(`${desk.line.baseUrl}/history`)
    await page.getByLabel('Who').fill('ada')
    await page.getByLabel('What').selectOption('Setting changed')
    await rowOf(page, 'Audit days none → 365').waitFor()
    await page.getByLabel('Kind').selectOption('Programs and AI')
    await page.getByText(/^The history has no line like this/).waitFor()
    await page.context().close()
  })

  it('checks the chain, and names the first line that was changed', async () => {
    const owner = await openOwner(desk.server.database.url)
    await sealAll(desk.server, owner.rows)
    const page = await desk.newPage()
    await desk.knock(page, '/history', chief)
    await button(page, 'Check the chain').click()
    await page
      .getByRole('status')
      .getByText(/^Whole at .* Sealed up to line \d+\./)
      .waitFor()
    await owner.rows('SET session_replication_role = replica')
    const [row] = await owner.rows("SELECT min(id) AS id FROM facts WHERE type = 'setting_changed'")
    await owner.rows("UPDATE facts SET actor_name = 'eve' WHERE id = $1", [row?.id])
    await button(page, 'Check the chain').click()
    const told = page.getByRole('alert').getByText(new RegExp(`First bad: line ${row?.id} .*edited`))
    await told.waitFor()
    await page.reload()
    await page
      .getByRole('status')
      .getByText(/Last checked by chief, .*: it was not as it was written\./)
      .waitFor()
    await owner.rows("UPDATE facts SET actor_name = 'ada' WHERE id = $1", [row?.id])
    await owner.close()
    await page.context().close()
  })
})

describe('the page of imports', () => {
  it('shows what was brought, and the rows that are not right', async () => {
    await bringRuns(desk.server, join(folder, 'calls.csv'))
    const page = await desk.newPage()
    await desk.knock(page, '/imports', chief)
    assert.match(await rowOf(page, 'calls.csv').innerText(), /sf-fire\s+.*\s+2\s+1\s+Through/)
    await button(page, 'calls.csv').click()
    await page.getByRole('region', { name: 'Quarantine' }).getByText('Row 2-M1, line 3').waitFor()
    await page.context().close()
  })
})

describe('all these pages', () => {
  it('have no accessibility violations in either theme, wide or narrow', async () => {
    const views = ['/history?line=1', '/imports?import=1', '/settings?setting=1', '/settings?setting=6']
    for (const theme of ['dark', 'light'] as const) {
      const page = await desk.newPage(theme)
      await desk.knock(page, '/settings', ada)
      await page.locator('.list-end').waitFor()
      for (const view of views) {
        await page.goto(desk.line.baseUrl + view)
        await page.locator('.list-end').first().waitFor({ state: 'attached' })
        for (const width of [1600, 1024, 390]) {
          await page.setViewportSize({ width, height: 844 })
          assert.deepEqual(await violations(page), [])
          assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), width)
        }
      }
      await page.context().close()
    }
  })

  it('caused no policy violation, no fault and no console error in all of this', () => {
    assert.deepEqual(desk.complaints, [])
  })
})
