import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { LiveFact } from '@toneout/contract/model/fact.ts'
import fc from 'fast-check'
import {
  addToCentre,
  applyToCentre,
  type Centre,
  type CentreRows,
  changedIncidents,
  distrustCentre,
  dropUnseen,
  emptyCentre,
  liveAssignments,
  openIncidents,
  trimCentre,
  waitsForUnit,
} from './centre.ts'
import { aFact, anAssignment, anIncident, at, aUnit } from './rows.fixture.ts'

const idsOf = (rows: Iterable<{ id: number }>) => [...rows].map((row) => row.id)
const rowsIn = <T>(rows: ReadonlyMap<number, { row: T }>) => [...rows.values()].map((entry) => entry.row)

describe('the centre', () => {
  it('lists open incidents by priority, then age, then number', () => {
    const incidents = [
      anIncident(1, { priority: 3 }),
      anIncident(5, { priority: 1, received_at: at(9) }),
      anIncident(4, { priority: 1, received_at: at(9) }),
      anIncident(6, { priority: 1, received_at: at(2) }),
      anIncident(2, { priority: 1, status: 'CLOSED', closed_at: at(3) }),
    ]
    const { incidents: known } = addToCentre(emptyCentre, { incidents }, 0)
    assert.deepEqual(idsOf(openIncidents(known)), [6, 4, 5, 1])
  })

  it('knows what waits for a unit from what waits for its disposition', () => {
    assert.equal(waitsForUnit(anIncident(1)), true)
    assert.equal(waitsForUnit(anIncident(1, { awaiting_close_since: at(5) })), false)
    assert.equal(waitsForUnit(anIncident(1, { status: 'DISPATCHED' })), false)
  })

  it('lets a fact win over a page that was asked for before it, and the page over older facts', () => {
    const fact = aFact(7, null, null, { unit: aUnit(1, { status: 'EN_ROUTE' }) })
    const late = addToCentre(applyToCentre(emptyCentre, [fact]), { units: [aUnit(1)] }, 6)
    assert.equal(late.units.get(1)!.row.status, 'EN_ROUTE')
    const later = addToCentre(late, { units: [aUnit(1, { status: 'ON_SCENE' })] }, 8)
    assert.equal(applyToCentre(later, [fact]).units.get(1)!.row.status, 'ON_SCENE')
  })

  it('keeps the same row while nothing in it changes, lists of words included', () => {
    const before = addToCentre(emptyCentre, { units: [aUnit(1)], assignments: [anAssignment(1)] }, 1)
    const again = { unit: aUnit(1), assignment: anAssignment(1) }
    const after = applyToCentre(before, [aFact(2, null, null, again)])
    assert.equal(after.units.get(1)!.row, before.units.get(1)!.row)
    assert.equal(after.assignments.get(1)!.row, before.assignments.get(1)!.row)
    const changed = applyToCentre(after, [
      aFact(3, null, null, { unit: aUnit(1, { capabilities: ['BURN'] }) }),
    ])
    assert.deepEqual(changed.units.get(1)!.row.capabilities, ['BURN'])
    assert.equal(changed.incidents, after.incidents)
  })

  it('groups live assignments by incident in the order they were made', () => {
    const assignments = [
      anAssignment(3),
      anAssignment(1),
      anAssignment(2, { incident_id: 9 }),
      anAssignment(4, { status: 'CLEARED' }),
    ]
    const sent = liveAssignments(addToCentre(emptyCentre, { assignments }, 0).assignments)
    assert.deepEqual(idsOf(sent.get(1)!), [1, 3])
    assert.deepEqual(idsOf(sent.get(9)!), [2])
  })

  it('after a reset takes whatever is read, even below the cursors that were known', () => {
    const before = applyToCentre(emptyCentre, [
      aFact(900, null, null, { incident: anIncident(1, { location: 'before' }) }),
    ])
    const again = addToCentre(distrustCentre(before), { incidents: [anIncident(1)] }, 3)
    assert.equal(again.incidents.get(1)!.row.location, '21 Harbour Street')
  })

  it('drops what a full reading did not show, but nothing that changed since or had ended', () => {
    const rows: CentreRows = {
      incidents: [anIncident(1), anIncident(2), anIncident(3, { status: 'CLOSED', closed_at: at(4) })],
      units: [aUnit(1), aUnit(2)],
      assignments: [anAssignment(1), anAssignment(2, { status: 'CLEARED' }), anAssignment(3)],
    }
    const newer = aFact(9, null, null, { incident: anIncident(4), assignment: anAssignment(3) })
    const centre = applyToCentre(addToCentre(emptyCentre, rows, 4), [newer])
    const seen = { incidents: new Set([2]), assignments: new Set<number>() }
    const left = dropUnseen(centre, seen, 8)
    assert.deepEqual([...left.incidents.keys()], [2, 3, 4])
    assert.deepEqual([...left.assignments.keys()], [2, 3])
    assert.equal(left.units, centre.units)
    assert.deepEqual([...dropUnseen(centre, { units: new Set([2]) }, 8).units.keys()], [2])
  })

  it('finds the incidents that changed or began in a gap', () => {
    const before = addToCentre(emptyCentre, { incidents: [anIncident(1), anIncident(2)] }, 1)
    const rows = [anIncident(2, { priority: 1 }), anIncident(50), anIncident(120)]
    const after = addToCentre(before, { incidents: rows }, 5)
    assert.deepEqual(changedIncidents(before, after, Date.parse(at(100)), [1, 2, 50, 120, 999]), [2, 120])
  })

  it('forgets the oldest that ended, never what is open or belongs to the selected incident', () => {
    const ids = Array.from({ length: 20 }, (_, at) => at + 1)
    const incidents = ids.map((id) => anIncident(id, id > 2 ? { status: 'CLOSED', closed_at: at(99) } : {}))
    const assignments = ids.map((id) =>
      anAssignment(id, { incident_id: id, ...(id > 2 ? { status: 'CLEARED' } : {}) }),
    )
    const centre = addToCentre(emptyCentre, { incidents, assignments, units: [aUnit(1)] }, 0)
    const left = trimCentre(centre, 3, 4)
    assert.deepEqual([...left.incidents.keys()], [1, 2, 3, 17, 18, 19, 20])
    assert.deepEqual([...left.assignments.keys()], [1, 2, 3, 17, 18, 19, 20])
    assert.equal(trimCentre(centre, null, 19).incidents, centre.incidents)
  })
})

