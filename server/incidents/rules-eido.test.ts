import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Assignment, assignmentStatuses } from '@toneout/contract/model/assignment.ts'
import { emergencyTypes } from '@toneout/contract/model/call.ts'
import { eido } from '@toneout/contract/model/eido.ts'
import { dispositions, type Incident, incidentStatuses } from '@toneout/contract/model/incident.ts'
import { unitTypes } from '@toneout/contract/model/unit.ts'
import { toEido } from './rules-eido.ts'

/** Of NENA-STA-021.1b-2022, tables 3-1, 3-3, 3-5, 3-8, 3-9 and 3-10; of 3-2 and 3-11 what could be meant. */
const registries = {
  role: ['Assisting', 'CallReceiving', 'Dispatched', 'Dispatching', 'Informational', 'TransferredTo'],
  status: [
    ...['Active', 'Cancelled', 'Closed', 'FireUnderControl', 'NewLocation', 'ReOpened', 'ResourcesAssigned'],
    ...['ResourcesEnroute', 'ResourcesOnscene', 'StructureCleared'],
  ],
  disposition: Array.from({ length: 45 }, (_, at) => String(at + 1).padStart(2, '0')),
  location: [
    ...['RoutingLocation', 'Caller', 'CurrentIncident', 'InitialIncident', 'Investigation', 'Other'],
    ...['Staging', 'TowerLocation', 'UnitLocation'],
  ],
  primary: ['Available', 'ConditionallyAvailable', 'NotAvailable'],
  secondary: [
    ...['AcknowledgedTransmission', 'AlternateLocation', 'Arrived', 'Assigned', 'AssignmentCancelled'],
    ...['BacktoAssignedArea', 'Backup', 'Break', 'CheckedIn', 'Cleared', 'Delayed', 'Departed'],
    ...['Dispatched', 'EnRoute', 'Hospital', 'InService', 'OnScene', 'OutofService', 'PatientContact'],
    ...['Post', 'Staging', 'Station', 'Transporting'],
  ],
  type: ['CARDIAC', 'FOTHER', 'FUNK', 'RESP', 'SICK', 'STROKE', 'SUSP', 'TRAUMA', 'TRAUMAP', 'TROUBLE'],
  resource: [
    ...['GroundALSAmbulance', 'GroundBLSAmbulance', 'StructureFireEngineType1', 'StructureFireEngineType2'],
    ...['PatrolUnit', 'CommandLevel1', 'CommandLevel2', 'CommandLevel3', 'CommandLevel4'],
  ],
}

const at = '2026-11-20T10:00:00.000Z'
const incident: Incident = {
  ...{ id: 7, incident_number: 'I-7', status: 'RECEIVED', priority: 1, emergency_type: 'FIRE' },
  ...{ location: '7 Quay', latitude: 48.1, longitude: 16.2, notes: '', received_at: at, closed_at: null },
  ...{ reopened_at: null, awaiting_close_since: null, disposition: null, merged_into: null },
}
const listed = (registry: keyof typeof registries, words: readonly (string | undefined)[]) => {
  assert.ok(words.length > 0, registry)
  for (const word of words) assert.ok(registries[registry].includes(word ?? ''), `${registry}: ${word}`)
}

test('every word of ours has one of the registries', () => {
  const all = (of: Partial<Incident>, sent: Parameters<typeof toEido>[0]['sent'] = []) =>
    toEido({ incident: { ...incident, ...of }, sent, issuer: 'here', at })
  for (const status of incidentStatuses) {
    listed('status', all({ status }).incidentComponent.incidentStatusCommonRegistryText)
  }
  assert.deepEqual(all({ reopened_at: at }).incidentComponent.incidentStatusCommonRegistryText, [
    ...['Active', 'ReOpened'],
  ])
  for (const emergency_type of emergencyTypes) {
    listed('type', [all({ emergency_type }).incidentComponent.incidentTypeCommonRegistryText])
  }
  const codes = dispositions.map((disposition) => {
    const [ended] = all({ disposition }).incidentComponent.dispositionComponent ?? []
    return ended?.dispositionCommonRegistryCode
  })
  listed('disposition', codes)
  assert.equal(new Set(codes).size, dispositions.length)
  for (const unit_type of unitTypes) {
    for (const status of assignmentStatuses) {
      const assignment = { id: 1, status } as Assignment
      const sent = [{ assignment, unit: { id: 2, unit_number: 'M1', unit_type } }]
      const object = eido.parse(all({}, sent))
      const [unit] = object.emergencyResourceComponent ?? []
      listed('resource', [unit?.emergencyResourceTypeCommonRegistryText])
      listed('primary', [unit?.primaryUnitStatusRegistryText])
      listed('secondary', unit?.secondaryUnitStatusRegistryText ?? [])
      listed('role', object.agencyComponent[0]?.agencyRoleDescriptionRegistryText ?? [])
      listed('location', [object.locationComponent?.[0]?.locationTypeDescriptionRegistryText])
    }
  }
})
