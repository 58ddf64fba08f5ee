import * as access from './access.ts'
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
import {
  dispatchAmbulance,
  dispatchAmbulanceAlias,
  dispatchUnits,
  divertUnit,
  stepAssignment,
} from './dispatch.ts'
import * as fleet from './fleet.ts'
import {
  cancelIncident,
  changeIncident,
  closeIncident,
  listIncidents,
  mergeIncident,
  openIncident,
  readIncident,
  readIncidentTimeline,
  reopenIncident,
  splitIncident,
} from './incidents.ts'
import { streamFacts } from './live.ts'
import * as places from './places.ts'
import { readRecommendation } from './recommendations.ts'
import * as system from './system.ts'

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
  ...callerData,
  openIncident,
  listIncidents,
  readIncident,
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
  divertUnit,
  stepAssignment,
  ...fleet,
  ...places,
  streamFacts,
  ...access,
  ...system,
} as const

export type Operations = typeof operations
export type OperationId = keyof Operations
