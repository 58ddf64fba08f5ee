import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import {
  button,
  type Crews,
  eventually,
  isAt,
  isOnline,
  isSent,
  openCrews,
  pressNext,
  shoot,
} from './crews.ts'
import { violations } from './desk.ts'

let crews: Crews
before(async () => {
  crews = await openCrews()
})
after(() => crews?.close())

describe('the phone of a crew', () => {
  it('leads from the ring to being free, one press a step', async () => {
    const crew = await crews.makeCrew('Eva Ruiz')
    const page = await crews.newPhone()
    await crews.signIn(page, crew)
    await isOnline(page)
    await page.getByText('Available. You are sent to nothing.').waitFor()
    const { incident, assignment } = await crews.send(crew.unit)
    await page.getByRole('heading', { name: 'Cardiac' }).waitFor()
    await page.getByText(/Rings for \d+ s/).waitFor()
    await shoot(page, 'crew-offer')
    assert.deepEqual(await violations(page), [])
    await button(page, 'Accept').click()
    await isAt(page, 'Accepted')
    assert.match((await page.locator('.card-side').innerText()).trim(), /^I-\d\d-\d+$/)
    const navigate = page.getByRole('link', { name: 'Navigate' })
    assert.match((await navigate.getAttribute('href')) ?? '', /^geo:37\.775,-122\.4\?q=/)
    assert.ok(((await navigate.boundingBox())?.height ?? 0) >= 48)
    assert.ok(((await page.locator('.next').boundingBox())?.height ?? 0) >= 64)

    for (const [press, at] of [
      ['En route', 'En route'],
      ['Arrived on scene', 'On scene'],
      ['At patient', 'On scene'],
    ] as const) {
      await pressNext(page, press)
      await isAt(page, at)
      await isSent(page)
    }
    await pressNext(page, 'Choose hospital')
    await page.getByRole('heading', { name: 'Leave for which hospital?' }).waitFor()
    assert.deepEqual(await violations(page), [])
    await shoot(page, 'crew-hospitals')
    await button(page, /^General/).click()
    await isAt(page, 'Transport')
    await button(page, 'More').click()
    await button(page, 'Change hospital (General)').click()
    await button(page, /^St Mary/).click()
    await button(page, 'Arrived at St Mary').waitFor()
    for (const press of ['Arrived at St Mary', 'Patient handed over', 'Clear, available']) {
      await pressNext(page, press)
      await isSent(page)
    }
    await page.getByText('Available. You are sent to nothing.').waitFor()
    const ended = await crews.read(assignment)
    const { body } = await crews.desk('GET', `/api/incidents/${incident}/timeline/`)
    assert.deepEqual([ended.status, ended.hospital_id], ['CLEARED', crews.hospitals[1]])
    assert.match(JSON.stringify(body), /to go to St Mary instead of General/)
    for (const name of [
      'acknowledged',
      'en_route',
      'on_scene',
      'at_patient',
      'transporting',
      'handover_done',
    ])
      assert.ok(ended[`${name}_at`], name)
    await page.context().close()
  })

  it('declines with a reason that the desk reads, and tells when a desk takes one back', async () => {
    const crew = await crews.makeCrew('Jo Tan')
    const page = await crews.newPhone({ theme: 'light' })
    await crews.signIn(page, crew)
    await isOnline(page)
    const { assignment } = await crews.send(crew.unit)
    await button(page, 'Decline').click()
    await button(page, 'Decline').click()
    await page.getByText('Say why.').waitFor()
    await page.getByLabel('Vehicle not ready').check()
    await page.getByLabel('In your words').fill('flat tyre')
    assert.deepEqual(await violations(page), [])
    await button(page, 'Decline').click()
    await page.getByText('Available. You are sent to nothing.').waitFor()
    await isSent(page)
    const { status, reason } = await crews.read(assignment)
    assert.deepEqual([status, reason], ['CANCELLED', 'Vehicle not ready. flat tyre'])

    const second = await crews.send(crew.unit)
    await button(page, 'Accept').click()
    await isAt(page, 'Accepted')
    await isSent(page)
    await crews.desk('POST', `/api/assignments/${second.assignment}/cancel/`, { reason: 'B21 is nearer' })
    await page
      .getByRole('status', { name: 'Last assignment' })
      .getByText(/cancelled at .*B21 is nearer/)
      .waitFor()
    await page.context().close()
  })

  it('shows what the call told, partners and messages as they come, and never a number', async () => {
    const crew = await crews.makeCrew('Mia Cho')
    const partner = await crews.makeCrew('Ben Low')
    const page = await crews.newPhone()
    await crews.signIn(page, crew)
    const { incident } = await crews.send(crew.unit, { notes: 'Gate on Quay Lane' })
    await button(page, 'Accept').click()
    await isAt(page, 'Accepted')
    const sid = 'CA-crew-1'
    await crews.agent('POST', '/api/calls/', { call_sid: sid, caller_number: '+14155550142', language: 'es' })
    await crews.run('UPDATE calls SET incident_id = $1 WHERE call_sid = $2', [incident, sid])
    await crews.agent('POST', `/api/calls/${sid}/findings/`, {
      findings: [
        { field: 'door_code', value: '4417', confidence: 0.97 },
        { field: 'floor', value: '3rd, no lift', confidence: 0.9 },
        { field: 'patient', value: 'Male, about 62', confidence: 0.5 },
        { field: 'cpr', value: 'By his son', confidence: 0.9, quote: 'I am pushing on his chest' },
        { field: 'history', value: 'Heart stent 2021', confidence: 0.5 },
      ],
    })
    const say = (message: string, confidence: number) =>
      crews.agent('POST', `/api/calls/${sid}/interactions/`, { speaker: 'CALLER', message, confidence })
    await say('He is gasping, my number is 415 555 0142', 0.95)
    await say('He has a stent', 0.4)
    const fact = (label: string) => page.locator('.key-facts > div', { hasText: label }).locator('dd')
    await fact('Door code').getByText('4417').waitFor()
    await fact('Patient').getByText('not confirmed').waitFor()
    await page.getByText('History: Heart stent 2021').waitFor()
    await page.getByText('He is gasping, my number is [number]').waitFor()
    await page.locator('.call li', { hasText: 'He has a stent' }).getByText('not confirmed').waitFor()
    await page.getByText('Gate on Quay Lane').waitFor()
    const order = { order_id: 'partner-1', unit_ids: [partner.unit] }
    await crews.desk('POST', `/api/incidents/${incident}/assignments/`, order)
    await page.getByText(`with ${partner.number}`).waitFor()
    const sent = await crews.desk('POST', `/api/units/${crew.unit}/messages/`, {
      text: 'Police are on scene',
    })
    const message = page.getByRole('alert', { name: 'Message from the desk' })
    await message.getByText('Police are on scene').waitFor()
    await shoot(page, 'crew-message')
    assert.deepEqual(await violations(page), [])
    await message.getByRole('button', { name: 'Read' }).click()
    await message.waitFor({ state: 'detached' })
    await isSent(page)
    await button(page, 'En route').click()
    await isAt(page, 'En route')
    await isSent(page)
    await page.getByRole('img', { name: 'Straight line to the incident' }).waitFor()
    assert.deepEqual(await violations(page), [])
    await shoot(page, 'crew-phone')
    const { results } = (await crews.desk('GET', `/api/units/${crew.unit}/messages/`)).body
    assert.deepEqual([results[0].id, results[0].read_by], [sent.body.id, 'Mia Cho'])
    assert.doesNotMatch(await page.content(), /555 ?0142/)
    await page.context().close()
  })

  it('tells of a delay, skips steps, changes theme, and signs out without a trace', async () => {
    const crew = await crews.makeCrew('Ida Berg')
    const page = await crews.newPhone({ motion: 'reduce' })
    await crews.signIn(page, crew)
    const { incident, assignment } = await crews.send(crew.unit)
    await button(page, 'Accept').click()
    await isAt(page, 'Accepted')
    await button(page, 'More').click()
    await page.getByText('Tell of a delay').click()
    await page.getByLabel('What holds you up').selectOption('Road closed')
    await page.getByLabel('About how long').selectOption('10 min')
    assert.deepEqual(await violations(page), [])
    await button(page, 'Tell the desk').click()
    await isSent(page)
    const told = async () =>
      JSON.stringify((await crews.desk('GET', `/api/incidents/${incident}/timeline/`)).body)
    await eventually(async () => /delayed about 10 min, road closed/.test(await told()))
    await button(page, 'More').click()
    await page.getByText('Skip to a later step').click()
    await button(page, 'Arrived on scene').click()
    await isAt(page, 'On scene')
    await isSent(page)
    assert.equal((await crews.read(assignment)).en_route_at, null)
    await button(page, 'More').click()
    await button(page, 'Use the day theme').click()
    assert.equal(await page.evaluate(() => document.documentElement.dataset.theme), 'light')
    await shoot(page, 'crew-more-light')
    assert.deepEqual(await violations(page), [])
    await button(page, /^Sign out/).click()
    await page.getByRole('heading', { name: 'Crew sign-in' }).waitFor()
    assert.deepEqual(await violations(page), [])
    const kept = await page.evaluate(async () => {
      const request = indexedDB.open('toneout-unit')
      await new Promise((done) => request.addEventListener('success', done))
      const read = request.result.transaction('kept').objectStore('kept').getAll()
      await new Promise((done) => read.addEventListener('success', done))
      return read.result
    })
    assert.deepEqual(kept, [])
    await page.context().close()
  })

  it('is for paramedics; others read so, and a paramedic without a unit reads whom to ask', async () => {
    await crews.makePerson('desk-2', 'dispatcher')
    const page = await crews.newPhone()
    await crews.signIn(page, { username: 'desk-2', password: 'password of desk-2' })
    await page.getByText('This page is for paramedics. You are signed in as desk-2, dispatcher.').waitFor()
    assert.deepEqual(await violations(page), [])
    await button(page, 'Sign out').click()
    const crew = await crews.makeCrew('No Unit')
    await crews.run('UPDATE paramedics SET unit_id = NULL WHERE person_id = $1', [crew.id])
    await crews.signIn(page, crew)
    await page.getByText('You are in the crew of no unit.').waitFor()
    await page.context().close()
  })

  it('is small: all its scripts are at most 90 KB packed', async () => {
    const read = async (path: string) => (await fetch(crews.line.baseUrl + path)).text()
    const files = [...(await read('/unit')).matchAll(/(?:src|href)="(\/assets\/[^"]+\.js)"/g)]
    assert.ok(files.length >= 2)
    const sizes = await Promise.all(
      files.map(async ([, path]) => gzipSync(await read(path!), { level: 9 }).length),
    )
    const total = sizes.reduce((sum, size) => sum + size, 0)
    assert.ok(total <= 90_000, `${total} bytes`)
  })

  it('caused no policy violation, no fault and no console error in all of this', () => {
    assert.deepEqual(crews.complaints, [])
  })
})
