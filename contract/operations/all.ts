import * as access from './access.ts'
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
import { streamFacts } from './live.ts'
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
  streamFacts,
  ...access,
  ...system,
} as const

export type Operations = typeof operations
export type OperationId = keyof Operations
