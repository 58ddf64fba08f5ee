import { emergencyTypes } from '@toneout/contract/model/call.ts'
import { incidentStatuses, priorities } from '@toneout/contract/model/incident.ts'
import { incidentOrderings } from '@toneout/contract/operations/incident-lists.ts'
import type { Filter } from '../frame/list-filters.tsx'
import { endOfDay } from '../keys/key-words.ts'
import { plain, typeWord } from '../ui/words.ts'

const anything = { value: '', words: 'Any' }

const orderWords: Record<(typeof incidentOrderings)[number], string> = {
  '-received_at': 'Newest first',
  received_at: 'Oldest first',
  priority: 'Most urgent first',
}

/** What is listed at all, by the word `show` of the address. */
export const shows = [
  { show: '', name: 'All' },
  { show: 'open', name: 'Open' },
  { show: 'closing', name: 'Wait for their end' },
  { show: 'ended', name: 'Ended' },
] as const

export const filters: readonly Filter[] = [
  {
    name: 'status',
    label: 'Status',
    options: [anything, ...incidentStatuses.map((value) => ({ value, words: plain(value) }))],
  },
  {
    name: 'priority',
    label: 'Priority',
    options: [anything, ...priorities.map((one) => ({ value: String(one), words: `Priority ${one}` }))],
  },
  {
    name: 'emergency_type',
    label: 'Type',
    options: [anything, ...emergencyTypes.map((value) => ({ value, words: typeWord(value) ?? value }))],
  },
  { name: 'from', label: 'From', type: 'date' },
  { name: 'to', label: 'To', type: 'date' },
  {
    name: 'ordering',
    label: 'Order',
    options: incidentOrderings.map((value) => ({
      value: value === '-received_at' ? '' : value,
      words: orderWords[value],
    })),
  },
]

/** What the list and its export are asked for; every word was looked at. */
export type IncidentWords = Readonly<Record<string, string>>

/** The start of a local day such as 2026-11-30, as an instant. */
function startOf(day: string): string | undefined {
  const start = new Date(`${day}T00:00:00`)
  return Number.isNaN(start.getTime()) ? undefined : start.toISOString()
}

/** The query of the list from the words of the address; a word that no list knows is left out. */
export function queryOf(words: URLSearchParams): IncidentWords {
  const query: Record<string, string> = {}
  const show = words.get('show')
  if (show === 'open') query.open = 'true'
  if (show === 'ended') query.open = 'false'
  if (show === 'closing') query.awaiting_close = 'true'
  for (const filter of filters) {
    const value = words.get(filter.name) ?? ''
    if ('options' in filter && value !== '' && filter.options.some((one) => one.value === value)) {
      query[filter.name] = value
    }
  }
  const after = startOf(words.get('from') ?? '')
  const before = endOfDay(words.get('to') ?? '')
  if (after) query.received_after = after
  if (before) query.received_before = before
  const search = (words.get('search') ?? '').slice(0, 200).trim()
  if (search !== '') query.search = search
  return query
}

/** The runs of the same days, as their lists are asked for. */
export function runsOf({ received_after, received_before }: IncidentWords): IncidentWords {
  return {
    ...(received_after && { assigned_after: received_after }),
    ...(received_before && { assigned_before: received_before }),
  }
}
