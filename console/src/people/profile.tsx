import type { Person } from '@toneout/contract/model/people.ts'
import { DispatcherProfile } from './dispatcher-profile.tsx'
import { ParamedicProfile } from './paramedic-profile.tsx'

/** Those who dispatch and those who are sent have a profile; hospitals and others have none. */
export function Profile({ person }: { person: Person }) {
  if (person.role === 'paramedic') return <ParamedicProfile person={person} />
  const dispatches = person.role === 'dispatcher' || person.role === 'supervisor'
  return dispatches ? <DispatcherProfile person={person} /> : null
}
