import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Assignment, AssignmentStatus } from '@toneout/contract/model/assignment.ts'
import * as life from '@toneout/contract/model/assignment.ts'
import { dispositions, type Incident, incidentStatuses } from '@toneout/contract/model/incident.ts'
import { isRefusal } from '@toneout/contract/refusals.ts'
import fc from 'fast-check'
import * as rules from './rules.ts'
import * as merging from './rules-merging.ts'

/** What the rules are applied to, as a store would hold it. */
type World = {
  incidents: Incident[]
  assignments: Assignment[]
  calls: { id: number; incident_id: number | null }[]
  merges: merging.Merge[]
  minute: number
}
/** What must be true, kept without the rules: where each thing was sent first and is now, and who is busy. */
type Model = {
  places: Map<string, { home: number; at: number }>
  busy: Map<number, number>
  /** Priority by itself; incidents that a person changed are not here. */
  own: Map<number, number>
}

const time = (minute: number) => new Date(Date.UTC(2026, 10, 21, 7, minute)).toISOString()

const raise = (id: number, more: Partial<Incident> = {}): Incident => ({
  ...{ id, incident_number: `I-${id}`, status: 'RECEIVED', priority: 2, emergency_type: 'FIRE', notes: '' },
  ...{ location: 'Quay 4', latitude: null, longitude: null, received_at: time(0) },
  ...{ closed_at: null, reopened_at: null, awaiting_close_since: null, disposition: null },
  ...{ merged_into: null, ...more },
})

const never = Object.fromEntries(Object.values(life.milestones).map((name) => [name, null]))
const send = (id: number, incident_id: number, unit_id: number, at: string) =>
  ({
    ...{ ...never, id, incident_id, unit_id, paramedic_id: null, hospital_id: null, dispatcher_id: null },
    ...{ status: 'ASSIGNED', assigned_at: at, reason: null, corrections: {} },
  }) as Assignment

const isOver = ({ status }: Incident) => status === 'CLOSED' || status === 'CANCELLED'
const own = (world: World, { id }: Incident) => world.assignments.filter((one) => one.incident_id === id)

/** The furthest live unit, told in another way than the rules do. */
function expectedStatus(assignments: readonly Assignment[]): string {
  const steps = assignments.map(({ status }) => life.assignmentStatuses.indexOf(status))
  const furthest = life.assignmentStatuses[Math.max(-1, ...steps.filter((step) => step < 8))] ?? 'RECEIVED'
  if (furthest === 'ASSIGNED' || furthest === 'ACKNOWLEDGED') return 'DISPATCHED'
  if (furthest === 'AT_PATIENT') return 'ON_SCENE'
  return furthest === 'HANDOVER_DONE' ? 'AT_HOSPITAL' : furthest
}

/** Where the sequences have been. */
const counted = new Set<string>()

function checkWorld(model: Model, world: World): void {
  for (const incident of world.incidents) {
    const mine = own(world, incident)
    const { closed_at, disposition, merged_into } = incident
    counted.add(merged_into === null ? incident.status : 'merged')
    if (isOver(incident)) {
      assert.ok(closed_at !== null && disposition !== null)
      assert.deepEqual(
        mine.filter(({ status }) => life.isLive(status)),
        [],
        'an ended incident holds no unit',
      )
      assert.equal(rules.awaitsCloseSince(mine, incident), null)
    } else {
      assert.equal(incident.status, expectedStatus(mine))
      assert.deepEqual([closed_at, disposition, merged_into], [null, null, null])
    }
    if (merged_into !== null) {
      assert.equal(world.incidents.find(({ id }) => id === merged_into)?.merged_into, null, 'no chain')
      assert.deepEqual(
        world.calls.filter(({ incident_id }) => incident_id === incident.id),
        [],
      )
    }
  }
  for (const { id, merged_into, priority, received_at } of world.incidents) {
    const merged = world.incidents.filter((one) => one.merged_into === id)
    const all = [id, ...merged.map((one) => one.id)]
    if (merged_into !== null) continue
    assert.equal(received_at, time(-Math.max(...all)), 'the first call starts the clock')
    if (all.some((one) => !model.own.has(one))) continue
    assert.equal(priority, Math.min(...all.map((one) => model.own.get(one) ?? 0)), 'the graver wins')
  }
  const live = world.assignments.filter(({ status }) => life.isLive(status))
  assert.deepEqual(new Map(live.map(({ unit_id, id }) => [unit_id, id])), model.busy)
  assert.equal(live.length, model.busy.size, 'no unit is live twice')
  for (const { id, incident_id } of world.assignments)
    assert.equal(incident_id, model.places.get(`assignment ${id}`)?.at)
  for (const { id, incident_id } of world.calls) assert.equal(incident_id, model.places.get(`call ${id}`)?.at)
}

