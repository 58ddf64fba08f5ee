import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { card, type Desk, log, openDesk } from '../../../console/test/desk.ts'
import { makeHospital, signIn } from '../support/centre.ts'
import { everything, fillPath } from './samples.ts'
import { assertClean, scripts } from './scripts.ts'

// A caller's words, and whatever an AI makes of them, are written by strangers and read by dispatchers.

const limit = { timeout: 240_000 }
let desk: Desk

before(async () => {
  desk = await openDesk()
})
after(() => desk?.close())

test(
  'what callers say and AIs write is shown as text, and runs nowhere on the live page',
  limit,
  async () => {
    const page = await desk.newPage()
    const dialogs: string[] = []
    const outside: string[] = []
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message())
      void dialog.dismiss()
    })
    page.on('request', (request) => {
      if (!request.url().startsWith(desk.line.baseUrl)) outside.push(request.url())
    })
    await signIn(desk.server, 'ann', 'dispatcher')
    await desk.signIn(page, '/', { username: 'ann', password: 'password of ann' })
    for (const [at, script] of scripts.entries()) {
      const call_sid = `CA-${at}-${script}`.slice(0, 100)
      const facts = { location: script, category: script.slice(0, 100), language: script.slice(0, 35) }
      const more = { incident_number: script.slice(0, 50), caller_number: script, emergency_type: 'MEDICAL' }
      const opened = await desk.post('POST', '/api/calls/', { call_sid, ...facts, ...more })
      assert.equal(opened.status, 201, JSON.stringify(opened.body))
      const path = `/api/calls/${encodeURIComponent(call_sid)}`
      for (const is_final of [true, false]) {
        const words = { speaker: 'CALLER', message: script, language: script.slice(0, 35), is_final }
        assert.equal((await desk.post('POST', `${path}/interactions/`, words)).status, 201)
      }
      const id = JSON.stringify(call_sid).slice(1, -1)
      await card(page, id).waitFor()
      await card(page, id).click()
      await log(page).getByText(script.trim(), { exact: true }).first().waitFor()
      await assertClean(page, script)
    }
    await page.reload()
    await page.getByText(/^Live/).waitFor()
    await assertClean(page, 'after a reload')
    for (const path of ['/calls']) {
      await page.goto(desk.line.baseUrl + path)
      await page
        .getByText(scripts.at(-1)?.trim() ?? '', { exact: true })
        .first()
        .waitFor()
      await assertClean(page, path)
    }
    assert.deepEqual(dialogs, [])
    assert.deepEqual(outside, [])
    assert.deepEqual(desk.complaints, [])
    await page.context().close()
  },
)

test(
  'what the staff writes is shown as text too: incidents, notes, units, places and handovers',
  limit,
  async () => {
    const page = await desk.newPage()
    const { ask } = await signIn(desk.server, 'chief', 'supervisor')
    const ids: number[] = []
    for (const [at, script] of scripts.entries()) {
      await makeHospital(desk.server, `${at} ${script}`)
      const unit = {
        unit_number: `${at}<img>`.slice(0, 10),
        unit_type: 'BASIC',
        capabilities: [script.slice(0, 50)],
      }
      assert.equal((await ask('POST', '/api/units/', unit)).status, 201)
      const incident = { emergency_type: 'FIRE', location: script, notes: script }
      const { status, body } = await ask('POST', '/api/incidents/', incident)
      assert.equal(status, 201)
      ids.push(body.id)
      assert.equal((await ask('POST', `/api/incidents/${body.id}/notes/`, { text: script })).status, 201)
      const handover = { text: script, desk: script.slice(0, 30) }
      assert.equal((await ask('POST', '/api/handovers/', handover)).status, 201)
      const station = { name: `${at} ${script}`, address: script, latitude: 37.7, longitude: -122.4 }
      assert.equal((await ask('POST', '/api/stations/', station)).status, 201)
    }
    await desk.signIn(page, '/', { username: 'chief', password: 'password of chief' })
    for (const id of ids) {
      await page.locator(`.incidents tr[data-key="${id}"]`).click()
      await assertClean(page, String(id))
    }
    const last = scripts.at(-1)?.trim() ?? ''
    for (const path of ['/handover', '/stations', '/hospitals']) {
      await page.goto(desk.line.baseUrl + path)
      await page.getByText(last).first().waitFor()
      await assertClean(page, path)
    }
    assert.deepEqual(desk.complaints, [])
    await page.context().close()
  },
)

test(
  'no address opened with a script in it runs one, nor does any reply of the API shown as a page',
  limit,
  async () => {
    const page = await desk.newPage()
    const script = encodeURIComponent('<script>window.ran=1</script>')
    const reads = everything.filter(([, one]) => one.method === 'GET' && one.media !== 'text/event-stream')
    const paths = [
      ...[
        `/?call=${script}`,
        `/?x=${script}#${script}`,
        `/#javascript:window.ran=1`,
        `/${script}`,
        `/docs/?${script}`,
      ],
      ...reads.map(([, one]) => fillPath(one, { id: script, call_sid: script })),
      ...reads.map(([, one]) => `${fillPath(one)}?${script}=${script}`),
    ]
    for (const path of paths) {
      await page.goto(desk.line.baseUrl + path)
      assert.equal(await page.evaluate(() => Object(window).ran), undefined, path)
    }
    await page.context().close()
  },
)
