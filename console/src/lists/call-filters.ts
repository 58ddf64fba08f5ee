import { answeredBy, callStatuses, emergencyTypes, priorityLevels } from '@toneout/contract/model/call.ts'
import { orderings } from '@toneout/contract/operations/calls.ts'
import { answeredByWord, priorityWords, statusWord, typeWord } from '../ui/words.ts'

type Option = { value: string; words: string }
export type Choice = { name: string; label: string; options: readonly Option[] }

const options = <T extends string>(values: readonly T[], words: (value: T) => string | null): Option[] =>
  values.map((value) => ({ value, words: words(value) ?? value }))

const orderWords: Record<(typeof orderings)[number], string> = {
  '-created_at': 'Newest first',
  created_at: 'Oldest first',
  '-priority_level': 'Least urgent first',
  priority_level: 'Most urgent first',
  '-completed_at': 'Ended last first',
  completed_at: 'Ended first first',
}

const any = { value: '', words: 'Any' }

/** Filters that are chosen from a list, by the word of the address that holds them. */
export const choices: readonly Choice[] = [
  { name: 'status', label: 'Status', options: [any, ...options(callStatuses, statusWord)] },
  { name: 'emergency_type', label: 'Type', options: [any, ...options(emergencyTypes, typeWord)] },
  { name: 'priority_level', label: 'Priority', options: [any, ...options(priorityLevels, priorityWords)] },
  { name: 'answered_by', label: 'Answered by', options: [any, ...options(answeredBy, answeredByWord)] },
  {
    name: 'lost_contact',
    label: 'Lost contact',
    options: [any, { value: 'true', words: 'Yes' }, { value: 'false', words: 'No' }],
  },
  {
    name: 'ordering',
    label: 'Order',
    // The first is what the server does by itself, so it leaves the address.
    options: orderings.map((one, at) => ({ value: at === 0 ? '' : one, words: orderWords[one] })),
  },
]

/** The first and the last day of calls, as the address holds them: 2026-11-21. */
export const days = [
  { name: 'from', label: 'From' },
  { name: 'to', label: 'To' },
] as const

export const filterNames: readonly string[] = [...[...choices, ...days].map(({ name }) => name), 'search']

/** What the server is asked for; every word was looked at, what is not one of the list's is left out. */
export type CallsQuery = Readonly<Record<string, string>>

/** The start of a local day, or of the one after it, as an instant; undefined when it is no day. */
function startOf(day: string, later = 0): string | undefined {
  const found = /^(\d{4})-(\d\d)-(\d\d)$/.exec(day)
  if (!found) return undefined
  const [year, month, date] = found.slice(1).map(Number) as [number, number, number]
  const at = new Date(year, month - 1, date)
  if (at.getMonth() !== month - 1 || at.getFullYear() !== year) return undefined
  return new Date(year, month - 1, date + later).toISOString()
}

/** The query of the list and of its export from the words of the address. The last day belongs to it. */
export function queryOf(words: URLSearchParams): CallsQuery {
  const query: Record<string, string> = {}
  for (const { name, options } of choices) {
    const value = words.get(name)
    if (value && options.some((one) => one.value === value)) query[name] = value
  }
  const [after, before] = [startOf(words.get('from') ?? ''), startOf(words.get('to') ?? '', 1)]
  if (after) query.created_after = after
  if (before) query.created_before = before
  const search = (words.get('search') ?? '').slice(0, 200).trim()
  if (search !== '') query.search = search
  return query
}
