import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { anIncident, aUnit } from '../live/rows.fixture.ts'
import type { Act } from './acts.ts'
import { readLine } from './read-line.ts'
import { findIncident, findUnit, shortNumber, type World } from './world.ts'

const e43 = anIncident(43, { emergency_type: 'CARDIAC' })
const e41 = anIncident(41)
const e2 = anIncident(2)
const ended = anIncident(40, { status: 'CLOSED', closed_at: '2026-11-21T07:00:00.000Z' })
const m03 = aUnit(3, { unit_number: 'M03' })
const b21 = aUnit(21, { unit_number: 'B21', unit_type: 'BASIC' })
const engine = aUnit(102, { unit_number: 'E2', unit_type: 'FIRE' })
const busy = aUnit(9, { unit_number: 'M09', status: 'EN_ROUTE', assignment_id: 90, incident_id: 41 })
const world: World = {
  units: [m03, b21, engine, busy],
  incidents: [e43, e41, e2, ended],
  hospitals: [
    { id: 1, name: 'General' },
    { id: 2, name: 'St Anne' },
  ],
  stations: [
    { id: 5, name: 'Station North' },
    { id: 6, name: 'Station Quay' },
  ],
  selected: e43,
  planned: [m03, b21],
  aliases: { RESP: 'EN', RAISE: 'X' },
}
const nothing: World = { ...world, selected: null, planned: [] }

/** An act in short: what it does and the numbers of what it is about. */
function short(act: Act): string {
  const parts = Object.entries(act).flatMap(([name, value]) => {
    if (name === 'do') return []
    if (Array.isArray(value)) return value.map((one) => one.unit_number)
    if (value === null) return '-'
    if (typeof value !== 'object') return String(value)
    const row = value as { unit_number?: string; incident_number?: string; name?: string }
    return row.unit_number ?? (row.incident_number ? shortNumber(row.incident_number) : row.name)
  })
  return [act.do, ...parts].join(' ')
}

const told = (line: string, at = world) => {
  const reading = readLine(line, at)
  if (reading.is === 'act') return short(reading.act)
  return reading.is === 'empty' ? 'empty' : `${reading.is}: ${reading.words}`
}

