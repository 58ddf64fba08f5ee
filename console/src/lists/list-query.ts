import { answeredBy, callStatuses, emergencyTypes, priorityLevels } from '@toneout/contract/model/call.ts'
import { orderings } from '@toneout/contract/operations/calls.ts'
import { dayOf } from '../ui/format.ts'
import { answeredByWord, priorityWords, statusWord, typeWord } from '../ui/words.ts'

type Option = { value: string; words: string }
export type Group = { name: string; label: string; options: readonly Option[] }

const options = <T extends string>(values: readonly T[], words: (value: T) => string | null): Option[] =>
  values.map((value) => ({ value, words: words(value) ?? value }))

/** Filters with few values, by the word of the address that holds them. */
export const groups: readonly Group[] = [
  { name: 'status', label: 'Status', options: options(callStatuses, statusWord) },
  {
    name: 'priority_level',
    label: 'Priority',
    options: options([...priorityLevels].reverse(), priorityWords),
  },
  { name: 'emergency_type', label: 'Type', options: options(emergencyTypes, typeWord) },
  { name: 'answered_by', label: 'Answered by', options: options(answeredBy, answeredByWord) },
]

/** Filters of which mostly one value is of interest. */
export const flags: readonly Group[] = [
  {
    name: 'review',
    label: 'Review',
    options: [
      { value: 'NEEDED', words: 'Needs review' },
      { value: 'DONE', words: 'Reviewed' },
    ],
  },
  { name: 'over_target', label: 'Target', options: [{ value: 'true', words: 'Over target' }] },
  { name: 'lost_contact', label: 'Contact', options: [{ value: 'true', words: 'Lost contact' }] },
]

const isOpen: Group = {
  name: 'open',
  label: 'Call',
  options: [
    { value: 'true', words: 'Open' },
    { value: 'false', words: 'Ended' },
  ],
}

const orderWords: Record<(typeof orderings)[number], string> = {
  '-created_at': 'received, newest first',
  created_at: 'received, oldest first',
  '-priority_level': 'priority, least urgent last',
  priority_level: 'priority, least urgent first',
  '-completed_at': 'end, last first',
  completed_at: 'end, first first',
  relevance: 'best match first',
}

/** Days back from today that a period begins; a year begins with itself. */
const periodDays = { today: 0, '7d': 6, '30d': 29 } as const
export const periods = [
  { value: 'today', words: 'Today' },
  { value: '7d', words: 'Last 7 days' },
  { value: '30d', words: 'Last 30 days' },
  { value: 'year', words: 'This year' },
] as const
type Period = (typeof periods)[number]['value']

/** The instant at which a period begins, by the local calendar. */
export function startOfPeriod(period: Period, now: number): string {
  const date = new Date(now)
  if (period === 'year') return new Date(date.getFullYear(), 0, 1).toISOString()
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() - periodDays[period]).toISOString()
}

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

function daysOf(words: URLSearchParams, now: number): CallsQuery {
  const period = periods.find(({ value }) => value === words.get('received'))
  if (period) return { created_after: startOfPeriod(period.value, now) }
  const [after, before] = [startOf(words.get('from') ?? ''), startOf(words.get('to') ?? '', 1)]
  return { ...(after && { created_after: after }), ...(before && { created_before: before }) }
}

const chosen = [...groups, ...flags, isOpen]
/** Words of the address that filter the list, and all that make a view of it. */
export const filterNames: readonly string[] = [
  ...chosen.map(({ name }) => name),
  ...['received', 'from', 'to', 'tag', 'search'],
]
const viewNames = [...filterNames, 'ordering', 'columns']

/** The query of the list and of its export from the words of the address. The last day belongs to it. */
export function queryOf(words: URLSearchParams, now: number): CallsQuery {
  const query: Record<string, string> = { ...daysOf(words, now) }
  for (const { name, options } of chosen) {
    const value = words.get(name)
    if (value && options.some((one) => one.value === value)) query[name] = value
  }
  const text = (name: string, longest: number) => (words.get(name) ?? '').slice(0, longest).trim()
  const [tag, search] = [text('tag', 40), text('search', 200)]
  if (tag !== '') query.tag = tag
  if (search !== '') query.search = search
  const ordering = words.get('ordering') ?? ''
  const isKnown = (orderings as readonly string[]).includes(ordering)
  // What is looked for comes best first unless another order is asked for; newest first needs no word.
  if (isKnown && ordering !== '-created_at') query.ordering = ordering
  else if (search !== '' && !isKnown) query.ordering = 'relevance'
  return query
}

/** How the list is sorted, in words. */
export const sortedBy = ({ ordering = '-created_at' }: CallsQuery) =>
  orderWords[ordering as (typeof orderings)[number]]

export type Chip = { name: string; label: string; words: string; clears: Readonly<Record<string, string>> }

/** The filters that are set, each with what takes it away. */
export function chipsOf(words: URLSearchParams): Chip[] {
  const chips: Chip[] = []
  const period = periods.find(({ value }) => value === words.get('received'))
  const days = (['from', 'to'] as const).filter((name) => startOf(words.get(name) ?? ''))
  const clearDays = { received: '', from: '', to: '' }
  if (period) {
    chips.push({ name: 'received', label: 'Received', words: period.words.toLowerCase(), clears: clearDays })
  } else if (days.length > 0) {
    const day = (name: 'from' | 'to') => dayOf(startOf(words.get(name) ?? '') ?? '', 'long')
    const shown = days.map((name) => `${name} ${day(name)}`).join(' ')
    chips.push({ name: 'received', label: 'Received', words: shown, clears: clearDays })
  }
  for (const { name, label, options } of chosen) {
    const found = options.find(({ value }) => value === words.get(name))
    if (found) chips.push({ name, label, words: found.words, clears: { [name]: '' } })
  }
  const tag = words.get('tag')
  if (tag) chips.push({ name: 'tag', label: 'Tag', words: tag, clears: { tag: '' } })
  return chips
}

/** The words of the address that make a view: filters, order and columns, never what is chosen. */
export function viewOf(words: URLSearchParams): string {
  const kept = new URLSearchParams()
  for (const name of viewNames) {
    const value = words.get(name)
    if (value) kept.set(name, value)
  }
  return kept.toString()
}

/** The address of a view: what it does not say, it takes away; what is chosen stays. */
export const stepToView = (view: string): Record<string, string> => ({
  ...Object.fromEntries(viewNames.map((name) => [name, ''])),
  ...Object.fromEntries([...new URLSearchParams(view)].filter(([name]) => viewNames.includes(name))),
})
