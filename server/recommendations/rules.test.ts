import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { type EmergencyType, emergencyTypes } from '@toneout/contract/model/call.ts'
import { diversions, emergencyLoads, specialties } from '@toneout/contract/model/hospital.ts'
import { priorities } from '@toneout/contract/model/incident.ts'
import { dutyStatuses, type UnitType, unitTypes } from '@toneout/contract/model/unit.ts'
import fc from 'fast-check'
import type { Estimate } from '../lib/geo.ts'
import { responsePlans } from './response-plans.ts'
import { limits, type RankableUnit, rankUnits } from './rules.ts'
import { rankHospitals } from './rules-hospitals.ts'

const now = '2026-11-21T07:10:00.000Z'
const at = (seconds: number) => new Date(Date.parse(now) + seconds * 1_000).toISOString()

/** A unit that may go, and its drive by road; `seconds` undefined for none known. */
type Case = { unit: RankableUnit; estimate: Estimate | undefined }
function unit(id: number, seconds?: number, more: Partial<RankableUnit> = {}, drive: Partial<Estimate> = {}) {
  const one: RankableUnit = {
    id,
    unit_number: `M${String(id).padStart(2, '0')}`,
    unit_type: 'ADVANCED',
    duty: 'AVAILABLE',
    live: null,
    has_crew: true,
    latitude: 37.7,
    longitude: -122.4,
    position_at: at(-10),
    ...more,
  }
  const road: Estimate = { seconds: seconds ?? 0, metres: (seconds ?? 0) * 12, source: 'graph', as_of: now }
  return { unit: one, estimate: seconds === undefined ? undefined : { ...road, ...drive } }
}

function rank(needs: readonly UnitType[], cases: readonly Case[], when = now) {
  const [units, estimates] = [cases.map((one) => one.unit), cases.map((one) => one.estimate)]
  return rankUnits({ needs, why: '' }, { id: 12 }, units, estimates, when)
}

const busy = { live: { incident_id: 9, incident_number: 'I-26-000012' } }
const here = { live: { incident_id: 12, incident_number: 'I-26-000015' } }

describe('why a unit was not picked', () => {
  const cases: [name: string, one: Case, reason: string, seconds?: number][] = [
    ['at work elsewhere', unit(2, 30, busy), 'On I-26-000012', 30],
    ['at work, whatever its duty', unit(2, 30, { ...busy, duty: 'OFF_DUTY' }), 'On I-26-000012', 30],
    ['out of service', unit(2, 30, { duty: 'OUT_OF_SERVICE' }), 'Out of service', 30],
    ['in maintenance', unit(2, 30, { duty: 'MAINTENANCE' }), 'Maintenance', 30],
    ['off duty', unit(2, 30, { duty: 'OFF_DUTY' }), 'Off duty', 30],
    ['nobody on board', unit(2, 30, { has_crew: false }), 'No crew', 30],
    ['no latitude', unit(2, 30, { latitude: null }), 'No position', 30],
    ['no place on earth', unit(2, 30, { latitude: 91 }), 'No position', 30],
    ['no time of the position', unit(2, 30, { position_at: null }), 'No position', 30],
    ['a time that is none', unit(2, 30, { position_at: 'soon' }), 'No position', 30],
    ['a stale position', unit(2, 30, { position_at: at(-370) }), 'Position 6 min old', 30],
    ['a position just stale', unit(2, 30, { position_at: at(-300.001) }), 'Position 5 min old', 30],
    ['no drive time', unit(2), 'No drive time'],
    ['a drive time that is none', unit(2, Number.NaN), 'No drive time'],
    ['no way there', unit(2, Number.POSITIVE_INFINITY), 'No drive time'],
    ['a shift that ends soon', unit(2, 30, { shift_ends_at: at(299) }), 'Shift ends in 4 min', 30],
    ['a shift that ends on the way', unit(2, 900, { shift_ends_at: at(899) }), 'Shift ends in 14 min', 900],
    ['a shift that is over', unit(2, 30, { shift_ends_at: at(0) }), 'Shift has ended', 30],
    ['too weak a crew', unit(2, 30, { unit_type: 'BASIC' }), 'Basic crew, needs ADVANCED', 30],
    ['slower', unit(2, 222), '2:02 slower', 222],
    ['as fast, with a higher number', unit(2, 100.4), 'As fast', 100.4],
  ]
  for (const [name, one, reason, seconds = null] of cases) {
    test(name, () => {
      const found = rank(['ADVANCED'], [one, unit(1, 100)])
      assert.deepEqual(found.near_misses, [{ unit_id: 2, seconds, reason }])
      assert.equal(found.picks[0]?.unit_id, 1)
    })
  }

  test('nothing is left to do for it, or another came closer than it', () => {
    const sent = rank(['ADVANCED'], [unit(1, 400, here), unit(2, 30)])
    assert.deepEqual(sent.near_misses, [{ unit_id: 2, seconds: 30, reason: 'Not needed' }])
    const two = rank(['ADVANCED', 'BASIC'], [unit(1, 100), unit(2, 160), unit(3, 180)])
    assert.equal(two.near_misses[0]?.reason, '0:20 slower')
  })

  test('the five nearest are shown, the unknown last, and none of a kind that nobody asked for', () => {
    const fleet = [unit(9), ...[8, 7, 6, 5, 4, 3].map((id) => unit(id, id * 10)), unit(1, 1)]
    const police = unit(2, 1, { unit_type: 'POLICE' })
    const ids = (cases: Case[]) => rank(['BASIC'], cases).near_misses.map((miss) => miss.unit_id)
    assert.deepEqual(ids([...fleet, police]), [3, 4, 5, 6, 7])
    assert.deepEqual(ids([police, ...fleet.filter(({ unit: { id } }) => id > 6 || id === 1)]), [7, 8, 9])
  })
})

