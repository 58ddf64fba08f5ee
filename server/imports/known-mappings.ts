import type { Mapping } from '@toneout/contract/model/import-mapping.ts'

/**
 * DataSF, "Fire Department Calls for Service" (nuek-vuh3), whose data dictionary explains the codes: final
 * priority 3 is an emergency with lights and siren, 2 is none. MEDIC and PRIVATE are ambulances.
 */
const sfFire: Mapping = {
  name: 'sf-fire',
  zone: 'America/Los_Angeles',
  time_format: 'MM/DD/YYYY hh:mm:ss AM',
  row_id: 'RowID',
  incident: {
    key: 'Call Number',
    received_at: 'Received DtTm',
    emergency_type: {
      column: 'Call Type',
      values: {
        'Medical Incident': 'MEDICAL',
        'Traffic Collision': 'TRAUMA',
        'Industrial Accidents': 'TRAUMA',
        Alarms: 'FIRE',
        'Structure Fire': 'FIRE',
        'Outside Fire': 'FIRE',
        'Vehicle Fire': 'FIRE',
        'Electrical Hazard': 'FIRE',
        'Gas Leak (Natural and LP Gases)': 'FIRE',
        Explosion: 'FIRE',
        'Marine Fire': 'FIRE',
        'Train / Rail Fire': 'FIRE',
        'Smoke Investigation (Outside)': 'FIRE',
      },
      otherwise: 'OTHER',
    },
    priority: { column: 'Final Priority', values: { 3: 1, 2: 3, 1: 4 } },
    location: ['Address', 'City'],
    position: { point: 'Location' },
    disposition: {
      column: 'Call Final Disposition',
      values: {
        'Code 2 Transport': 'TREATED_AND_TRANSPORTED',
        'Code 3 Transport': 'TREATED_AND_TRANSPORTED',
        'Patient Declined Transport': 'REFUSED',
        'Against Medical Advice': 'REFUSED',
        'No Merit': 'FALSE_ALARM',
        Cancelled: 'CANCELLED_BEFORE_ARRIVAL',
        'Unable to Locate': 'GONE_ON_ARRIVAL',
        'Gone on Arrival': 'GONE_ON_ARRIVAL',
        'Medical Examiner': 'DEAD_AT_SCENE',
        Duplicate: 'DUPLICATE',
      },
      otherwise: 'EVALUATED_ONLY',
    },
  },
  unit: {
    number: 'Unit ID',
    type: {
      column: 'Unit Type',
      values: { MEDIC: 'ADVANCED', PRIVATE: 'BASIC', CHIEF: 'SUPERVISOR', 'RESCUE CAPTAIN': 'SUPERVISOR' },
      otherwise: 'FIRE',
    },
  },
  times: {
    assigned_at: 'Dispatch DtTm',
    en_route_at: 'Response DtTm',
    on_scene_at: 'On Scene DtTm',
    transporting_at: 'Transport DtTm',
    at_hospital_at: 'Hospital DtTm',
    cleared_at: 'Available DtTm',
  },
}

/**
 * NYC Open Data, "EMS Incident Dispatch Data" (76xm-jjuj): one row an incident with the times of the first
 * unit, which is not named. Severity 1 is the gravest of 8.
 */
const nycEms: Mapping = {
  name: 'nyc-ems',
  zone: 'America/New_York',
  time_format: 'MM/DD/YYYY hh:mm:ss AM',
  row_id: 'CAD_INCIDENT_ID',
  incident: {
    key: 'CAD_INCIDENT_ID',
    received_at: 'INCIDENT_DATETIME',
    emergency_type: {
      column: 'FINAL_CALL_TYPE',
      values: {
        ARREST: 'CARDIAC',
        CARD: 'CARDIAC',
        CARDBR: 'CARDIAC',
        CVA: 'STROKE',
        CVAC: 'STROKE',
        DIFFBR: 'RESPIRATORY',
        ASTHMB: 'RESPIRATORY',
        CHOKE: 'RESPIRATORY',
        RESPIR: 'RESPIRATORY',
        INJURY: 'TRAUMA',
        INJMAJ: 'TRAUMA',
        INJMIN: 'TRAUMA',
        TRAUMA: 'TRAUMA',
        MVA: 'TRAUMA',
        MVAINJ: 'TRAUMA',
        PEDSTR: 'TRAUMA',
        SHOT: 'TRAUMA',
        STAB: 'TRAUMA',
        BURNMA: 'TRAUMA',
        BURNMI: 'TRAUMA',
      },
      otherwise: 'MEDICAL',
    },
    priority: {
      column: 'FINAL_SEVERITY_LEVEL_CODE',
      values: { 1: 1, 2: 1, 3: 2, 4: 3, 5: 3, 6: 4, 7: 4, 8: 4 },
      otherwise: 4,
    },
    location: ['BOROUGH', 'ZIPCODE'],
    disposition: {
      column: 'INCIDENT_DISPOSITION_CODE',
      values: {
        82: 'TREATED_AND_TRANSPORTED',
        83: 'DEAD_AT_SCENE',
        87: 'CANCELLED_BEFORE_ARRIVAL',
        90: 'FALSE_ALARM',
        91: 'TREATED_AND_RELEASED',
        92: 'TREATED_AND_RELEASED',
        93: 'REFUSED',
        94: 'TREATED_AND_TRANSPORTED',
        96: 'GONE_ON_ARRIVAL',
        CANCEL: 'CANCELLED_BEFORE_ARRIVAL',
        DUP: 'DUPLICATE',
      },
      otherwise: 'EVALUATED_ONLY',
    },
  },
  times: {
    assigned_at: 'FIRST_ASSIGNMENT_DATETIME',
    en_route_at: 'FIRST_ACTIVATION_DATETIME',
    on_scene_at: 'FIRST_ON_SCENE_DATETIME',
    transporting_at: 'FIRST_TO_HOSP_DATETIME',
    at_hospital_at: 'FIRST_HOSP_ARRIVAL_DATETIME',
    cleared_at: 'INCIDENT_CLOSE_DATETIME',
  },
}

export const knownMappings: Readonly<Record<string, Mapping>> = { 'sf-fire': sfFire, 'nyc-ems': nycEms }