const acts: [string, string][] = [
  ['', 'empty'],
  ['  ., ', 'empty'],
  ['D', 'dispatch E43 M03 B21 true'],
  ['d', 'dispatch E43 M03 B21 true'],
  ['D M03', 'dispatch E43 M03 false'],
  ['D M03 B21', 'dispatch E43 M03 B21 false'],
  ['D.M03.B21', 'dispatch E43 M03 B21 false'],
  ['D,M03,B21', 'dispatch E43 M03 B21 false'],
  ['d m03 b21 e41', 'dispatch E41 M03 B21 false'],
  ['D M03 E41', 'dispatch E41 M03 false'],
  ['D E41 M03', 'dispatch E41 M03 false'],
  ['M03 D E41', 'dispatch E41 M03 false'],
  ['M03 B21 D', 'dispatch E43 M03 B21 false'],
  ['D M03 M03', 'dispatch E43 M03 false'],
  ['D M3', 'dispatch E43 M03 false'],
  ['A M03', 'dispatch E43 M03 false'],
  ['D M03 I-26-000041', 'dispatch E41 M03 false'],
  ['D M03 #41', 'dispatch E41 M03 false'],
  ['D M03 E2', 'dispatch E43 M03 E2 false'],
  ['D M03 #2', 'dispatch E2 M03 false'],
  ['D E41', 'open E41'],
  ['D E43', 'dispatch E43 M03 B21 true'],
  ['E43 D', 'dispatch E43 M03 B21 true'],
  ['M09 OS', 'status M09 OS -'],
  ['OS M09', 'status M09 OS -'],
  ['os.m09', 'status M09 OS -'],
  ['ER M09', 'status M09 EN -'],
  ['AK M09', 'status M09 AK -'],
  ['PT M09', 'status M09 PT -'],
  ['AH M09', 'status M09 AH -'],
  ['HD M09', 'status M09 HD -'],
  ['CU M09', 'status M09 AV -'],
  ['AV M03 B21', 'status M03 B21 AV -'],
  ['M03 OO', 'status M03 OO -'],
  ['BR M03', 'status M03 BR -'],
  ['SG M03', 'status M03 SG -'],
  ['PO M03', 'status M03 PO -'],
  ['TR M09 H2', 'status M09 TR St Anne'],
  ['M09 TR H2', 'status M09 TR St Anne'],
  ['TX M09 general', 'status M09 TR General'],
  ['TR M09', 'status M09 TR -'],
  ['X M09', 'release M09'],
  ['M09 X', 'release M09'],
  ['M M03 St5', 'move M03 Station North'],
  ['m m03 st6', 'move M03 Station Quay'],
  ['M M03 quay', 'move M03 Station Quay'],
  ['M M03 station north', 'move M03 Station North'],
  ['M03 M St5', 'move M03 Station North'],
  ['UP M03 HOME', 'move M03 -'],
  ['E41', 'open E41'],
  ['e0041', 'open E41'],
  ['i-26-000041', 'open E41'],
  ['N no lift, 3rd floor', 'note E43 no lift, 3rd floor'],
  ['N E41 gate 4.5 m', 'note E41 gate 4.5 m'],
  ['n.E41.gate', 'note E41 gate'],
  ['E41 N gate', 'note E41 gate'],
  ['NOTE gate', 'note E43 gate'],
  ['P 2', 'priority E43 2'],
  ['P E41 1', 'priority E41 1'],
  ['E41 P 1', 'priority E41 1'],
  ['L E41 214 Harbour St, flat 3B', 'place E41 214 Harbour St, flat 3B'],
  ['L 9 Orchard Ave', 'place E43 9 Orchard Ave'],
  ['J E43 E41', 'join E43 E41'],
  ['J E41', 'join E43 E41'],
  ['E41 J E43', 'join E41 E43'],
  ['SPLIT E41', 'split E41'],
  ['C E41 FA', 'close E41 FALSE_ALARM'],
  ['C tt', 'close E43 TREATED_AND_TRANSPORTED'],
  ['C E41 refused', 'close E41 REFUSED'],
  ['C E41 no patient', 'close E41 NO_PATIENT'],
  ['R M09 E43', 'divert M09 E43'],
  ['R M09', 'divert M09 E43'],
  ['M09 R E43', 'divert M09 E43'],
  ['MSG M03 use the back gate, code 4417', 'message M03 use the back gate, code 4417'],
  ['M03 MSG wait', 'message M03 wait'],
  ['? M03', 'show M03'],
  ['M03 ?', 'show M03'],
  ['? E41', 'open E41'],
  ['NEW', 'new -'],
  ['NEW fire', 'new FIRE'],
]

