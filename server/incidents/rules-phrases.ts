import type { Fact } from '@toneout/contract/model/fact.ts'

/** What a fact's ids are called by people, and an instant as the clock on the wall shows it. */
export type Names = {
  unit: (id: number) => string | undefined
  incident: (id: number) => string | undefined
  hospital: (id: number) => string | undefined
  clock: (at: string) => string
}

export type Tell = (fact: Fact, names: Names) => string

/** What an order of a supervisor sets aside, in words. */
const rules: Readonly<Record<string, string>> = {
  unit_unsuitable: 'crew',
  paramedic_unavailable: 'paramedic',
  licence_expired: 'licence',
  hospital_closed: 'hospital',
}

export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
export const idOf = (value: unknown): number => (typeof value === 'number' ? value : -1)
/** Such as TREATED_ON_SCENE -> treated on scene. */
export const lower = (word: unknown) =>
  String(word ?? '')
    .replaceAll('_', ' ')
    .toLowerCase()
export const sentence = (words: string) => words.charAt(0).toUpperCase() + words.slice(1)

/** Such as 'by anna'; what the server does by itself has nobody to name. */
export const by = ({ actor }: Fact) => (actor.kind === 'system' ? 'by the server' : `by ${actor.name}`)
export const because = ({ data }: Fact) => (textOf(data.reason) ? `: ${textOf(data.reason)}` : '')
export const unitOf = ({ unit_id, data }: Fact, names: Names) =>
  names.unit(unit_id ?? -1) ?? textOf(data.unit_number) ?? 'A unit'
export const incidentOf = (id: unknown, names: Names) => names.incident(idOf(id)) ?? 'another incident'
export const hospitalOf = (id: unknown, names: Names) => names.hospital(idOf(id)) ?? 'the hospital'

/** Such as 'licence and hospital rule'. */
export function ruleNames(given: unknown): string {
  const names = Array.isArray(given) ? given.map((one) => rules[String(one)] ?? lower(one)) : []
  return names.length > 0 ? `${names.join(' and ')} rule` : 'a rule'
}

function span(seconds: number): string {
  if (seconds < 120) return `${seconds} s`
  return seconds < 7_200 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 3_600)} h`
}

/** Such as ' (reported 14:03:10, 20 s late)' for what is told later than it happened; '' otherwise. */
export function late({ at, data }: Fact, names: Names): string {
  const happened = Date.parse(textOf(data.happened_at) ?? at)
  const seconds = Math.round((Date.parse(at) - happened) / 1_000)
  return seconds >= 1 ? ` (reported ${names.clock(at)}, ${span(seconds)} late)` : ''
}

/** Fields whose values are words of a list or numbers; those of others stay out, they may be anything. */
const shown: Readonly<Record<string, string>> = {
  priority: 'priority',
  emergency_type: 'type',
  priority_level: 'priority level',
  status: 'status',
  category: 'category',
  review: 'review',
  reviewer: 'reviewer',
  tags: 'tags',
  duty: 'duty',
  unit_type: 'type',
  diversion: 'diversion',
  emergency_capacity: 'load',
  available_beds: 'free beds',
  total_beds: 'beds',
}
const place = new Set(['location', 'latitude', 'longitude'])
/** What counts most comes first; the database keeps no order. */
const order = [...Object.keys(shown), ...place]
const rank = (name: string) => (order.includes(name) ? order.indexOf(name) : order.length)

type Change = { from?: unknown; to?: unknown }

/** Such as 'priority 3 -> 1, place, notes'; '' when nothing changed. */
export function changesOf(data: Fact['data']): string {
  const changes = Object.entries((data.changes ?? {}) as Record<string, Change>)
  changes.sort(([a], [b]) => rank(a) - rank(b) || (a < b ? -1 : 1))
  const words = changes.map(([name, change]) => {
    if (place.has(name)) return 'place'
    const label = shown[name]
    if (label === undefined) return lower(name)
    const [from, to] = [change.from, change.to].map((value) => String(value ?? 'not known'))
    return `${label} ${from} -> ${to}`
  })
  return [...new Set(words)].join(', ')
}