describe('who is picked, and why in words', () => {
  const basic = { unit_type: 'BASIC' } as const
  const crow = { source: 'crow' } as const
  const critical = unit(2, 70, { unit_type: 'CRITICAL' })
  const old = { position_at: at(-150) }
  const [ALS, ambulance] = ['fastest ALS by road', 'fastest ambulance by road']
  const cases: [name: string, needs: UnitType[], fleet: Case[], ...expected: string[]][] = [
    ['by road', ['ADVANCED'], [unit(1, 100), unit(2, 90)], `2 ${ALS}`],
    ['by a router', ['BASIC'], [unit(1, 9, {}, { source: 'router' })], `1 ${ambulance}`],
    ['estimated', ['BASIC'], [unit(1, 100, basic, crow)], '1 nearest ambulance, estimated'],
    ['a tie goes by unit number', ['BASIC'], [unit(2, 90), unit(1, 90)], `1 ${ambulance}`],
    ['strict', ['BASIC', 'ADVANCED'], [unit(1, 6), unit(2, 9, basic)], `2 next ${ambulance}`, `1 ${ALS}`],
    ['any is nearer', ['ADVANCED', 'BASIC'], [unit(1, 90), unit(2, 60, basic)], `1 ${ALS}`, `2 ${ambulance}`],
    ['two alike', ['BASIC', 'BASIC'], [unit(1, 90), unit(2, 60)], `2 ${ambulance}`, `1 next ${ambulance}`],
    ['CRITICAL does ALS', ['ADVANCED'], [critical], `2 ${ALS}`],
    ['CRITICAL does BASIC', ['BASIC'], [critical], `2 ${ambulance}`],
    ['CRITICAL', ['CRITICAL'], [critical, unit(1, 1)], '2 fastest critical care by road'],
    ['fire', ['FIRE'], [unit(1, 60, { unit_type: 'FIRE' })], '1 fastest fire crew by road'],
    ['police', ['POLICE'], [unit(1, 60, { unit_type: 'POLICE' })], '1 fastest police by road'],
    ['an old position', ['BASIC'], [unit(1, 6, old)], `1 ${ambulance}, position 2 min old`],
    ['a minute is not old', ['BASIC'], [unit(1, 6, { position_at: at(-60) })], `1 ${ambulance}`],
    ['a clock ahead is now', ['BASIC'], [unit(1, 6, { position_at: at(60) })], `1 ${ambulance}`],
    ['a shift long enough', ['BASIC'], [unit(1, 6, { shift_ends_at: at(600) })], `1 ${ambulance}`],
    ['nobody', ['BASIC'], [unit(1, 60, busy)]],
  ]
  for (const [name, needs, fleet, ...expected] of cases) {
    test(name, () => {
      const { picks, unmet } = rank(needs, fleet)
      const words = picks.map((pick) => `${pick.unit_id} ${pick.reason}`)
      assert.deepEqual(words, expected)
      assert.equal(unmet.length, needs.length - expected.length)
    })
  }

  test('a pick carries its estimate and the mark of its position; what nobody meets is told', () => {
    assert.deepEqual(rank(['FIRE', 'ADVANCED', 'BASIC'], [unit(1, 60, basic)]).unmet, ['FIRE', 'ADVANCED'])
    const [pick] = rank(['BASIC'], [unit(1, 60, { position_at: at(-61) })]).picks
    const { reason, ...rest } = pick!
    assert.deepEqual(rest, { ...unit(1, 60).estimate, unit_id: 1, need: 'BASIC', position_old: true })
  })

  test('who is already sent meets a need before anybody else does', () => {
    const found = rank(['ADVANCED', 'BASIC'], [unit(1, 900, here), unit(2, 60), unit(3, 50, basic)])
    assert.deepEqual(found.already_sent, [1])
    assert.deepEqual([found.picks.length, found.picks[0]?.unit_id, found.picks[0]?.reason], [1, 3, ambulance])
  })
})

