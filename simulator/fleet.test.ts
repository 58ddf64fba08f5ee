import assert from 'node:assert/strict'
import { test } from 'node:test'
import { hospitalCreation } from '@toneout/contract/model/hospital.ts'
import { stationCreation } from '@toneout/contract/model/station.ts'
import { unitCreation } from '@toneout/contract/model/unit.ts'
import { inCity } from './city/projection.ts'
import { planHospitals, planStations, planUnits } from './fleet.ts'

test('the fleet is one a centre could have', () => {
  const units = planUnits()
  const count = (type: string) => units.filter(({ unit_type }) => unit_type === type).length
  assert.equal(units.length, 30)
  assert.equal(new Set(units.map(({ unit_number }) => unit_number)).size, 30)
  assert.deepEqual(
    ['ADVANCED', 'BASIC', 'CRITICAL', 'FIRE', 'POLICE', 'SUPERVISOR'].map(count),
    [10, 9, 1, 6, 3, 1],
  )
  assert.equal(units.filter(({ duty }) => duty !== 'AVAILABLE').length, 2)
  const stations = new Set(planStations().map(({ name }) => name))
  assert.equal(stations.size, 12)
  assert.ok(units.every(({ station }) => stations.has(station)))
})

test('the server takes every row of it, and all of it lies in the city', () => {
  for (const station of planStations()) {
    assert.deepEqual(stationCreation.parse(station), station)
    assert.ok(inCity(station))
  }
  const hospitals = planHospitals()
  assert.equal(hospitals.length, 5)
  for (const hospital of hospitals) {
    assert.deepEqual(hospitalCreation.parse(hospital), hospital)
    assert.ok(inCity(hospital))
  }
  for (const { station: _, ...unit } of planUnits()) unitCreation.parse(unit)
  for (const specialty of ['TRAUMA', 'STROKE', 'PCI'] as const) {
    const having = hospitals.filter(({ specialties }) => specialties.includes(specialty))
    assert.ok(having.length >= 2, `${specialty} at ${having.length}: a diversion would leave none`)
  }
})
