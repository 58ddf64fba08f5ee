import { createBreather } from '../lib/breathe.ts'
import type { Database } from '../lib/db.ts'
import { decodePart, type Part, type PartName, partNames } from './day-layout.ts'
import { dayMs, type Finding, type Packed } from './packed-rows.ts'
import { readRaw } from './raw-days.ts'
import { type DayBody, listDays, type PackedDay, readDays } from './store-days.ts'

/** A day in UTC: `since` is its beginning in ms, `part` gives columns that were asked for. */
export type Day = {
  since: number
  part: <P extends PartName>(name: P) => Part<P>
  findings: readonly Finding[]
}
type Column = PartName | 'findings'
export type Wanted = { from: string; to: string; columns: readonly Column[] }
export type Days = { walk: (wanted: Wanted) => AsyncGenerator<Day> }

/** Bytes of columns that stay in memory: about two years of a million incidents each. */
const mostBytes = 192 * 1024 * 1024
/** Days that are fetched at once. */
const chunk = 32

type Kept = { bytes: number; value: unknown }

/** Columns by row and name; those that were used longest ago go first. */
function createMemory() {
  const held = new Map<string, Kept>()
  let bytes = 0
  return {
    get(key: string): unknown {
      const found = held.get(key)
      if (!found) return undefined
      held.delete(key)
      held.set(key, found)
      return found.value
    },
    put(key: string, one: Kept) {
      bytes += one.bytes - (held.get(key)?.bytes ?? 0)
      held.set(key, one)
      for (const [oldest, { bytes: size }] of held) {
        if (bytes <= mostBytes) return
        held.delete(oldest)
        bytes -= size
      }
    },
  }
}

function decode(column: Column, body: DayBody): Kept {
  if (column === 'findings') return { bytes: 0, value: body.findings }
  const bytes = body[column] as Buffer
  return { bytes: bytes.length, value: decodePart(column, bytes) }
}

function dayOf(since: number, columns: Readonly<Record<string, unknown>>): Day {
  return {
    since,
    part: <P extends PartName>(name: P) => columns[name] as Part<P>,
    findings: (columns.findings ?? []) as Finding[],
  }
}

const rawDay = (day: number, packed: Packed) =>
  dayOf(day * dayMs, {
    ...Object.fromEntries(partNames.map((name) => [name, decodePart(name, packed[name])])),
    findings: packed.findings,
  })

/**
 * Days of figures, packed ones from memory or the table, others from their rows. Throws NotReady where too
 * many rows are not packed yet. One walk sees days as they were at different moments of it.
 */
export function createDays(db: Database): Days {
  const memory = createMemory()

  /** Columns of packed days by id; those that were taken out meanwhile are missing. */
  async function fetchDays(packed: readonly PackedDay[], columns: readonly Column[]) {
    const found = new Map<number, Record<string, unknown>>()
    const missing: number[] = []
    for (const { id } of packed) {
      const known = columns.map((name) => [name, memory.get(`${id} ${name}`)] as const)
      if (known.some(([, value]) => value === undefined)) missing.push(id)
      else found.set(id, Object.fromEntries(known))
    }
    const rows = missing.length > 0 ? await readDays(db.pool, missing, columns) : []
    for (const row of rows) {
      const entries = columns.map((name) => {
        const one = decode(name, row)
        memory.put(`${row.id} ${name}`, one)
        return [name, one.value] as const
      })
      found.set(row.id, Object.fromEntries(entries))
    }
    return found
  }

  return {
    async *walk({ from, to, columns }) {
      const [first, last] = [from, to].map((at) => Math.floor((Date.parse(at) - Number(at === to)) / dayMs))
      const all = await listDays(db.pool, first as number, last as number)
      const known = new Set(all.map(({ day }) => day))
      const raw = await readRaw(db.pool, first as number, last as number, known)
      let fetched = new Map<number, Record<string, unknown>>()
      const idOf = new Map(all.map(({ day, id }) => [day, id]))
      const days = [...known, ...raw.keys()].sort((a, b) => a - b)
      let reached = 0
      const breathe = createBreather()
      for (const day of days) {
        await breathe()
        const id = idOf.get(day)
        if (id === undefined) {
          yield rawDay(day, raw.get(day) as Packed)
          continue
        }
        if (!fetched.has(id) && (all[reached]?.day ?? Number.POSITIVE_INFINITY) <= day) {
          fetched = await fetchDays(all.slice(reached, reached + chunk), columns)
          reached += chunk
        }
        const columnsOf = fetched.get(id)
        if (columnsOf) yield dayOf(day * dayMs, columnsOf)
        else {
          const again = (await readRaw(db.pool, day, day, new Set())).get(day)
          if (again) yield rawDay(day, again)
        }
      }
    },
  }
}