type Step = { kind: 'write' | 'deliver' | 'ask' | 'read' | 'receive' | 'repeat' | 'reset'; number: number }
const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom('write', 'write', 'deliver', 'ask', 'read', 'receive', 'repeat', 'reset'),
  number: fc.nat({ max: 9 }),
})

/**
 * A server whose facts carry its rows as they are when they are sent, and a page that gets them in batches of
 * any size, repeated, with replies that were read at one time and come at another.
 */
function play(steps: readonly Step[]): { centre: Centre; truth: Required<CentreRows> } {
  const rows = { incidents: new Map(), units: new Map(), assignments: new Map() }
  const written: number[] = []
  const now = (): Required<CentreRows> => ({
    incidents: [...rows.incidents.values()],
    units: [...rows.units.values()],
    assignments: [...rows.assignments.values()],
  })
  const write = (id: number) => {
    written.push(id)
    const location = `text ${written.length}`
    rows.incidents.set(id, anIncident(id, { location }))
    rows.units.set(id, aUnit(id, { unit_number: location }))
    rows.assignments.set(id, anAssignment(id, { reason: location }))
  }
  const send = (at: number): LiveFact => {
    const id = written[at]!
    const [incident, unit, assignment] = [rows.incidents, rows.units, rows.assignments].map((all) =>
      all.get(id),
    )
    return aFact(at + 1, null, null, { incident, unit, assignment })
  }
  for (let id = 1; id <= 3; id += 1) write(id)
  let [centre, delivered] = [emptyCentre, written.length]
  const asked = [delivered]
  const replies: { cursor: number; rows: CentreRows }[] = []
  const sent: LiveFact[] = []
  const act: Record<Step['kind'], (n: number) => void> = {
    write: (n) => write((n % 5) + 1),
    deliver: (n) => {
      const batch: LiveFact[] = []
      while (delivered < written.length && batch.length <= n) batch.push(send(delivered++))
      sent.push(...batch)
      centre = applyToCentre(centre, batch)
    },
    ask: () => void asked.push(delivered),
    read: () => {
      const cursor = asked.shift()
      if (cursor !== undefined) replies.push({ cursor, rows: now() })
    },
    receive: (n) => {
      const [reply] = replies.splice(n % Math.max(1, replies.length), 1)
      if (reply) centre = addToCentre(centre, reply.rows, reply.cursor)
    },
    repeat: (n) => {
      if (sent.length > 0) centre = applyToCentre(centre, [sent[n % sent.length]!])
    },
    // Everything is asked for again, and what was under way is given up.
    reset: () => {
      centre = distrustCentre(centre)
      delivered = written.length
      replies.length = 0
      sent.length = 0
      asked.splice(0, asked.length, delivered)
      act.read(0)
    },
  }
  for (const { kind, number } of steps) act[kind](number)
  act.read(0)
  while (replies.length > 0) act.receive(0)
  while (delivered < written.length) act.deliver(9)
  return { centre, truth: now() }
}

describe('facts and replies of the centre in any order', () => {
  it('end in what the server has', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const { centre, truth } = play(steps)
        const byId = (a: { id: number }, b: { id: number }) => a.id - b.id
        for (const kind of ['incidents', 'units', 'assignments'] as const) {
          const known: { id: number }[] = rowsIn<{ id: number }>(centre[kind])
          assert.deepEqual(known.sort(byId), [...truth[kind]].sort(byId))
        }
      }),
      { numRuns: 500 },
    )
  })
})
