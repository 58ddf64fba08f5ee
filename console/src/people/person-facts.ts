import type { Person } from '@toneout/contract/model/people.ts'
import { stamp } from '../ui/format.ts'
import { roleWord } from '../ui/words.ts'

/** What is known of an account. */
export const factsOf = (person: Person): [string, string][] => [
  ['State', person.active ? 'Active' : 'Shut out'],
  ['Role', roleWord(person.role, true)],
  ['Authenticator app', person.second_factor ? 'Set up' : 'None'],
  ['Added', stamp(person.created_at, Date.now())],
]
