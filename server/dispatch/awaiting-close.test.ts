import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Assignment, isLive, steps } from '@toneout/contract/model/assignment.ts'
import fc from 'fast-check'
import { defaultNeeds } from '../recommendations/response-plans.ts'
import { incident } from '../test/support/rows.ts'
import { applyCommand, type Command } from './apply-command.ts'
import { createWork, type Work } from './work.ts'

const actor = { kind: 'person', id: 1, name: 'anna' } as const
const names = { incident: 'id', unit: 'unit_ids', paramedic: 'paramedic_ids', hospital: 'hospital_id' }
const [incidents, units] = [3, 4]
const numbers = (count: number) => Array.from({ length: count }, (_, at) => at + 1)

/** Three incidents, four units and a hospital, and nobody sent yet. */
function begin(): Work {
  const more = { caller: null, merge_record: null, absorbed: [] }
  const unit = { unit_type: 'CRITICAL', duty: 'AVAILABLE', latitude: null, longitude: null } as const
  const open = { diversion: 'OPEN', diversion_since: null, emergency_capacity: 'LOW' } as const
  const hospital = { ...open, id: 1, name: 'A', retired_at: null }
  const rows = {
    incidents: numbers(incidents).map((id) => ({ ...incident({ id, priority: id }), ...more })),
    units: numbers(units).map((id) => ({ ...unit, id, unit_number: `M${id}`, retired_at: null })),
    hospitals: [hospital],
    ...{ paramedics: [], assignments: [], orders: [], calls: [] },
    ids: numbers(200),
  }
  return createWork(new Date(Date.UTC(2026, 10, 21, 8)), rows, defaultNeeds)
}

/** The rule once more, in other words: told forward from what happened to each, in the order of time. */
function expected(work: Work, id: number): string | null {
  const one = work.incidents.get(id)
  assert.ok(one)
  if (one.closed_at !== null) return null
  let [served, wanted, last] = ['', one.reopened_at ?? '', '']
  for (const sent of work.assignments.values()) {
    if (sent.incident_id !== id) continue
    if (isLive(sent.status)) return null
    const end = sent.cleared_at ?? sent.cancelled_at ?? sent.diverted_at ?? ''
    if (sent.status === 'DIVERTED') wanted = end > wanted ? end : wanted
    else last = end > last ? end : last
    const wasThere = sent.on_scene_at ?? sent.at_patient_at ?? sent.transporting_at ?? sent.at_hospital_at
    if (sent.status === 'CLEARED' && wasThere && end > served) served = end
  }
  return served > wanted ? last : null
}

const anIncident = fc.integer({ min: 1, max: incidents })
const onUnit = fc.integer({ min: 1, max: units })
type Ask = (work: Work) => Command | undefined
const liveOf = (work: Work, unit: number): Assignment | undefined =>
  [...work.assignments.values()].find((one) => one.unit_id === unit && isLive(one.status))

const send = fc.tuple(anIncident, onUnit).map(([incident_id, unit_id]): Ask => {
  const crews = [{ unit_id, paramedic_id: null }]
  return () => ({ kind: 'dispatch', actor, incident_id, crews, hospital_id: 1, names })
})
const stepNames = Object.values(steps)
/** By chance alone few units would be there and then free again. */
const likely = ['ON_SCENE', 'ON_SCENE', 'ON_SCENE', 'CLEARED', 'CLEARED', 'CLEARED'] as const
const step = fc.tuple(onUnit, fc.constantFrom(...stepNames, ...likely)).map(
  ([unit, to]): Ask =>
    (work) => {
      const one = liveOf(work, unit)
      return one && { kind: 'step', actor, assignment_id: one.id, step: { to, reason: 'x' } }
    },
)
const divert = fc.tuple(anIncident, onUnit).map(
  ([incident_id, unit]): Ask =>
    (work) => {
      const one = liveOf(work, unit)
      return one && { kind: 'divert', actor, assignment_id: one.id, incident_id, reason: 'x' }
    },
)
const end = fc.tuple(anIncident, fc.constantFrom('CLOSED' as const, 'CANCELLED' as const)).map(
  ([incident_id, to]): Ask =>
    () => ({
      ...{ kind: 'end', to, actor, incident_id },
      body: { disposition: 'NO_PATIENT', force: true, reason: 'x' },
    }),
)
const reopen = anIncident.map(
  (incident_id): Ask =>
    () => ({
      ...{ kind: 'reopen', actor, role: 'supervisor', incident_id, reason: 'x' },
    }),
)
const merge = fc.tuple(anIncident, anIncident).map(
  ([incident_id, into_id]): Ask =>
    () => ({
      ...{ kind: 'merge', actor, incident_id, into_id },
    }),
)
const split = anIncident.map(
  (incident_id): Ask =>
    () => ({
      ...{ kind: 'split', actor, incident_id, into_id: null },
    }),
)

test('after any commands, on one instant or later, each incident awaits its close as the rule says', () => {
  let [waited, chains] = [0, 0]
  const asked = fc.oneof(send, send, step, step, step, step, step, step, divert, end, reopen, merge, split)
  const check = (sequence: [Ask, number][]) => {
    const work = begin()
    for (const [ask, pause] of sequence) {
      const command = ask(work)
      if (!command) continue
      work.now = new Date(Date.parse(work.now) + pause * 1_000).toISOString()
      applyCommand(work, command)
      for (const { id, awaiting_close_since, merged_into } of work.incidents.values()) {
        assert.equal(awaiting_close_since, expected(work, id), `incident ${id} after ${command.kind}`)
        if (awaiting_close_since !== null) waited += 1
        if (merged_into !== null && work.incidents.get(merged_into)?.merged_into !== null) chains += 1
      }
    }
  }
  const sequences = fc.array(fc.tuple(asked, fc.constantFrom(0, 1, 60)), { maxLength: 60, size: 'max' })
  fc.assert(fc.property(sequences, check), { numRuns: 500 })
  assert.ok(waited > 0, `the sequences seldom wait: ${waited}`)
  assert.equal(chains, 0, 'a merge within the same group is known to the next one')
})
