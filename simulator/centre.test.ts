import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Assignment } from '@toneout/contract/model/assignment.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import type { Unit } from '@toneout/contract/model/unit.ts'
import { signIn } from '../server/test/support/centre.ts'
import { planHour } from './demand.ts'
import { planUnits } from './fleet.ts'
import { type City, openCity, untilSeen } from './test/centre-at-work.ts'
import { scripts } from './test/rehearsal.ts'

let city: City
before(async () => {
  city = await openCity()
})
after(() => city.server.close())

/** Assignments of one unit that were live at the same moment. */
function overlaps(all: readonly Assignment[]): string[] {
  const sorted = [...all].sort((a, b) => a.unit_id - b.unit_id || (a.assigned_at < b.assigned_at ? -1 : 1))
  return sorted.flatMap((one, i) => {
    const last = sorted[i - 1]
    if (last?.unit_id !== one.unit_id) return []
    const end = last.cleared_at ?? last.cancelled_at ?? last.diverted_at
    return end !== null && end <= one.assigned_at ? [] : [`unit ${one.unit_id}: ${last.id} and ${one.id}`]
  })
}

test('what the calls raise is dispatched, driven to and closed, and no unit is in two places', async () => {
  const centre = await city.work()
  assert.deepEqual(centre.missing, [])
  const plan = planHour(scripts, { seed: 'centre', minutes: 45, callsPerHour: 40 })
  await city.caller.play(plan, 'centre', { speed: 600 })
  const raised = await city.incidents()
  assert.ok(raised.length > plan.length / 3, `${raised.length} incidents of ${plan.length} calls`)
  await untilSeen('the end of every incident', async () => (await city.incidents('&open=true')).length === 0)
  await centre.stop()
  assert.deepEqual([...centre.tally.errors], [])
  const all = await Promise.all(raised.map(({ id }) => city.inFull(id)))
  for (const { incident_number, status, merged_into, assignments, disposition } of all) {
    if (merged_into !== null) continue
    assert.equal(status, 'CLOSED', incident_number)
    assert.ok(assignments.length > 0 && disposition !== null, incident_number)
    for (const one of assignments) {
      assert.ok(one.en_route_at && one.on_scene_at && one.cleared_at, `${incident_number} ${one.status}`)
      assert.equal(one.transporting_at !== null, one.handover_done_at !== null)
    }
    const taken = assignments.filter(({ transporting_at }) => transporting_at !== null)
    assert.ok(taken.length <= 1, `${incident_number}: ${taken.length} took the patient`)
    assert.equal(disposition === 'TREATED_AND_TRANSPORTED', taken.length === 1)
  }
  const assignments = all.flatMap((one) => one.assignments)
  assert.ok(assignments.some(({ hospital_id }) => hospital_id !== null))
  assert.deepEqual(overlaps(assignments), [])
  assert.ok((await city.units()).every(({ assignment_id }) => assignment_id === null))
})

test('a second start finds the fleet, and a unit that is not its own stays as it is', async () => {
  const before = await city.units()
  assert.equal(before.length, planUnits().length)
  const m01 = before.find(({ unit_number }) => unit_number === 'M01')
  await city.ask('PATCH', `/api/units/${m01?.id}/`, { station_id: null })
  const centre = await city.work()
  await centre.stop()
  assert.deepEqual(centre.missing, ["M01: a unit that is not the demo's has this number"])
  const afterwards = await city.units()
  assert.deepEqual(
    afterwards.map(({ id }) => id),
    before.map(({ id }) => id),
  )
  const [hospitals, stations] = [await city.rows('/api/hospitals/'), await city.rows('/api/stations/')]
  assert.deepEqual([hospitals.length, stations.length], [5, 12])
})

test('what a person begins is the person’s: crews go where they are sent, the desk keeps out', async () => {
  const centre = await city.work()
  const place = { location: 'Millrace', latitude: 44.635, longitude: -127.466 }
  const opened = await city.ask('POST', '/api/incidents/', {
    emergency_type: 'STROKE',
    priority: 1,
    ...place,
  })
  const { id } = opened.body as Incident
  const unit = (await city.units()).find(({ unit_number }) => unit_number === 'M06')
  const order = { order_id: 'by hand', unit_ids: [unit?.id] }
  assert.equal((await city.ask('POST', `/api/incidents/${id}/assignments/`, order)).status, 200)
  const first = await untilSeen('the crew on its way', async () => {
    const [one] = (await city.inFull(id)).assignments
    return one?.acknowledged_at ? one : undefined
  })
  const cancelled = await city.ask('POST', `/api/assignments/${first.id}/cancel/`, { reason: 'wrong unit' })
  if (cancelled.status === 409)
    assert.ok((await city.inFull(id)).assignments[0]?.on_scene_at, 'it was quicker')
  const again = { order_id: 'by hand again', unit_ids: [(await city.units()).find(isMedic)?.id] }
  assert.equal((await city.ask('POST', `/api/incidents/${id}/assignments/`, again)).status, 200)
  const ended = await untilSeen('both crews free again', async () => {
    const one = await city.inFull(id)
    return one.assignments.length === 2 && one.assignments.every(isEnded) && one
  })
  await centre.stop()
  assert.equal(ended.closed_at, null, 'who sent them closes it')
  assert.equal(centre.tally.centre?.dispatched, 0)
  assert.ok(ended.assignments[1]?.cleared_at && ended.assignments[1].on_scene_at)
  const closed = await city.ask('POST', `/api/incidents/${id}/close/`, { disposition: 'REFUSED' })
  assert.equal(closed.status, 200)
})

const isEnded = (one: Assignment) => one.cleared_at !== null || one.cancelled_at !== null
const isMedic = ({ unit_number, status }: Unit) => unit_number === 'M08' && status === 'AVAILABLE'

test('an account that is no supervisor’s is refused in words', async () => {
  await signIn(city.server, 'ann', 'dispatcher')
  await assert.rejects(city.work('ann'), /"ann" is not/)
  await assert.rejects(city.work('nobody'), /"nobody" does not exist or has another password/)
})