/** Milestones are stamped once, and a status follows another only by the table. */
function checkLives(before: readonly Assignment[], after: readonly Assignment[]): void {
  for (const [at, was] of before.entries()) {
    const is = after[at]
    assert.ok(is)
    const steps = [was.status, ...life.assignmentTransitions[was.status]]
    assert.ok(steps.includes(is.status), `${was.status} -> ${is.status}`)
    assert.notEqual(is[life.milestones[is.status]], null)
    for (const name of Object.values(life.milestones))
      if (was[name] !== null) assert.equal(is[name], was[name])
  }
}

type Step = (model: Model, world: World) => void
const step = (name: string, run: Step): fc.Command<Model, World> => ({
  check: () => true,
  toString: () => name,
  run: (model, world) => {
    const before = structuredClone(world.assignments)
    world.minute += 1
    run(model, world)
    checkLives(before, world.assignments)
    checkWorld(model, world)
  },
})

const pick = <T>(list: readonly T[], at: number): T | undefined => list[at % Math.max(1, list.length)]

const raiseOne = step('raise', (model, world) => {
  if (world.incidents.length > 5) return
  const id = world.incidents.length + 1
  const priority = ((id * 7) % 4) + 1
  world.incidents.push(raise(id, { priority, received_at: time(-id) }))
  model.own.set(id, priority)
  for (const call of [id * 2, id * 2 + 1]) {
    world.calls.push({ id: call, incident_id: id })
    model.places.set(`call ${call}`, { home: id, at: id })
  }
})

const sendOne = (unit: number, at: number) =>
  step(`send ${unit} to ${at}`, (model, world) => {
    const incident = pick(
      world.incidents.filter((one) => !isOver(one)),
      at,
    )
    if (!incident || model.busy.has(unit)) return
    const id = world.assignments.length + 1
    world.assignments.push(send(id, incident.id, unit, time(world.minute)))
    incident.status = rules.deriveStatus(own(world, incident), incident.status)
    model.busy.set(unit, id)
    model.places.set(`assignment ${id}`, { home: incident.id, at: incident.id })
  })

const advance = (unit: number, to: AssignmentStatus) =>
  step(`${unit} is ${to}`, (model, world) => {
    const assignment = world.assignments.find(({ id }) => id === model.busy.get(unit))
    if (!assignment || !life.assignmentTransitions[assignment.status].includes(to)) return
    Object.assign(assignment, { status: to, [life.milestones[to]]: time(world.minute) })
    const incident = world.incidents.find(({ id }) => id === assignment.incident_id)
    assert.ok(incident)
    incident.status = rules.deriveStatus(own(world, incident), incident.status)
    if (!life.isLive(to)) model.busy.delete(unit)
  })

const end = (decide: typeof rules.decideClose, at: number, body: Parameters<typeof rules.decideClose>[2]) =>
  step(
    `${decide === rules.decideClose ? 'close' : 'cancel'} ${at} ${JSON.stringify(body)}`,
    (model, world) => {
      const incident = pick(world.incidents, at)
      if (!incident) return
      const decided = decide(incident, own(world, incident), body, time(world.minute))
      if (isRefusal(decided)) return
      Object.assign(incident, decided.incident)
      for (const { id, ...changes } of decided.assignments)
        Object.assign(world.assignments.find((one) => one.id === id) ?? {}, changes)
      for (const [unit, id] of model.busy)
        if (model.places.get(`assignment ${id}`)?.at === incident.id) model.busy.delete(unit)
    },
  )

const reopen = (at: number) =>
  step(`reopen ${at}`, (_, world) => {
    const incident = pick(world.incidents, at)
    const decided = incident && rules.decideReopen(incident, 'supervisor', time(world.minute))
    if (incident && !isRefusal(decided)) Object.assign(incident, decided)
  })

const edit = (at: number, priority: number) =>
  step(`priority of ${at} is ${priority}`, (model, world) => {
    const incident = pick(world.incidents, at)
    if (!incident || isOver(incident)) return
    incident.priority = priority
    model.own.delete(incident.id)
  })

/** Those merged into it, with what their merges kept. */
const absorbedBy = (world: World, into: Incident | undefined): merging.Absorbed[] =>
  world.incidents
    .filter((one) => one.merged_into === into?.id)
    .map((one) => ({ ...one, own: world.merges.findLast(({ from_id }) => from_id === one.id)?.own }))

