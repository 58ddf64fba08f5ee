import { z } from 'zod'

/**
 * The parts of an Emergency Incident Data Object (NENA-STA-021.1) that this server fills. Names are those of
 * the schema in NENA-STA-021.1b-2022; docs/eido.md says what is filled.
 */
const text = z.string().min(1)
const reference = z.strictObject({ $ref: text })
const prologue = { $id: text, lastUpdateTimeStamp: z.iso.datetime(), updatedByAgencyReference: reference }

const disposition = z.strictObject({
  ...prologue,
  dispositionCommonRegistryCode: text,
  dispositionPrimaryIndicator: z.boolean(),
  dispositionCategoryText: text,
  dispositionDescriptionText: text,
})

const incident = z.strictObject({
  ...prologue,
  incidentTypeInternalText: text,
  incidentTypeCommonRegistryText: text,
  incidentStatusInternalText: z.array(text),
  incidentStatusCommonRegistryText: z.array(text),
  internalIncidentId: text,
  incidentPriorityInternalText: text,
  /** 0 to 10, and 10 is the gravest. */
  incidentCommonPriorityNumber: z.number().int().min(0).max(10),
  locationReference: z.array(reference).optional(),
  dispositionComponent: z.array(disposition).optional(),
})

const agency = z.strictObject({
  ...prologue,
  agencyRoleDescriptionRegistryText: z.array(text).min(1),
  agencyType: z.array(text).min(1),
  incidentOwningAgencyIndicator: z.boolean(),
})

const location = z.strictObject({
  ...prologue,
  locationTypeDescriptionRegistryText: text,
  /** Presence document with a point (PIDF-LO, RFC 4119 and 5491). */
  locationByValue: text.optional(),
  locationDescriptionText: text.optional(),
})

const dispatch = z.strictObject({
  ...prologue,
  agencyReference: reference,
  emergencyResourceReference: z.array(reference).min(1),
})

const resource = z.strictObject({
  ...prologue,
  emergencyResourceTypeCommonRegistryText: text,
  emergencyResourceTypeInternalText: text,
  emergencyResourceName: text,
  resourceAttributeRegistryText: z.array(text),
  primaryUnitStatusRegistryText: text,
  secondaryUnitStatusRegistryText: z.array(text),
  unitStatusInternal: z.array(text),
  /** Required by the standard, and empty: crews are not told of. */
  agentReference: z.array(reference),
})

export const eido = z
  .strictObject({
    ...prologue,
    eidoVersion: z.literal('1.0'),
    issuingElementIdentification: text,
    incidentComponent: incident,
    agencyComponent: z.array(agency).length(1),
    locationComponent: z.array(location).optional(),
    dispatchComponent: z.array(dispatch).optional(),
    emergencyResourceComponent: z.array(resource).optional(),
  })
  .meta({ id: 'EmergencyIncidentDataObject' })
export type Eido = z.output<typeof eido>
