import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { type Desk, openDesk } from '../../../console/test/desk.ts'
import { graphPath, writeGraph } from '../../streets/graph-file.ts'
import { makeParamedic, makeUnits, signIn } from '../support/centre.ts'
import { graphOf, street } from '../support/roads.ts'
import { importTown } from '../support/town.ts'
import { assertClean, scripts } from './scripts.ts'

// What reaches crews, and names of streets, which come from files that anybody may have written.

const limit = { timeout: 240_000 }
const corners = { A: [0, 0], B: [10, 0] } as const
const evil = scripts.map((script) => `Evil Street ${script}`)
const segments = evil.map((name, at) =>
  street(corners, 'A', 'B', { id: `piece ${at}`, name, class: 'residential' }),
)
const chief = { username: 'chief', password: 'password of chief' }
let folder: string
let desk: Desk

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'toneout-evil-'))
  writeGraph(graphPath(folder), graphOf(segments))
  desk = await openDesk({ streetsFolder: folder })
}, limit)
after(async () => {
  await desk?.close()
  rmSync(folder, { recursive: true, force: true })
})

test(
  'what desks write to crews, and AIs tell them, is text on the phone and at the desk',
  limit,
  async () => {
    const { ask } = await signIn(desk.server, 'chief', 'supervisor')
    const medic = await signIn(desk.server, 'medic', 'paramedic')
    await makeParamedic(desk.server, medic.id, '2999-01-01')
    const [unit, free] = (await makeUnits(desk.server, 2)) as [number, number]
    const { pool } = desk.server.ctx.db
    await pool.query('UPDATE paramedics SET unit_id = $1 WHERE person_id = $2', [unit, medic.id])
    const sid = await desk.openCall({
      emergency_type: 'MEDICAL',
      location: scripts[1],
      priority_level: 'LOW',
    })
    const incident = (await desk.post('GET', `/api/calls/${sid}/`)).body.incident_id
    const order = { order_id: 'evil', unit_ids: [unit] }
    assert.equal((await ask('POST', `/api/incidents/${incident}/assignments/`, order)).status, 200)
    const findings = scripts.map((value, at) => ({
      field: `field_${at}`,
      value,
      quote: value,
      confidence: 0.9,
    }))
    assert.equal((await desk.post('POST', `/api/calls/${sid}/findings/`, { findings })).status, 200)
    for (const [at, text] of scripts.entries()) {
      for (const one of [unit, free]) {
        assert.equal((await ask('POST', `/api/units/${one}/messages/`, { text })).status, 201)
      }
      const said = { speaker: 'CALLER', message: `${at} ${text}` }
      assert.equal((await desk.say(sid, said)).status, 201)
    }
    const last = scripts.at(-1) as string

    const phone = await desk.newPage()
    await phone.goto(`${desk.line.baseUrl}/unit`)
    await phone.getByLabel('Username').fill('medic')
    await phone.getByLabel('Password').fill('password of medic')
    await phone.getByRole('button', { name: 'Sign in' }).click()
    await phone
      .getByRole('alert', { name: 'Message from the desk' })
      .getByText(last, { exact: true })
      .waitFor()
    await assertClean(phone, 'the phone')
    await phone.context().close()

    const page = await desk.newPage()
    await desk.signIn(page, `/?call=${sid}`, chief)
    await page.getByText(last, { exact: true }).first().waitFor()
    await assertClean(page, 'the desk')
    await page.locator(`.units tr[data-key="${free}"]`).click()
    await page.locator('.messages').getByText(last, { exact: true }).waitFor()
    await assertClean(page, 'the unit')
    assert.deepEqual(desk.complaints, [])
    await page.context().close()
  },
)

test('names of streets are text where they are looked for, closed and listed', limit, async () => {
  await importTown(
    desk.server,
    segments,
    evil.map((name, at) => ({ name, kind: 'pier', at: [at / 1_000, 0] })),
  )
  const { ask } = await signIn(desk.server, 'keeper', 'supervisor')
  for (const [at, script] of scripts.entries()) {
    const closing = { segment_id: `piece ${at}`, reason: script }
    let status = 0
    // Roads are read beside the start of a server.
    while (status !== 201) {
      ;({ status } = await ask('POST', '/api/closures/', closing))
      assert.ok([201, 409].includes(status), String(status))
      if (status === 409) await delay(50)
    }
  }
  const sid = await desk.openCall({ emergency_type: 'POLICE' })
  const page = await desk.newPage()
  await desk.signIn(page, `/?call=${sid}`, { username: 'keeper', password: 'password of keeper' })
  const field = page.getByRole('combobox', { name: 'Place' })
  for (const words of ['script', 'img']) {
    await field.fill(`evil street ${words}`)
    const named = page.getByRole('listbox', { name: 'Addresses' }).getByRole('option')
    await named
      .filter({ hasText: `<${words}` })
      .first()
      .waitFor()
    await assertClean(page, `addresses with ${words}`)
  }
  await page.getByRole('button', { name: 'Closed streets' }).click()
  await page
    .locator('.closed-streets')
    .getByText(scripts[1] as string)
    .first()
    .waitFor()
  await assertClean(page, 'the closed streets')
  await page.goto(`${desk.line.baseUrl}/history?type=closure_set`)
  await page.getByRole('button', { name: 'Closure set' }).first().click()
  await page
    .getByText(evil.at(-1) as string, { exact: true })
    .first()
    .waitFor()
  await assertClean(page, 'the history')
  assert.deepEqual(desk.complaints, [])
  await page.context().close()
})
