import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Reason } from '@toneout/contract/model/import.ts'
import type { Mapping } from '@toneout/contract/model/import-mapping.ts'
import { columnsOf, mapping } from '@toneout/contract/model/import-mapping.ts'
import { knownMappings } from './known-mappings.ts'
import { readRow } from './rules.ts'

const sf = knownMappings['sf-fire'] as Mapping

const row = {
  RowID: 'A-1',
  'Call Number': 'A',
  'Unit ID': 'M7',
  'Unit Type': 'MEDIC',
  'Call Type': 'Medical Incident',
  'Final Priority': '3',
  'Call Final Disposition': 'Code 2 Transport',
  Address: '400 Block of HARBOUR ST',
  City: 'Seatown',
  Location: '(37.75, -122.45)',
  'Received DtTm': '07/04/2016 01:00:00 PM',
  'Dispatch DtTm': '07/04/2016 01:01:00 PM',
  'Response DtTm': '07/04/2016 01:02:00 PM',
  'On Scene DtTm': '07/04/2016 01:08:00 PM',
  'Transport DtTm': '',
  'Hospital DtTm': '',
  'Available DtTm': '07/04/2016 01:30:00 PM',
}
type Change = Partial<Record<keyof typeof row, string>>

describe('a row of a table becomes a run', () => {
  test('with all it tells', () => {
    const { row_key, run, findings } = readRow(row, sf, 2)
    const at = (minute: number) => Date.UTC(2016, 6, 4, 20, minute)
    assert.deepEqual({ row_key, findings }, { row_key: 'A-1', findings: [] })
    assert.deepEqual(run?.incident, {
      key: 'A',
      received_at: at(0),
      emergency_type: 'MEDICAL',
      priority: 1,
      location: '400 Block of HARBOUR ST, Seatown',
      latitude: 37.75,
      longitude: -122.45,
      disposition: 'TREATED_AND_TRANSPORTED',
    })
    assert.deepEqual(run?.unit, { number: 'M7', type: 'ADVANCED' })
    const { assigned_at, en_route_at, on_scene_at, transporting_at, cleared_at } = run?.times ?? {}
    assert.deepEqual(
      [assigned_at, en_route_at, on_scene_at, transporting_at, cleared_at],
      [at(1), at(2), at(8), null, at(30)],
    )
  })

  const taken: [what: string, change: Change, reason: Reason, detail: RegExp][] = [
    [
      'hospital before transport',
      { 'Transport DtTm': '07/04/2016 01:20:00 PM', 'Hospital DtTm': '07/04/2016 01:19:00 PM' },
      'out_of_order',
      /^at_hospital_at is before transporting_at$/,
    ],
    [
      'dispatched before it was received',
      { 'Dispatch DtTm': '07/04/2016 12:59:00 PM' },
      'out_of_order',
      /^assigned_at is before received_at$/,
    ],
    ['without an end', { 'Available DtTm': '' }, 'no_end', /no time of clearing/],
    ['a position that is none', { Location: '(none)' }, 'position', /cannot be read/],
    ['a position off the earth', { Location: '(137.75, -122.45)' }, 'position', /cannot be read/],
  ]
  for (const [what, change, reason, detail] of taken) {
    test(`is taken and told of: ${what}`, () => {
      const { run, findings } = readRow({ ...row, ...change }, sf, 2)
      assert.ok(run)
      assert.deepEqual(
        findings.map((one) => one.reason),
        [reason],
      )
      assert.match(findings[0]?.detail ?? '', detail)
    })
  }

  const held: [what: string, change: Change, key: string, detail: RegExp][] = [
    ['no id of its own', { RowID: '' }, 'line 7', /RowID is empty/],
    ['no incident', { 'Call Number': ' ' }, 'A-1', /Call Number is empty/],
    ['no time of dispatch', { 'Dispatch DtTm': '' }, 'A-1', /Dispatch DtTm is empty/],
    ['a time that is none', { 'On Scene DtTm': 'later' }, 'A-1', /On Scene DtTm is no time/],
    ['a priority nobody knows', { 'Final Priority': 'Q' }, 'A-1', /Final Priority has a value/],
    ['a name of every object', { 'Final Priority': 'constructor' }, 'A-1', /Final Priority has a value/],
    ['a unit with a long number', { 'Unit ID': 'M7654321098' }, 'A-1', /more than 10 characters/],
  ]
  for (const [what, change, key, detail] of held) {
    test(`is left out: ${what}`, () => {
      const { row_key, run, findings } = readRow({ ...row, ...change }, sf, 7)
      assert.equal(run, undefined)
      assert.equal(row_key, key)
      assert.equal(findings[0]?.reason, 'unreadable')
      assert.match(findings[0]?.detail ?? '', detail)
    })
  }

  test('a source that names no unit', () => {
    const nyc = knownMappings['nyc-ems'] as Mapping
    const fields = {
      CAD_INCIDENT_ID: '1',
      INCIDENT_DATETIME: '01/02/2016 01:00:00 AM',
      FINAL_CALL_TYPE: 'CVA',
      FINAL_SEVERITY_LEVEL_CODE: '2',
      INCIDENT_DISPOSITION_CODE: '93',
      FIRST_ASSIGNMENT_DATETIME: '01/02/2016 01:01:00 AM',
      INCIDENT_CLOSE_DATETIME: '01/02/2016 02:01:00 AM',
    }
    const { run, findings } = readRow(fields, nyc, 2)
    assert.deepEqual(findings, [])
    assert.equal(run?.unit.number, 'NOT NAMED')
    assert.deepEqual([run?.incident.emergency_type, run?.incident.priority], ['STROKE', 1])
    assert.equal(run?.incident.disposition, 'REFUSED')
    assert.equal(run?.incident.latitude, null)
  })
})

describe('mappings', () => {
  test('the known ones are right, and name their columns', () => {
    for (const one of Object.values(knownMappings)) assert.deepEqual(mapping.parse(one), one)
    assert.deepEqual(columnsOf(sf).toSorted(), Object.keys(row).toSorted())
  })

  test('faults are named', () => {
    const { success, error } = mapping.safeParse({ ...sf, zone: 'Mars', time_format: 'x', more: 1 })
    assert.equal(success, false)
    assert.match(String(error), /Must be a time zone/)
  })
})
