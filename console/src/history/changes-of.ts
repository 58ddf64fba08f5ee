import type { Fact } from '@toneout/contract/model/fact.ts'
import { plain } from '../ui/words.ts'

/** One field of a change, in words; what it was before is not always known. */
export type Change = { field: string; from: string; to: string }

const nothing = 'none'

const isRow = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function wordOf(value: unknown): string {
  if (value === null || value === undefined || value === '') return nothing
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return String(value)
}

/** A value that holds others, as its leaves: CARDIAC 1 -> ADVANCED, BASIC. */
function leavesOf(value: unknown, name: string): [string, string][] {
  const step = (key: string, one: unknown) => leavesOf(one, name === '' ? key : `${name} ${key}`)
  if (isRow(value)) return Object.entries(value).flatMap(([key, one]) => step(key, one))
  if (!Array.isArray(value)) return [[name, wordOf(value)]]
  if (value.some((one) => typeof one === 'object'))
    return value.flatMap((one, at) => step(String(at + 1), one))
  return [[name, value.length === 0 ? nothing : value.map(wordOf).join(', ')]]
}

/** The leaves that differ. */
function differing(field: string, before: unknown, after: unknown): Change[] {
  const [from, to] = [new Map(leavesOf(before, '')), new Map(leavesOf(after, ''))]
  return [...new Set([...from.keys(), ...to.keys()])]
    .map((name) => ({
      field: [field, name].filter(Boolean).join(' '),
      from: from.get(name) ?? nothing,
      to: to.get(name) ?? nothing,
    }))
    .filter((one) => one.from !== one.to)
}

/** What a fact says of what was there before and what is there now; none for facts that change nothing. */
export function changesOf({ data }: Pick<Fact, 'data'>): Change[] {
  if (isRow(data.changes)) {
    return Object.entries(data.changes).flatMap(([name, change]) =>
      isRow(change) && ('from' in change || 'to' in change)
        ? differing(plain(name), change.from, change.to)
        : [],
    )
  }
  const name = [data.name, data.milestone, data.field].find((one) => typeof one === 'string')
  const field = typeof name === 'string' ? plain(name) : 'Value'
  if ('from' in data && 'to' in data) return differing(field, data.from, data.to)
  if ('was' in data && 'now' in data) return differing(field, data.was, data.now)
  return []
}

const told = new Set(['changes', 'from', 'to', 'was', 'now'])

/** What else a fact says, by name. */
export function detailsOf({ data }: Pick<Fact, 'data'>): [string, string][] {
  return Object.entries(data)
    .filter(([name, value]) => !told.has(name) && value !== null)
    .flatMap(([name, value]) => leavesOf(value, plain(name)))
}

/** Changes in one line, such as Priority 3 → 1; the word of a reason or act where nothing changed. */
export function inOneLine(fact: Pick<Fact, 'data'>): string {
  const changes = changesOf(fact).map(({ field, from, to }) => `${field} ${from} → ${to}`)
  if (changes.length > 0) return changes.join(', ')
  const { reason, action, fault } = fact.data
  const said = [reason, action, fault].find((one) => typeof one === 'string' && one !== '')
  return typeof said === 'string' ? said : ''
}
