import type { Assignment } from '@toneout/contract/model/assignment.ts'
import type { Eido } from '@toneout/contract/model/eido.ts'
import type { Incident } from '@toneout/contract/model/incident.ts'
import { shownWhile, type Unit } from '@toneout/contract/model/unit.ts'

type Sent = { assignment: Assignment; unit: Pick<Unit, 'id' | 'unit_number' | 'unit_type'> }
export type EidoParts = { incident: Incident; sent: readonly Sent[]; issuer: string; at: string }

/** The nearest word of the registry of incident types; what we call it stands beside it. */
const types: Readonly<Record<Incident['emergency_type'], string>> = {
  MEDICAL: 'Medical',
  CARDIAC: 'Medical',
  STROKE: 'Medical',
  RESPIRATORY: 'Medical',
  TRAUMA: 'Trauma',
  FIRE: 'Fire',
  POLICE: 'Police',
  OTHER: 'Other',
}

const statuses: Readonly<Record<Incident['status'], string>> = {
  RECEIVED: 'Pending',
  DISPATCHED: 'Active',
  EN_ROUTE: 'Active',
  ON_SCENE: 'Active',
  TRANSPORTING: 'Active',
  AT_HOSPITAL: 'Active',
  CLOSED: 'Closed',
  CANCELLED: 'Canceled',
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
) => Pick<Eido, '$id' | 'lastUpdateTimestamp' | 'updatedByAgencyReference'>

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
  return {
    ...prologue('incident', id),
    incidentTypeInternalText: emergency_type,
    incidentTypeCommonRegistryText: types[emergency_type],
    incidentStatusInternalText: [status],
    incidentStatusCommonRegistryText: [statuses[status]],
    internalIncidentId: incident_number,
    incidentPriorityInternalText: String(priority),
    incidentCommonPriorityNumber: gravity[priority as keyof typeof gravity],
    ...(hasPlace && { locationReference: [{ $ref: prologue('location', id).$id }] }),
    ...(disposition !== null && {
      dispositionComponent: [
        {
          ...prologue('disposition', id),
          dispositionCommonRegistryCode: disposition,
          dispositionPrimaryIndicator: true,
          dispositionCategoryText: disposition,
          dispositionDescriptionText: word(disposition),
        },
      ],
    }),
  }
}

function resourcesOf({ sent }: EidoParts, prologue: Prologue): Eido['emergencyResourceComponent'] {
  return sent.map(({ assignment, unit }) => ({
    ...prologue('assignment', assignment.id),
    emergencyResourceTypeCommonRegistryText: word(unit.unit_type),
    emergencyResourceTypeInternalText: unit.unit_type,
    emergencyResourceName: unit.unit_number,
    resourceAttributeRegistryText: [],
    primaryUnitStatusRegistryText: word(shownWhile[assignment.status] ?? 'AVAILABLE'),
    secondaryUnitStatusRegistryText: [],
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
    lastUpdateTimestamp: at,
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
        agencyRoleDescriptionRegistryText: ['Dispatch'],
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
