import assert from 'node:assert/strict'
import { after, afterEach, before, describe, test } from 'node:test'
import {
  assertStatuses,
  assertWhole,
  openRaceCentre,
  type RaceCentre,
  race,
} from '../test/campaign/race-centre.ts'
import { makeHospital, makeIncidents, makeUnits } from '../test/support/centre.ts'
import type { Ask, Seen } from '../test/support/http.ts'

let centre: RaceCentre
before(async () => {
  centre = await openRaceCentre()
})
after(() => centre.close())
afterEach(() => assertWhole(centre))

const rounds = 60
const atOnce = 12

/** Whoever races in a round: each time the two are at different servers, and change places. */
type Round = { number: number; first: Ask; second: Ask; firstChief: Ask; secondChief: Ask }

/** Many rounds, some of them at the same time, so that groups of both servers hold several of them. */
async function play(round: (one: Round) => Promise<void>): Promise<void> {
  for (let done = 0; done < rounds; done += atOnce) {
    await Promise.all(
      Array.from({ length: atOnce }, (_, at) => {
        const number = done + at
        const [a, b] = number % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)
        const { desks, chiefs } = centre
        return round({
          number,
          ...{ first: desks[a], second: desks[b], firstChief: chiefs[a], secondChief: chiefs[b] },
        })
      }),
    )
  }
}

let names = 0
const nextName = () => `r${(names += 1)}`

async function make(units: number, incidents: number) {
  const name = nextName()
  return {
    units: await makeUnits(centre.server, units, `${name}-`),
    incidents: await makeIncidents(centre.server, incidents, `${name}-`),
    hospital: await makeHospital(centre.server, name),
  }
}

const send = (ask: Ask, incident: number | undefined, unit_ids: unknown[], more: object = {}) =>
  ask('POST', `/api/incidents/${incident}/assignments/`, { order_id: nextName(), unit_ids, ...more })

/** Exactly one of the two is done, the other refused in one of these ways. */
function assertOneWins(answers: readonly Seen[], refused: readonly number[]): void {
  assertStatuses(
    answers,
    answers.map(() => [200, ...refused]),
  )
  const won = answers.filter(({ status }) => status === 200).length
  assert.equal(won, 1, JSON.stringify(answers.map(({ body }) => body)))
}

describe('an order and', () => {
  for (const way of ['close', 'cancel']) {
    test(`${way}: a unit that was sent is freed by it or refused`, () =>
      play(async ({ first, second }) => {
        const { units, incidents } = await make(2, 1)
        const end = { disposition: 'REFUSED' }
        const answers = await race([
          () => send(first, incidents[0], units),
          () => second('POST', `/api/incidents/${incidents[0]}/${way}/`, end),
        ])
        assertStatuses(answers, [[200, 409], [200]])
      }))
  }

  test('a change of duty: one of the two', () =>
    play(async ({ first, second }) => {
      const { units, incidents } = await make(1, 1)
      const answers = await race([
        () => send(first, incidents[0], units),
        () => second('POST', `/api/units/${units[0]}/duty/`, { duty: 'OFF_DUTY' }),
      ])
      assertOneWins(answers, [409])
    }))

  test('the retirement of its unit: one of the two', () =>
    play(async ({ first, secondChief }) => {
      const { units, incidents } = await make(1, 1)
      const answers = await race([
        () => send(first, incidents[0], units),
        () => secondChief('POST', `/api/units/${units[0]}/retire/`),
      ])
      assertOneWins(answers, [409])
    }))

  test('the retirement of its hospital: one of the two', () =>
    play(async ({ first, secondChief }) => {
      const { units, incidents, hospital } = await make(1, 1)
      const answers = await race([
        () => send(first, incidents[0], units, { hospital_id: hospital }),
        () => secondChief('POST', `/api/hospitals/${hospital}/retire/`),
      ])
      assertOneWins(answers, [404, 409])
    }))

  test('a merge of its incident: the units go along or are refused', () =>
    play(async ({ first, second }) => {
      const { units, incidents } = await make(2, 2)
      const [from, into] = incidents
      const answers = await race([
        () => send(first, from, units),
        () => second('POST', `/api/incidents/${from}/merge/`, { into_id: into }),
      ])
      assertStatuses(answers, [[200, 409], [200]])
      const bound = await centre.sql('SELECT incident_id FROM assignments WHERE unit_id = ANY($1)', [units])
      const wanted = answers[0]?.status === 200 ? [into, into] : []
      assert.deepEqual(
        bound.map(({ incident_id }) => incident_id),
        wanted,
      )
    }))

  test('a diversion of its unit: the unit is never free in between', () =>
    play(async ({ first, second }) => {
      const { units, incidents } = await make(1, 3)
      const [near, graver, other] = incidents
      const { id } = (await send(first, near, units)).body.assignments[0]
      const answers = await race([
        () => send(first, other, units),
        () => second('POST', `/api/assignments/${id}/divert/`, { incident_id: graver, reason: 'graver' }),
      ])
      assertStatuses(answers, [[409], [200]])
    }))

  test('an order with the same units and people in opposite order: one of the two, wholly', () =>
    play(async ({ first, second }) => {
      const { units, incidents } = await make(4, 2)
      const [one, two] = incidents
      const answers = await race([() => send(first, one, units), () => send(second, two, units.toReversed())])
      assertOneWins(answers, [409])
      const bound = await centre.sql('SELECT id FROM assignments WHERE unit_id = ANY($1)', [units])
      assert.equal(bound.length, units.length)
    }))
})

describe('a unit that is bound and', () => {
  test('a diversion against the end of where it is diverted to', () =>
    play(async ({ first, second }) => {
      const { units, incidents } = await make(1, 2)
      const [near, graver] = incidents
      const { id } = (await send(first, near, units)).body.assignments[0]
      const answers = await race([
        () => first('POST', `/api/assignments/${id}/divert/`, { incident_id: graver, reason: 'graver' }),
        () => second('POST', `/api/incidents/${graver}/close/`, { disposition: 'NO_PATIENT' }),
      ])
      assertStatuses(answers, [[200, 409], [200]])
    }))

  test('a transport against the retirement of its hospital: one of the two', () =>
    play(async ({ first, secondChief }) => {
      const { units, incidents, hospital } = await make(1, 1)
      const { id } = (await send(first, incidents[0], units)).body.assignments[0]
      const on = await first('POST', `/api/assignments/${id}/on-scene/`, {})
      assert.equal(on.status, 200)
      const answers = await race([
        () => first('POST', `/api/assignments/${id}/transport/`, { hospital_id: hospital }),
        () => secondChief('POST', `/api/hospitals/${hospital}/retire/`),
      ])
      assertOneWins(answers, [404, 409])
    }))

  test('its step against a merge of its incident: both, and it goes along', () =>
    play(async ({ first, second }) => {
      const { units, incidents } = await make(1, 2)
      const [from, into] = incidents
      const { id } = (await send(first, from, units)).body.assignments[0]
      const answers = await race([
        () => first('POST', `/api/assignments/${id}/en-route/`, {}),
        () => second('POST', `/api/incidents/${from}/merge/`, { into_id: into }),
      ])
      assertStatuses(answers, [[200], [200]])
      const [row] = await centre.sql('SELECT incident_id, status FROM assignments WHERE id = $1', [id])
      assert.deepEqual(row, { incident_id: into, status: 'EN_ROUTE' })
    }))
})
