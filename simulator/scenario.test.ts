import assert from 'node:assert/strict'
import { test } from 'node:test'
import { demandAt, describeMoment, momentOf, speedAt, weekdays } from './calendar.ts'
import { planHospitals } from './fleet.ts'
import { loadScripts } from './library.ts'
import { listScenarios, loadScenario, parseScenario, ScenarioFault } from './scenario.ts'
import { openWorld } from './world.ts'

test('every scenario is read, and all it names is in the city', () => {
  const wanted = [
    'ai-outage',
    'hospital-on-diversion',
    'mass-casualty',
    'quiet-night',
    'road-closure',
    'storm',
    'weekday',
  ]
  assert.deepEqual(listScenarios(), wanted)
  const hospitals = new Set(planHospitals().map(({ name }) => name))
  const scripts = loadScripts()
  for (const name of wanted) {
    const scenario = loadScenario(name)
    const world = openWorld(scenario)
    assert.ok(
      world.diversions.every(({ hospital }) => hospitals.has(hospital)),
      name,
    )
    assert.ok(
      Object.keys(scenario.more).every((one) => scripts.has(one)),
      name,
    )
    assert.ok(
      scenario.events.every(({ at }) => at < scenario.minutes),
      name,
    )
  }
  assert.throws(() => loadScenario('nothing'), /there is no scenario "nothing"; there are ai-outage/)
})

const sound = { title: 'A test', starts: 'Tuesday 07:40', minutes: 5, calls_per_hour: 20, traffic: 1 }

test('a faulty scenario is refused with all that is wrong', () => {
  const cases: [unknown, RegExp][] = [
    [[], /the file must be an object/],
    [{ ...sound, title: '' }, /title must be a text/],
    [{ ...sound, starts: 'Tuesday 7:40' }, /starts must be such as/],
    [{ ...sound, starts: 'Someday 07:40' }, /starts must be such as/],
    [{ ...sound, minutes: 0, traffic: 'slow' }, /minutes must be a number from 1 to 1440; traffic must be/],
    [{ ...sound, weather: 'bad' }, /the file does not know weather/],
    [{ ...sound, more: { boat: -1 } }, /boat must be a number from 0/],
    [{ ...sound, events: {} }, /events must be a list/],
    [{ ...sound, events: [{ at: 1, kind: 'flood' }] }, /kind "flood", not one of mass_casualty/],
    [
      { ...sound, events: [{ at: 1, kind: 'ai_outage', minutes: 5, bridge: 'x' }] },
      /ai_outage does not know bridge/,
    ],
    [{ ...sound, events: [{ at: 1, kind: 'road_closure', minutes: 5 }] }, /bridge must be a text/],
  ]
  for (const [given, message] of cases) {
    assert.throws(
      () => parseScenario('x', JSON.stringify(given)),
      (error: Error) => error instanceof ScenarioFault && message.test(error.message),
    )
  }
  assert.throws(() => parseScenario('x', '{'), ScenarioFault)
  const closed = { ...sound, events: [{ at: 1, kind: 'road_closure', bridge: 'No Bridge', minutes: 5 }] }
  assert.throws(
    () => openWorld(parseScenario('x', JSON.stringify(closed))),
    /there is no bridge "No Bridge"; there are/,
  )
})

test('things happen when the scenario says so', () => {
  const events = [
    { at: 10, kind: 'ai_outage', minutes: 5 },
    { at: 1, kind: 'mass_casualty', landmark: 'Central Station', callers: 3, patients: 6 },
  ]
  const world = openWorld(parseScenario('x', JSON.stringify({ ...sound, events })))
  const away = [9.9, 10, 14.9, 15].map((minute) => world.isAiAway(minute * 60_000))
  assert.deepEqual(away, [false, true, true, false])
  const [crowd] = world.crowds
  assert.equal(world.crowdAt(crowd!.place), 6)
  assert.equal(world.crowdAt({ ...crowd!.place, latitude: crowd!.place.latitude + 0.01 }), undefined)
  assert.equal(describeMoment(world.weekTime(25 * 60_000)), 'Tuesday 08:05')
})

test('a week has its nights, its peaks and its mean', () => {
  const hours = weekdays.flatMap((day) => Array.from({ length: 24 }, (_, hour) => momentOf(day, hour, 30)))
  const mean = hours.reduce((sum, one) => sum + demandAt(one), 0) / hours.length
  assert.ok(mean > 0.95 && mean < 1.06, `${mean}`)
  assert.ok(demandAt(momentOf('Tuesday', 4, 0)) < 0.5 && demandAt(momentOf('Tuesday', 17, 0)) > 1.25)
  assert.ok(demandAt(momentOf('Saturday', 1, 0)) > demandAt(momentOf('Tuesday', 1, 0)))
  assert.ok(speedAt(momentOf('Tuesday', 8, 0)) < speedAt(momentOf('Tuesday', 3, 0)))
  assert.ok(speedAt(momentOf('Sunday', 8, 0)) > 0.85)
  assert.equal(demandAt(hours[0]! + 7 * 86_400_000), demandAt(hours[0]!))
})
