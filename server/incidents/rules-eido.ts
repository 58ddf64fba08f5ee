import type { Assignment } from '@toneout/contract/model/assignment.ts'
import type { Eido } from '@toneout/contract/model/eido.ts'
import type { Disposition, Incident } from '@toneout/contract/model/incident.ts'
import type { Unit } from '@toneout/contract/model/unit.ts'

type Sent = { assignment: Assignment; unit: Pick<Unit, 'id' | 'unit_number' | 'unit_type'> }
export type EidoParts = { incident: Incident; sent: readonly Sent[]; issuer: string; at: string }

/**
 * The nearest words of the registries of NENA-STA-021.1b-2022, chapter 3; what we call it stands beside each.
 * Unknown fire and unknown trouble are the widest words of the first for what we tell no further.
 */
const types: Readonly<Record<Incident['emergency_type'], string>> = {
  MEDICAL: 'SICK',
  CARDIAC: 'CARDIAC',
  STROKE: 'STROKE',
  RESPIRATORY: 'RESP',
  TRAUMA: 'TRAUMA',
  FIRE: 'FUNK',
  POLICE: 'TROUBLE',
  OTHER: 'TROUBLE',
}

const statuses: Readonly<Record<Incident['status'], readonly string[]>> = {
  RECEIVED: ['Active'],
  DISPATCHED: ['Active', 'ResourcesAssigned'],
  EN_ROUTE: ['Active', 'ResourcesEnroute'],
  ON_SCENE: ['Active', 'ResourcesOnscene'],
  TRANSPORTING: ['Active', 'ResourcesOnscene'],
  AT_HOSPITAL: ['Active', 'ResourcesOnscene'],
  CLOSED: ['Closed'],
  CANCELLED: ['Cancelled'],
}

/** Codes of APCO ANS 1.111.2-2018, which the registry of dispositions takes over. */
const dispositionCodes: Readonly<Record<Disposition, string>> = {
  TREATED_AND_TRANSPORTED: '45',
  TREATED_AND_RELEASED: '43',
  EVALUATED_ONLY: '41',
  REFUSED: '42',
  NO_PATIENT: '38',
  GONE_ON_ARRIVAL: '14',
  DEAD_AT_SCENE: '39',
  DUPLICATE: '22',
  CANCELLED_BEFORE_ARRIVAL: '32',
  FALSE_ALARM: '17',
}

const unitTypes: Readonly<Record<Unit['unit_type'], string>> = {
  BASIC: 'GroundBLSAmbulance',
  ADVANCED: 'GroundALSAmbulance',
  CRITICAL: 'GroundALSAmbulance',
  FIRE: 'StructureFireEngineType1',
  POLICE: 'PatrolUnit',
  SUPERVISOR: 'CommandLevel3',
}

const unitStatuses: Readonly<Record<Assignment['status'], readonly string[]>> = {
  ASSIGNED: ['Assigned', 'Dispatched'],
  ACKNOWLEDGED: ['Assigned', 'AcknowledgedTransmission'],
  EN_ROUTE: ['EnRoute'],
  ON_SCENE: ['OnScene'],
  AT_PATIENT: ['OnScene', 'PatientContact'],
  TRANSPORTING: ['Transporting', 'Hospital'],
  AT_HOSPITAL: ['Arrived', 'Hospital'],
  HANDOVER_DONE: ['Arrived', 'Hospital'],
  CLEARED: ['Cleared'],
  CANCELLED: ['AssignmentCancelled'],
  DIVERTED: ['AssignmentCancelled'],
}

/** Priority 1 to 4 on the scale from 10, the gravest, to 0. */
const gravity = { 1: 10, 2: 7, 3: 4, 4: 1 } as const

const word = (text: string) => {
  const plain = text.toLowerCase().replaceAll('_', ' ')
  return plain.charAt(0).toUpperCase() + plain.slice(1)
}

