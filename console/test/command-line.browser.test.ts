import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { signIn } from '../../server/test/support/centre.ts'
import { armed, incidentRow, ok, openStaffedDesk, type StaffedDesk } from './centre.ts'
import { card, violations } from './desk.ts'

let desk: StaffedDesk

before(async () => {
  desk = await openStaffedDesk()
  await desk.addUnit('M03', 'ADVANCED', 2)
})

after(() => desk?.close())

const preview = (page: Page) => page.locator('.preview')
/** What the line calls an incident, as its row shows it. */
const shortOf = (page: Page, location: string) =>
  incidentRow(page, location).locator('.c-incident').innerText()
const timeline = async (id: number): Promise<string[]> => {
  const { results } = await ok(desk.ask('GET', `/api/incidents/${id}/timeline/`))
  return results.map((one: { words: string }) => one.words)
}
const incident = (id: number) => ok(desk.ask('GET', `/api/incidents/${id}/`))

/** Types a line and runs it; gives how many keys that took. */
async function run(page: Page, line: string): Promise<number> {
  await page.keyboard.type(line)
  await page.keyboard.press('Enter')
  return line.length + 1
}

describe('the command line', () => {
  it('sends the plan of the selected incident by one key, and takes it back by another', async () => {
    const { id } = await desk.raise('1 Line Street')
    const page = await desk.newPage()
    await desk.signIn(page, `/?incident=${id}`, desk.ann)
    await armed(page, 'Dispatch B1')
    await preview(page).getByText('Dispatch B1').waitFor()
    await page.keyboard.press('Enter')
    await desk.hasStatus(page, 'B1', 'En route')
    await page.keyboard.press('Control+z')
    await preview(page).getByText('Taken back: B1. The crews are told.').waitFor()
    await desk.hasStatus(page, 'B1', 'Available')
    const told = await timeline(id)
    assert.ok(told.includes('B1 cancelled by ann: Taken back by the desk'), told.join('\n'))
    await page.keyboard.press('Control+z')
    await preview(page).getByText('There is no dispatch to take back.').waitFor()
    await desk.cancel(id)
    await page.context().close()
  })

  it('asks once more before it leaves a station bare, and knows the words of the centre', async () => {
    const here = { latitude: 37.77, longitude: -122.4 }
    const chief = (await signIn(desk.server, 'lead', 'supervisor')).ask
    const admin = (await signIn(desk.server, 'root', 'admin')).ask
    const { id: station } = await ok(
      chief('POST', '/api/stations/', { name: 'Line Station', address: '', ...here }),
    )
    const set = (body: object) => ok(admin('PATCH', '/api/settings/', body))
    await set({ cover_metres: 500, command_aliases: { HALT: 'X' } })
    const { id } = await desk.raise('9 Line Street')
    const page = await desk.newPage()
    await desk.signIn(page, `/?incident=${id}`, desk.ann)
    await armed(page, 'Dispatch B1')
    const question = 'No ambulance stays free within 0.5 km of Line Station.'
    await page.locator('.actions').getByText(question).waitFor()
    await page.keyboard.press('Enter')
    await preview(page).getByText(question).waitFor()
    assert.deepEqual((await incident(id)).assignments, [])
    await armed(page, 'Dispatch B1')
    await page.keyboard.press('Enter')
    await desk.hasStatus(page, 'B1', 'En route')
    await page.keyboard.type('HALT B1')
    await preview(page).getByText('Release B1').waitFor()
    await page.keyboard.press('Enter')
    await desk.hasStatus(page, 'B1', 'Available')
    await set({ cover_metres: 8_000, command_aliases: {} })
    await ok(chief('POST', `/api/stations/${station}/retire/`))
    await desk.cancel(id)
    await page.context().close()
  })

  it('ignores an Enter that is held down, and one that was meant for what was there before', async () => {
    const [first, second] = [await desk.raise('2 Line Street'), await desk.raise('3 Line Street')]
    const page = await desk.newPage()
    await desk.signIn(page, `/?incident=${first.id}`, desk.ann)
    await armed(page, 'Dispatch B1')
    await page.evaluate(() => {
      const held = { key: 'Enter', code: 'Enter', repeat: true, bubbles: true, cancelable: true }
      document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', held))
    })
    // Both keys in one turn of the page: the plan has not been on the screen for 400 ms.
    await page.evaluate(() => {
      for (const key of ['ArrowDown', 'Enter']) {
        const press = { key, code: key, bubbles: true, cancelable: true }
        document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', press))
      }
    })
    await armed(page, 'Dispatch B1')
    assert.equal(new URL(page.url()).searchParams.get('incident'), String(second.id))
    for (const { id } of [first, second]) assert.equal((await incident(id)).assignments.length, 0)
    for (const { id } of [first, second]) await desk.cancel(id)
    await page.context().close()
  })

  it('sends a named unit to a named incident within ten keys, and says so before', async () => {
    const { id } = await desk.raise('4 Line Street')
    const page = await desk.newPage()
    await desk.signIn(page, '/', desk.ann)
    await incidentRow(page, '4 Line Street').waitFor()
    const line = `D M03 ${await shortOf(page, '4 Line Street')}`
    await page.keyboard.type(line)
    await preview(page).getByText('Dispatch M03').waitFor()
    assert.match(await preview(page).innerText(), /^Dispatch M03 to E\d+ Medical 4 Line Street/)
    await page.keyboard.press('Enter')
    assert.ok(line.length + 1 <= 10, `${line} and Enter`)
    await preview(page)
      .getByText(/^Sent M03 to E\d+\./)
      .waitFor()
    await incidentRow(page, '4 Line Street').getByText('M03').waitFor()
    await run(page, 'OS M03')
    await preview(page).getByText('M03 on scene.').waitFor()
    await run(page, 'M03 AV')
    await desk.hasStatus(page, 'M03', 'Available')
    await run(page, `C ${await shortOf(page, '4 Line Street')} TL`)
    await incidentRow(page, '4 Line Street').waitFor({ state: 'detached' })
    assert.equal((await incident(id)).disposition, 'TREATED_AND_RELEASED')
    await page.context().close()
  })

  it('notes, changes, joins, messages and moves, each by one line', async () => {
    const [one, other] = [await desk.raise('5 Line Street'), await desk.raise('6 Line Street')]
    const page = await desk.newPage()
    await desk.signIn(page, `/?incident=${one.id}`, desk.ann)
    await incidentRow(page, '6 Line Street').waitFor()
    await run(page, 'N no lift, 3rd floor.')
    await preview(page)
      .getByText(/^Noted on E\d+\./)
      .waitFor()
    await page.locator('.log').getByText('no lift, 3rd floor.').waitFor()
    await run(page, 'P 1')
    await preview(page)
      .getByText(/has priority 1\./)
      .waitFor()
    await run(page, 'L 77 Canal Street, rear door')
    await incidentRow(page, '77 Canal Street, rear door').waitFor()
    const { priority, location } = await incident(one.id)
    assert.deepEqual([priority, location], [1, '77 Canal Street, rear door'])
    await run(page, `J ${await shortOf(page, '6 Line Street')} ${await shortOf(page, '77 Canal Street')}`)
    await incidentRow(page, '6 Line Street').waitFor({ state: 'detached' })
    assert.equal((await incident(other.id)).merged_into, one.id)
    await run(page, 'MSG B2 use the back gate')
    await preview(page)
      .getByText(/^Message to B2 is on its way/)
      .waitFor()
    await run(page, 'OO B2')
    await desk.hasStatus(page, 'B2', 'Out of service')
    await run(page, 'AV B2')
    await desk.hasStatus(page, 'B2', 'Available')
    await page.keyboard.type('D B99')
    await preview(page).getByText('“B99” is not known').waitFor()
    await page.keyboard.press('Escape')
    await desk.cancel(one.id)
    await page.context().close()
  })

  it('completes words, lists its keys, and gives way to whoever types elsewhere', async () => {
    const page = await desk.newPage()
    await desk.signIn(page, '/', desk.ann)
    await desk.unitRow(page, 'B1').waitFor()
    const line = page.getByRole('combobox', { name: 'Command' })
    await page.keyboard.type('D M')
    await page.getByRole('option', { name: /^M03/ }).waitFor()
    assert.deepEqual(await violations(page), [])
    await page.keyboard.press('Tab')
    assert.equal(await line.inputValue(), 'D M03 ')
    await page.keyboard.press('Escape')
    assert.equal(await line.inputValue(), '')
    await page.keyboard.press('F1')
    await page.getByRole('heading', { name: 'Keys and commands' }).waitFor()
    assert.deepEqual(await violations(page), [])
    await page.keyboard.press('Escape')
    await page.getByRole('heading', { name: 'Keys and commands' }).waitFor({ state: 'detached' })
    await page.keyboard.press('F8')
    await page.waitForFunction(() => document.activeElement?.matches('.units [data-key]'))
    await page.keyboard.press('Control+k')
    await page.waitForFunction(() => document.activeElement?.role === 'combobox')
    await page.context().close()
  })

  it('takes a call over, confirms what the AI understood, and marks it in the words', async () => {
    const { sid, id } = await desk.raise('7 Line Street')
    await desk.say(sid, { speaker: 'CALLER', message: 'The door code is 4417, come quick' })
    const finding = { field: 'access', value: 'Door code 4417', confidence: 0.6, quote: 'door code is 4417' }
    await ok(desk.post('POST', `/api/calls/${sid}/findings/`, { findings: [finding] }))
    const page = await desk.newPage()
    await desk.signIn(page, `/?incident=${id}`, desk.ann)
    const access = page.locator('.findings-list > div', { hasText: 'Access' })
    await access.getByText('check').waitFor()
    await page.locator('mark', { hasText: 'door code is 4417' }).waitFor()
    await page.getByRole('button', { name: 'Confirm Access' }).click()
    await access.getByText('Confirmed by ann').waitFor()
    await desk.post('POST', `/api/calls/${sid}/findings/`, {
      findings: [{ field: 'breathing', value: 'Yes', confidence: 0.9 }],
    })
    await page.locator('.findings-list').getByText('Breathing').waitFor()
    await page.keyboard.press('F4')
    await page.locator('.talk').getByText('Taken over by ann').waitFor()
    await card(page, sid).getByText('ann on line').waitFor()
    const { body } = await desk.post('PATCH', `/api/calls/${sid}/`, { language: 'en' })
    assert.equal(body.handoff.by, 'ann')
    await desk.cancel(id)
    await page.context().close()
  })

  it('caused no policy violation, no fault and no console error in all of this', () => {
    assert.deepEqual(desk.complaints, [])
  })
})