const others: [string, string][] = [
  ['FOO', 'fault: “FOO” is not known: no unit, no incident and no word of this line.'],
  ['D M99', 'fault: “M99” is not known: no unit, no incident and no word of this line.'],
  ['D M03 H2', 'fault: “H2” is not known: no unit, no incident and no word of this line.'],
  ['E99', 'fault: There is no incident E99 on this screen.'],
  ['E41 FOO', 'fault: “FOO” is not known: no unit, no incident and no word of this line.'],
  ['D M03 E40', 'fault: I-26-000040 has ended.'],
  ['M03', 'open: M03: say what, such as D, EN, OS, AV or MSG.'],
  ['M03 E43', 'open: M03: put D before it to dispatch, R to divert.'],
  ['OS', 'open: OS: which unit?'],
  ['OS M03', 'fault: M03 is on no incident, so it cannot be on scene.'],
  ['OS M09 E41', 'fault: “E41” is not known: no unit, no incident and no word of this line.'],
  ['X', 'open: X: which unit?'],
  ['M', 'open: Move which unit up?'],
  ['M X9', 'fault: “X9” is no unit.'],
  ['M M03', 'open: Move M03 to which station? HOME sends it back to its own.'],
  ['M M03 St9', 'fault: “St9” is no station.'],
  ['M M03 station', 'fault: “station” is no station.'],
  ['N', 'open: Type the note for I-26-000043.'],
  ['N E41', 'open: Type the note for I-26-000041.'],
  ['L', 'open: Type the address for I-26-000043.'],
  ['P', 'open: Priority of I-26-000043: 1, 2, 3 or 4?'],
  ['P 5', 'fault: “5” is no priority: 1, 2, 3 or 4.'],
  ['P E41 2 3', 'fault: “3” is not known: no unit, no incident and no word of this line.'],
  ['J', 'open: Join which incident to which?'],
  ['J E43', 'open: Join I-26-000043 to which other?'],
  ['J E43 E99', 'fault: “E99” is no incident on this screen.'],
  ['C', 'open: How did I-26-000043 end? Such as TT, RF, NP, FA.'],
  ['C E41 TREATED', 'fault: “TREATED” is no code of how it ended.'],
  ['R', 'open: Divert which unit?'],
  ['R M03 E41', 'fault: M03 is on no incident; D dispatches it.'],
  ['R M09 E41', 'fault: M09 is on I-26-000041 already.'],
  ['R M03 M09 E43', 'fault: One unit is diverted at a time.'],
  ['MSG', 'open: Message to which unit?'],
  ['MSG M03', 'open: Type the message to M03.'],
  ['MSG X9 hello', 'fault: “X9” is no unit.'],
  ['M03 N gate', 'fault: N is about an incident, not about M03.'],
  [
    'NEW moon',
    'fault: “moon” is no type: medical, police, fire, trauma, cardiac, stroke, respiratory, other.',
  ],
  ['?', 'open: Show which unit or incident?'],
]

/** By words that only this centre has, or that mean another thing here than elsewhere. */
const own: [string, string][] = [
  ['resp M09', 'status M09 EN -'],
  ['M09 RESP', 'status M09 EN -'],
  ['RAISE M09', 'release M09'],
  ['DISP M03', 'dispatch E43 M03 false'],
  ['constructor M03', 'fault: “constructor” is not known: no unit, no incident and no word of this line.'],
]

const unselected: [string, string][] = [
  ['D', 'open: Dispatch to which incident? Select one, or name it, such as E43.'],
  ['D M03 E41', 'dispatch E41 M03 false'],
  ['N gate', 'open: note of which incident? Select or name one.'],
  ['P 2', 'open: priority of which incident? Select or name one.'],
  ['J E41', 'open: Join I-26-000041 to which other?'],
]

describe('a line of the command line', () => {
  for (const [line, words] of [...acts, ...others, ...own]) {
    test(line || '(empty)', () => assert.equal(told(line), words))
  }
  for (const [line, words] of unselected) {
    test(`${line}, nothing selected`, () => assert.equal(told(line, nothing), words))
  }
  test('no plan to dispatch', () =>
    assert.equal(told('D', { ...world, planned: [] }), 'fault: There is no unit in the plan to dispatch.'))
})

test('an open incident is found before an ended one with the same count', () => {
  const last = anIncident(7, { incident_number: 'I-25-000043', closed_at: '2025-11-21T07:00:00.000Z' })
  assert.equal(findIncident({ ...world, incidents: [...world.incidents, last] }, 'E43'), e43)
  assert.equal(findIncident({ ...world, incidents: [...world.incidents, last] }, 'I-25-000043'), last)
})

test('zeros before the digits of a unit may be left out where that names one unit only', () => {
  const two = { ...world, units: [m03, aUnit(30, { unit_number: 'M3' })] }
  assert.equal(findUnit(two, 'M3')?.id, 30)
  assert.equal(findUnit(two, 'M03')?.id, 3)
  assert.equal(findUnit(two, 'M003'), undefined)
})