/** Writes what a merge or a split decided: the rows it names go to `to`. */
function move(world: World, from: Incident, into: Incident, moving: merging.Moving, to: Incident): void {
  Object.assign(from, moving.from)
  Object.assign(into, moving.into)
  const { call_ids, assignment_ids } = moving.record
  for (const call of world.calls) if (call_ids.includes(call.id)) call.incident_id = to.id
  for (const one of world.assignments) if (assignment_ids.includes(one.id)) one.incident_id = to.id
}

function mergeIn(world: World, from: Incident, into: Incident): boolean {
  const [absorbed, others] = [absorbedBy(world, from), absorbedBy(world, into)]
  const moving = merging.decideMerge(from, into, { ...world, absorbed, others }, time(world.minute))
  if (isRefusal(moving)) return false
  world.merges.push(moving.record)
  move(world, from, into, moving, into)
  return true
}

function splitIn(world: World, from: Incident): Incident | undefined {
  const record = world.merges.findLast(({ from_id }) => from_id === from.id)
  const into = world.incidents.find(({ id }) => id === record?.into_id)
  const others = absorbedBy(world, into).filter(({ id }) => id !== from.id)
  const moving = record && into && merging.decideSplit(from, into, record, { ...world, others })
  if (!moving || isRefusal(moving)) return undefined
  move(world, from, into, moving, from)
  return into
}

const merge = (at: number, other: number) =>
  step(`merge ${at} into ${other}`, (model, world) => {
    const [from, into] = [pick(world.incidents, at), pick(world.incidents, other)]
    if (!from || !into || !mergeIn(world, from, into)) return
    const busy = new Set([...model.busy.values()].map((id) => `assignment ${id}`))
    for (const [name, place] of model.places)
      if (place.at === from.id && (name.startsWith('call') || busy.has(name))) place.at = into.id
  })

const split = (at: number) =>
  step(`split ${at}`, (model, world) => {
    const from = pick(
      world.incidents.filter((one) => one.merged_into !== null),
      at,
    )
    if (!from) return
    const into = splitIn(world, from)
    assert.ok(into, 'every merge can be split')
    for (const place of model.places.values())
      if (place.home === from.id && place.at === into.id) place.at = from.id
  })

const mergeAndSplit = (at: number, other: number) =>
  step(`merge ${at} into ${other} and split`, (_, world) => {
    const before = structuredClone(world)
    const [from, into] = [pick(world.incidents, at), pick(world.incidents, other)]
    if (from && into && mergeIn(world, from, into)) assert.ok(splitIn(world, from))
    assert.deepEqual({ ...world, merges: [] }, { ...before, merges: [] })
  })

const small = fc.nat(5)
const units = fc.nat(3)
const disposition = fc.option(fc.constantFrom(...dispositions.slice(0, 3)), { freq: 6 })
const body = fc.record({ disposition, force: fc.boolean(), reason: fc.constantFrom('', 'radio lost') })
const ends = fc.constantFrom(rules.decideClose, rules.decideCancel)
const statuses = fc.constantFrom(...life.assignmentStatuses)
/** By chance alone few sequences would come this far. */
const loaded = fc.constantFrom<AssignmentStatus[]>('TRANSPORTING', 'AT_HOSPITAL')

const sequences = fc.commands(
  [
    fc.constant(raiseOne),
    fc.tuple(units, small).map(([unit, at]) => sendOne(unit, at)),
    fc.tuple(units, small).map(([unit, at]) => sendOne(unit, at)),
    fc.tuple(units, statuses).map(([unit, to]) => advance(unit, to)),
    fc.tuple(units, loaded).map(([unit, to]) => advance(unit, to)),
    fc.tuple(ends, small, body).map(([decide, at, said]) => end(decide, at, said)),
    small.map(reopen),
    fc.tuple(small, small).map(([at, other]) => merge(at, other)),
    fc.tuple(small, fc.constantFrom(1, 2, 3, 4)).map(([at, to]) => edit(at, to)),
    small.map(split),
    fc.tuple(small, small).map(([at, other]) => mergeAndSplit(at, other)),
  ],
  { maxCommands: 80, size: 'max' },
)

test('after any sequence of commands the incidents and their units agree', () => {
  const setup = () => ({
    model: { places: new Map(), busy: new Map(), own: new Map() } satisfies Model,
    real: { incidents: [], assignments: [], calls: [], merges: [], minute: 0 } satisfies World as World,
  })
  fc.assert(
    fc.property(sequences, (commands) => fc.modelRun(setup, commands)),
    { numRuns: 400 },
  )
  assert.deepEqual([...counted].sort(), [...incidentStatuses, 'merged'].sort(), 'the sequences go everywhere')
})
