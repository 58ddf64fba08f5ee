/**
 * Roles of people and of programs. A program is an AI dispatcher, a reader of data, or a gateway for unit
 * positions.
 */
export const personRoles = [
  'dispatcher',
  'paramedic',
  'hospital',
  'supervisor',
  'admin',
  'analyst',
  'ai_dispatcher',
] as const
export const keyRoles = ['ai_dispatcher', 'reader', 'unit_gateway'] as const

export type PersonRole = (typeof personRoles)[number]
export type KeyRole = (typeof keyRoles)[number]
export type Role = PersonRole | KeyRole

/** Who opens, updates and words calls: the AI dispatcher, a desk that takes a call by hand, and the admin. */
export const callWriters = ['ai_dispatcher', 'dispatcher', 'supervisor', 'admin'] as const
/** Who sends units and works on incidents. Admins do not dispatch unless they are also dispatchers. */
export const dispatchers = ['dispatcher', 'supervisor'] as const
/** Who sees incidents, units and hospitals, without the caller's number and words. */
export const boardReaders = ['reader', 'dispatcher', 'supervisor', 'admin', 'analyst'] as const
/** Who keeps the lists of units, hospitals and stations. */
export const keepers = ['supervisor', 'admin'] as const
/** Who sees profiles of paramedics and dispatchers; the emergency contact is for keepers. */
export const profileReaders = ['dispatcher', ...keepers] as const
/** Who reads what callers said. */
export const wordReaders = ['ai_dispatcher', 'reader', 'dispatcher', 'supervisor', 'admin'] as const
/** Who reads calls; numbers are masked for all but the AI dispatcher, which sent them. */
export const callReaders = [...wordReaders, 'analyst'] as const
/** Who reads figures over periods. */
export const measurers = ['supervisor', 'admin', 'analyst'] as const
/** Who takes whole lists away as files. */
export const exporters = [...keepers, 'analyst'] as const