describe('the version', () => {
  const needs: UnitType[] = ['ADVANCED', 'BASIC']
  type Change = Partial<RankableUnit>
  const fleet = (change: Change = {}, drive = {}) => [unit(1, 300, change, drive), unit(2, 330), unit(3, 600)]
  const before = rank(needs, fleet()).version
  const changes: [string, string][] = [
    ['the pick', rank(needs, fleet({ duty: 'OFF_DUTY' })).version],
    ['the source', rank(needs, fleet({}, { source: 'crow' })).version],
    ['an old position', rank(needs, fleet({ position_at: at(-70) })).version],
    ['the drive by a minute', rank(needs, fleet({}, { seconds: 240 })).version],
    ['who was sent', rank(needs, fleet(here)).version],
    ['the needs', rank(['ADVANCED', 'ADVANCED'], fleet()).version],
    ['an unmet need', rank([...needs, 'FIRE'], fleet()).version],
  ]
  for (const [name, after] of changes) test(`changes with ${name}`, () => assert.notEqual(after, before))
  const stays: [string, string][] = [
    ['a drive a little shorter', rank(needs, fleet({}, { seconds: 297, metres: 9 })).version],
    ['a later look', rank(needs, fleet({}, { as_of: at(20) }), at(20)).version],
    ['others that come and go', rank(needs, [...fleet(), unit(4, 999), unit(5, 1, busy)]).version],
  ]
  for (const [name, after] of stays) test(`stays the same with ${name}`, () => assert.equal(after, before))
})

const someNeeds = fc.array(fc.constantFrom(...unitTypes), { maxLength: 4 })
const someUnit = fc.record({
  unit_type: fc.constantFrom(...unitTypes),
  duty: fc.constantFrom('AVAILABLE' as const, 'AVAILABLE' as const, ...dutyStatuses),
  live: fc.constantFrom(null, null, null, busy.live, here.live),
  has_crew: fc.constantFrom(true, true, false),
  latitude: fc.constantFrom(37.7, 37.8, null),
  position_at: fc.constantFrom(at(-1), at(-100), at(-301), null),
  shift_ends_at: fc.constantFrom(undefined, null, at(9_000), at(100)),
  seconds: fc.constantFrom(undefined, 0, 10, 60.5, 60.5, 300, 1_200),
  source: fc.constantFrom('graph' as const, 'crow' as const),
})
const someFleet = fc
  .array(someUnit, { maxLength: 30 })
  .map((fleet) => fleet.map(({ seconds, source, ...more }, i) => unit(i, seconds, more, { source })))

