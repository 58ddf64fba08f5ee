import assert from 'node:assert/strict'
import { after, before, it } from 'node:test'
import { makeHospital, makeIncidents, makeUnits } from '../../server/test/support/centre.ts'
import { eventually } from '../../server/test/support/providers.ts'
import { button, ok } from './centre.ts'
import { violations } from './desk.ts'
import { heading, openDoor } from './way-in.ts'

let desk: Awaited<ReturnType<typeof openDoor>>
before(async () => {
  // It is asked for before anybody has named a hospital.
  desk = await openDoor({ notifies: true, provokes: /404 \(Not Found\)$/ })
})
after(() => desk?.close())

it('a hospital sees who comes, says that it has seen it, and what it can take', async () => {
  const { server } = desk
  const run = async (text: string, values: unknown[] = []) =>
    (await server.ctx.db.pool.query(text, values)).rows
  const hospital = await makeHospital(server, 'General')
  const nurse = await desk.makePerson('nurse', 'hospital')
  const ann = await desk.makePerson('ann', 'dispatcher')

  const page = await desk.newPage()
  await desk.knock(page, '/', nurse)
  await page.getByText('nurse speaks for no hospital yet. An admin names it under People.').waitFor()
  await run('UPDATE people SET hospital_id = $1 WHERE id = $2', [hospital, nurse.id])
  await heading(page, 'General').waitFor()
  await page.getByText('No patient was announced.').waitFor()

  const [unit] = await makeUnits(server, 1, 'H')
  const [incident] = await makeIncidents(server, 1)
  const order = { order_id: 'own-1', unit_ids: [unit] }
  const sent = await ok(ann.ask('POST', `/api/incidents/${incident}/assignments/`, order))
  const path = `/api/assignments/${sent.assignments[0].id}`
  const sid = await desk.openCall()
  await run('UPDATE calls SET incident_id = $1 WHERE call_sid = $2', [incident, sid])
  const findings = [{ field: 'breathing', value: 'yes', confidence: 0.95 }]
  const told = await desk.post('POST', `/api/calls/${sid}/findings/`, { findings })
  assert.equal(told.status, 200, JSON.stringify(told.body))
  await ok(ann.ask('POST', `${path}/transport/`, { hospital_id: hospital }))

  const alert = page.getByRole('alert').getByText('Patient inbound: H1')
  await alert.waitFor()
  await page.getByText(/P1, cardiac, I-.*, breathing yes$/).waitFor()
  await page.getByRole('row', { name: /^H1 P1 Cardiac Transporting/ }).waitFor()
  assert.deepEqual(await violations(page), [])
  await button(page, 'Seen: Patient inbound: H1').click()
  await alert.waitFor({ state: 'detached' })
  await page.getByText('Patient inbound: H1').waitFor()
  const seen = async () => (await run('SELECT state FROM messages WHERE person_id = $1', [nurse.id]))[0].state
  await eventually(async () => ((await seen()) === 'ACKNOWLEDGED' ? true : undefined))

  await page.getByLabel('Beds', { exact: true }).fill('9')
  await page.getByLabel('Free beds').fill('3')
  await page.getByLabel('Diversion').selectOption('ADVISORY')
  await button(page, 'Set what General can take').click()
  await eventually(async () => {
    const [row] = await run('SELECT available_beds, diversion FROM hospitals WHERE id = $1', [hospital])
    return row.available_beds === 3 && row.diversion === 'ADVISORY' ? true : undefined
  })
  assert.deepEqual(desk.complaints, [])
})
