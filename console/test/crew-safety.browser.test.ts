import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { openStream } from '../../server/test/support/event-stream.ts'
import { button, type Crews, eventually, isAt, isOnline, isSent, openCrews } from './crews.ts'
import { violations } from './desk.ts'

let crews: Crews
before(async () => {
  crews = await openCrews()
})
after(() => crews?.close())

/** Puts a finger, or what stands for it, on the button. */
async function hold(page: Page): Promise<void> {
  const box = await button(page, 'Hold: duress').boundingBox()
  assert.ok(box)
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2)
  await page.mouse.down()
}

const standing = async (unit: number) =>
  (await crews.desk('GET', '/api/duress/')).body.results.filter(
    (one: { unit_id: number }) => one.unit_id === unit,
  )

describe('what keeps a crew safe', () => {
  it('duress is raised by holding, never by a tap, and stands until a desk clears it', async () => {
    const crew = await crews.makeCrew('Eva Ruiz')
    const page = await crews.newPhone()
    await crews.signIn(page, crew)
    await isOnline(page)
    await button(page, 'Hold: duress').click()
    assert.deepEqual(await standing(crew.unit), [])
    await hold(page)
    await button(page, 'Keep holding').waitFor()
    const alarm = page.getByRole('alert').getByText('Duress was raised at')
    await alarm.waitFor()
    await page.mouse.up()
    assert.equal((await standing(crew.unit)).length, 1)
    assert.deepEqual(await violations(page), [])
    await crews.desk('POST', `/api/units/${crew.unit}/duress/clear/`, { reason: 'spoke with them' })
    await alarm.waitFor({ state: 'detached' })
    await page.context().close()
  })

  it('duress is raised by keys and from the ring too, and goes out when there is a network', async () => {
    const crew = await crews.makeCrew('Jo Tan')
    const page = await crews.newPhone({ theme: 'light' })
    await crews.signIn(page, crew)
    await isOnline(page)
    await crews.send(crew.unit)
    await page.getByText(/Rings for \d+ s/).waitFor()
    crews.line.cut()
    await button(page, 'Hold: duress').focus()
    const pressedFrom = new Date().toISOString()
    await page.keyboard.down(' ')
    await page.locator('.press', { hasText: 'Duress' }).getByText('Will send').waitFor()
    await page.keyboard.up(' ')
    const pressedUntil = new Date().toISOString()
    crews.line.mend()
    await eventually(async () => (await standing(crew.unit)).length === 1)
    const [{ pressed_at }] = await standing(crew.unit)
    assert.ok(pressed_at >= pressedFrom && pressed_at <= pressedUntil, pressed_at)
    await page.getByRole('alert').getByText('Duress was raised at').waitFor()
    assert.deepEqual(await violations(page), [])
    await page.context().close()
  })

  it('the position is shared while assigned, with the screen kept on, and not before or after', async () => {
    const crew = await crews.makeCrew('Mia Cho')
    const page = await crews.newPhone()
    await page.addInitScript(() => {
      const seen = { asked: 0, released: 0 }
      Object(window).lock = seen
      const request = async () => {
        seen.asked += 1
        const target = new EventTarget()
        const release = async () => {
          seen.released += 1
        }
        return Object.assign(target, { release })
      }
      Object.defineProperty(navigator, 'wakeLock', { value: { request } })
    })
    await crews.signIn(page, crew)
    await isOnline(page)
    await button(page, 'Position when assigned').waitFor()
    const at = async () =>
      (await crews.run('SELECT latitude, position_at FROM units WHERE id = $1', [crew.unit]))[0]
    assert.equal((await at())?.latitude, null)
    const { assignment } = await crews.send(crew.unit)
    await button(page, 'Accept').click()
    await button(page, 'Position shared').waitFor()
    await eventually(async () => (await at())?.latitude === 37.76)
    const locks = () => page.evaluate(() => Object(window).lock as { asked: number; released: number })
    assert.equal((await locks()).asked, 1)
    await button(page, 'Position shared').click()
    await button(page, 'Position off').waitFor()
    await isSent(page)
    await crews.desk('POST', `/api/assignments/${assignment}/cancel/`, { reason: 'over' })
    await page.getByText('Available. You are sent to nothing.').waitFor()
    await eventually(async () => (await locks()).released === 1)
    await page.context().close()
  })

  it('a phone that may not give its position says so in words, and goes on', async () => {
    const crew = await crews.makeCrew('Ben Low')
    const page = await crews.newPhone({ isPlaced: false })
    await crews.signIn(page, crew)
    await crews.send(crew.unit)
    await button(page, 'Accept').click()
    await isAt(page, 'Accepted')
    await page.getByText('Position not shared. This phone was told not to give its position').waitFor()
    assert.deepEqual(await violations(page), [])
    await page.context().close()
  })

  it('a crew calls the desk by one press where the centre has given its number', async () => {
    const crew = await crews.makeCrew('Ana Roy')
    await crews.run(
      `INSERT INTO settings (name, value, updated_at) VALUES ('desk_phone', '"+1 555 0100"', now())`,
    )
    await crews.run("SELECT pg_notify('settings', '')")
    await eventually(async () => (await crew.ask('GET', '/api/crew/')).body.desk_phone !== null)
    const page = await crews.newPhone()
    await crews.signIn(page, crew)
    const link = page.getByRole('link', { name: 'Call desk' })
    assert.equal(await link.getAttribute('href'), 'tel:+15550100')
    assert.ok(((await link.boundingBox())?.height ?? 0) >= 48)
    assert.deepEqual(await violations(page), [])
    await button(page, 'More').click()
    await button(page, 'Position when assigned').waitFor()
    await crews.run("DELETE FROM settings WHERE name = 'desk_phone'")
    await crews.run("SELECT pg_notify('settings', '')")
    await page.context().close()
  })

  it('consoles hear of duress with the unit it is about', async () => {
    const crew = await crews.makeCrew('Per Lund')
    const page = await crews.newPhone()
    await crews.signIn(page, crew)
    await isOnline(page)
    const { body } = await crews.desk('POST', '/api/token/', { username: 'ann', password: 'password of ann' })
    const stream = await openStream(crews.line.baseUrl, { authorization: `Bearer ${body.access}` })
    await stream.take('hello')
    await hold(page)
    const isDuress = ({ data }: { data: unknown }) => (data as { type?: string }).type === 'duress_raised'
    await eventually(async () => stream.events.some(isDuress))
    await page.mouse.up()
    const { unit } = Object(stream.events.find(isDuress)?.data)
    assert.equal(unit?.unit_number, crew.number)
    assert.ok(unit.duress_at)
    stream.close()
    await page.context().close()
  })

  it('caused no policy violation, no fault and no console error in all of this', () => {
    assert.deepEqual(crews.complaints, [])
  })
})
