import * as access from './access.ts'
import { findAddressAt, findAddresses } from './addresses.ts'
import * as alarms from './alarms.ts'
import * as analytics from './analytics.ts'
import { correctAssignment, listAssignments, readAssignment, readOwnAssignment } from './assignments.ts'
import * as audit from './audit.ts'
import * as callLists from './call-lists.ts'
import * as callerData from './caller-data.ts'
import {
  addInteraction,
  listCalls,
  listInteractions,
  openCall,
  patchCall,
  putCall,
  readCall,
  reviseInteraction,
} from './calls.ts'
import * as contactTests from './contact-tests.ts'
import * as crew from './crew.ts'
import { readDesk } from './desk.ts'
import * as deskWork from './desk-work.ts'
import {
  dispatchAmbulance,
  dispatchAmbulanceAlias,
  dispatchUnits,
  divertUnit,
  stepAssignment,
} from './dispatch.ts'
import { readEido } from './eido.ts'
import { exportAssignments, exportCalls, exportEmsTimes, exportIncidents, exportUnits } from './exports.ts'
import * as findings from './findings.ts'
import * as fleet from './fleet.ts'
import * as handovers from './handovers.ts'
import * as imports from './imports.ts'
import { listDuplicates, listIncidents, readIncidentTimeline } from './incident-lists.ts'
import {
  cancelIncident,
  changeIncident,
  closeIncident,
  mergeIncident,
  openIncident,
  readIncident,
  reopenIncident,
  splitIncident,
} from './incidents.ts'
import * as keptExports from './kept-exports.ts'
import * as keys from './keys.ts'
import { streamFacts } from './live.ts'
import * as map from './map.ts'
import * as notifications from './notifications.ts'
import * as people from './people.ts'
import * as places from './places.ts'
import * as push from './push.ts'
import { readRecommendation } from './recommendations.ts'
import { changeSettings, readSettings } from './settings.ts'
import * as streets from './streets.ts'
import * as system from './system.ts'
import * as telephony from './telephony.ts'

/** Every operation there is, in the order of the flow of a call. */
export const operations = {
  openCall,
  listCalls,
  readCall,
  putCall,
  patchCall,
  addInteraction,
  listInteractions,
  reviseInteraction,
  ...callLists,
  ...callerData,
  ...findings,
  openIncident,
  listIncidents,
  readIncident,
  readEido,
  listDuplicates,
  changeIncident,
  closeIncident,
  cancelIncident,
  reopenIncident,
  mergeIncident,
  splitIncident,
  readIncidentTimeline,
  readRecommendation,
  dispatchAmbulance,
  dispatchAmbulanceAlias,
  dispatchUnits,
  listAssignments,
  readOwnAssignment,
  readAssignment,
  divertUnit,
  stepAssignment,
  correctAssignment,
  ...deskWork,
  readDesk,
  ...crew,
  ...fleet,
  ...places,
  findAddresses,
  findAddressAt,
  ...map,
  ...handovers,
  ...people,
  ...keys,
  readSettings,
  changeSettings,
  streamFacts,
  ...notifications,
  ...push,
  ...contactTests,
  ...alarms,
  ...telephony,
  ...access,
  ...audit,
  ...analytics,
  ...imports,
  ...keptExports,
  exportCalls,
  exportIncidents,
  exportAssignments,
  exportUnits,
  exportEmsTimes,
  ...streets,
  ...system,
} as const

export type Operations = typeof operations
export type OperationId = keyof Operations