/** The rules once more, in other words: who may be sent at all. */
function mayBeSent({ unit: one, estimate }: Case): boolean {
  if (one.live || one.duty !== 'AVAILABLE' || !one.has_crew || !estimate) return false
  if (one.latitude === null || one.position_at === null || one.position_at < at(-300)) return false
  return !one.shift_ends_at || one.shift_ends_at >= at(Math.max(600, estimate.seconds))
}
const strong: Partial<Record<UnitType, UnitType[]>> = {
  BASIC: ['BASIC', 'ADVANCED', 'CRITICAL'],
  ADVANCED: ['ADVANCED', 'CRITICAL'],
}
const canDo = ({ unit: one }: Case, need: UnitType) => (strong[need] ?? [need]).includes(one.unit_type)

describe('any fleet', () => {
  test('nobody unavailable, stale or too weak is picked, nobody twice, nobody nearer is passed over', () => {
    const check = (needs: readonly UnitType[], fleet: Case[]) => {
      const { picks, near_misses, already_sent, unmet } = rank(needs, fleet)
      const ids = [...picks, ...near_misses].map((one) => one.unit_id).concat(already_sent)
      assert.equal(new Set(ids).size, ids.length)
      assert.equal(picks.length + already_sent.length + unmet.length, needs.length)
      assert.ok(near_misses.length <= limits.nearMisses && near_misses.every((miss) => miss.reason))
      const left = fleet.filter((one) => mayBeSent(one) && !picks.some((p) => p.unit_id === one.unit.id))
      for (const { unit_id, need, seconds } of picks) {
        const picked = fleet[unit_id]!
        assert.ok(mayBeSent(picked) && canDo(picked, need))
        assert.ok(!left.some((one) => canDo(one, need) && one.estimate!.seconds < seconds!))
      }
      for (const need of unmet) {
        assert.ok(!left.some((one) => canDo(one, need)))
        const weaker = picks.filter((pick) => pick.need !== need && strong[pick.need]?.includes(need))
        assert.ok(!weaker.some((pick) => canDo(fleet[pick.unit_id]!, need)), 'spent on a weaker need')
      }
    }
    fc.assert(fc.property(someNeeds, someFleet, check), { numRuns: 1_000 })
    const plans = fc.constantFrom(...emergencyTypes.map((type) => responsePlans[type][1].needs))
    fc.assert(fc.property(plans, someFleet, check), { numRuns: 1_000 })
  })

  test('the order of the input decides nothing, the version included', () => {
    const shuffled = someFleet.chain((fleet) =>
      fc.tuple(fc.constant(fleet), fc.shuffledSubarray(fleet, { minLength: fleet.length })),
    )
    const check = (needs: readonly UnitType[], [fleet, other]: [Case[], Case[]]) =>
      assert.deepEqual(rank(needs, other), rank(needs, fleet))
    fc.assert(fc.property(someNeeds, shuffled, check), { numRuns: 500 })
  })
})

test('every type and priority has a plan that says why; a threat to life gets two or more', () => {
  for (const type of emergencyTypes) {
    const plans = priorities.map((priority) => responsePlans[type][priority])
    assert.ok(
      plans.every(({ needs, why }) => needs.length > 0 && why.endsWith('.')) && plans[0]!.needs[1],
      type,
    )
  }
})

type Option = Parameters<typeof rankHospitals>[1][number]
type Offer = { hospital: Option; estimate: Estimate | undefined; inbound: number }
function offer(id: number, seconds?: number, more: Partial<Option> = {}, inbound = 0): Offer {
  const base: Option = { id, name: `H${id}`, emergency_capacity: 'LOW', diversion: 'OPEN', specialties: [] }
  return { hospital: { ...base, ...more }, estimate: unit(id, seconds).estimate, inbound }
}
function choose(emergency_type: EmergencyType, offers: readonly Offer[]) {
  const inbound = new Map(offers.map((one) => [one.hospital.id, one.inbound]))
  const [hospitals, estimates] = [offers.map((one) => one.hospital), offers.map((one) => one.estimate)]
  return rankHospitals({ emergency_type }, hospitals, estimates, inbound)
}