const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }
const escaped = (text: string) => text.replace(/[&<>"]/g, (sign) => escapes[sign] ?? '')

/** A point by RFC 4119 and 5491. */
function presence(id: string, latitude: number, longitude: number): string {
  const spaces =
    'xmlns="urn:ietf:params:xml:ns:pidf" xmlns:gp="urn:ietf:params:xml:ns:pidf:geopriv10" ' +
    'xmlns:gml="http://www.opengis.net/gml"'
  const position = `<gml:pos>${latitude} ${longitude}</gml:pos>`
  const point = `<gml:Point srsName="urn:ogc:def:crs:EPSG::4326">${position}</gml:Point>`
  return (
    `<presence ${spaces} entity="pres:${escaped(id)}"><tuple id="incident"><status><gp:geopriv>` +
    `<gp:location-info>${point}</gp:location-info><gp:usage-rules/></gp:geopriv></status></tuple></presence>`
  )
}

type Prologue = (
  kind: string,
  id: number | string,
) => Pick<Eido, '$id' | 'lastUpdateTimeStamp' | 'updatedByAgencyReference'>

function locationOf({ incident }: EidoParts, prologue: Prologue): Eido['locationComponent'] {
  const { id, location, latitude, longitude } = incident
  const hasPoint = latitude !== null && longitude !== null
  if (location === '' && !hasPoint) return undefined
  const own = prologue('location', id)
  return [
    {
      ...own,
      locationTypeDescriptionRegistryText: 'CurrentIncident',
      ...(hasPoint && { locationByValue: presence(own.$id, latitude, longitude) }),
      ...(location !== '' && { locationDescriptionText: location }),
    },
  ]
}

function incidentOf(parts: EidoParts, prologue: Prologue, hasPlace: boolean): Eido['incidentComponent'] {
  const { incident } = parts
  const { id, incident_number, emergency_type, status, priority, disposition } = incident
  const isReopened = incident.reopened_at !== null && incident.closed_at === null
  return {
    ...prologue('incident', id),
    incidentTypeInternalText: emergency_type,
    incidentTypeCommonRegistryText: types[emergency_type],
    incidentStatusInternalText: [status],
    incidentStatusCommonRegistryText: [...statuses[status], ...(isReopened ? ['ReOpened'] : [])],
    internalIncidentId: incident_number,
    incidentPriorityInternalText: String(priority),
    incidentCommonPriorityNumber: gravity[priority as keyof typeof gravity],
    ...(hasPlace && { locationReference: [{ $ref: prologue('location', id).$id }] }),
    ...(disposition !== null && {
      dispositionComponent: [
        {
          ...prologue('disposition', id),
          dispositionCommonRegistryCode: dispositionCodes[disposition],
          dispositionPrimaryIndicator: true,
          dispositionCategoryText: disposition,
          dispositionDescriptionText: word(disposition),
        },
      ],
    }),
  }
}

const isFree = ({ status }: Assignment) => status === 'CLEARED' || status === 'CANCELLED'

function resourcesOf({ sent }: EidoParts, prologue: Prologue): Eido['emergencyResourceComponent'] {
  return sent.map(({ assignment, unit }) => ({
    ...prologue('assignment', assignment.id),
    emergencyResourceTypeCommonRegistryText: unitTypes[unit.unit_type],
    emergencyResourceTypeInternalText: unit.unit_type,
    emergencyResourceName: unit.unit_number,
    resourceAttributeRegistryText: [],
    // Who was sent elsewhere is not free for that.
    primaryUnitStatusRegistryText: isFree(assignment) ? 'Available' : 'NotAvailable',
    secondaryUnitStatusRegistryText: [...unitStatuses[assignment.status]],
    // Required, and may be empty: crews are not told of.
    agentReference: [],
    unitStatusInternal: [assignment.status],
  }))
}

/** An incident as an Emergency Incident Data Object (NENA-STA-021.1), without numbers or words of callers. */
export function toEido(parts: EidoParts): Eido {
  const { incident, sent, issuer, at } = parts
  const idOf = (kind: string, id: number | string) => `urn:toneout:${issuer}:${kind}:${id}`
  const agency = { $ref: idOf('agency', 'own') }
  const prologue: Prologue = (kind, id) => ({
    $id: idOf(kind, id),
    lastUpdateTimeStamp: at,
    updatedByAgencyReference: agency,
  })
  const locations = locationOf(parts, prologue)
  const resources = resourcesOf(parts, prologue)
  return {
    ...prologue('eido', `${incident.id}:${Date.parse(at)}`),
    eidoVersion: '1.0',
    issuingElementIdentification: issuer,
    incidentComponent: incidentOf(parts, prologue, locations !== undefined),
    agencyComponent: [
      {
        ...prologue('agency', 'own'),
        agencyRoleDescriptionRegistryText: ['Dispatching'],
        agencyType: ['ambulance'],
        incidentOwningAgencyIndicator: true,
      },
    ],
    ...(locations && { locationComponent: locations }),
    ...(sent.length > 0 && {
      emergencyResourceComponent: resources,
      dispatchComponent: sent.map(({ assignment }) => ({
        ...prologue('dispatch', assignment.id),
        agencyReference: agency,
        emergencyResourceReference: [{ $ref: idOf('assignment', assignment.id) }],
      })),
    }),
  }
}