describe('where to take the patient: the other hospital against one 5:00 away', () => {
  const [pci, stroke, trauma] = (['PCI', 'STROKE', 'TRAUMA'] as const).map((one) => ({ specialties: [one] }))
  const cases: [reason: string, first: 1 | 2, type: EmergencyType, other: Offer][] = [
    ['5:01 by road', 1, 'MEDICAL', offer(2, 301)],
    ['4:59 by road', 2, 'MEDICAL', offer(2, 299)],
    ['5:00 by road', 2, 'MEDICAL', offer(2, 300, { name: 'A' })],
    ['TRAUMA, 16:39 by road', 2, 'TRAUMA', offer(2, 999, trauma)],
    ['STROKE, 16:39 by road', 2, 'STROKE', offer(2, 999, stroke)],
    ['PCI, 16:39 by road', 2, 'CARDIAC', offer(2, 999, pci)],
    ['No STROKE, 5:01 by road', 1, 'STROKE', offer(2, 301, pci)],
    ['5:02 by road', 1, 'MEDICAL', offer(2, 302, pci)],
    ['3:20 by road, load MODERATE', 1, 'MEDICAL', offer(2, 200, { emergency_capacity: 'MODERATE' })],
    ['0:01 by road, load HIGH', 1, 'MEDICAL', offer(2, 1, { emergency_capacity: 'HIGH' })],
    ['0:01 by road, on advisory', 1, 'MEDICAL', offer(2, 1, { diversion: 'ADVISORY' })],
    ['0:01 by road, 2 inbound', 1, 'MEDICAL', offer(2, 1, {}, 2)],
    ['No drive time', 1, 'MEDICAL', offer(2)],
    ['0:09 estimated', 2, 'MEDICAL', { ...offer(2), estimate: unit(2, 9, {}, { source: 'crow' }).estimate }],
    ['Full, TRAUMA, 0:01 by road', 1, 'TRAUMA', offer(2, 1, { ...trauma, emergency_capacity: 'FULL' })],
    ['Closed to ambulances, 0:01 by road', 1, 'MEDICAL', offer(2, 1, { diversion: 'CLOSED' })],
  ]
  for (const [reason, first, type, other] of cases) {
    test(reason, () => {
      const found = choose(type, [offer(1, 300), other])
      assert.equal(found[0]?.hospital_id, first)
      assert.equal(found.find((one) => one.hospital_id === 2)?.reason, reason)
    })
  }

  const someOffer = fc.record({
    emergency_capacity: fc.constantFrom(...emergencyLoads),
    diversion: fc.constantFrom(...diversions),
    specialties: fc.subarray([...specialties]),
    seconds: fc.constantFrom(undefined, 60, 60, 300, 900),
    inbound: fc.nat(3),
  })
  const someOffers = fc
    .array(someOffer, { maxLength: 12 })
    .map((list) => list.map(({ seconds, inbound, ...more }, i) => offer(i, seconds, more, inbound)))

  test('all are offered once, FULL and CLOSED last, in whatever order they come', () => {
    const check = (type: EmergencyType, offers: Offer[]) => {
      const found = choose(type, offers)
      assert.deepEqual(choose(type, offers.toReversed()), found)
      assert.equal(new Set(found.map((one) => one.hospital_id)).size, offers.length)
      const refuses = ({ diversion, emergency_capacity }: Option) =>
        diversion === 'CLOSED' || emergency_capacity === 'FULL'
      for (const [i, { hospital_id, offered_last }] of found.entries()) {
        assert.equal(offered_last, refuses(offers[hospital_id]!.hospital))
        assert.ok(offered_last || !found[i - 1]?.offered_last)
      }
    }
    fc.assert(fc.property(fc.constantFrom(...emergencyTypes), someOffers, check), { numRuns: 500 })
  })
})
