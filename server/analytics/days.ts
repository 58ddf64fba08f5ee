import { createBreather } from '../lib/breathe.ts'
import type { Database } from '../lib/db.ts'
import { decodePart, type Part, type PartName, partNames } from './day-layout.ts'
import { createMemory } from './day-memory.ts'
import { dayMs, type Finding, type Packed } from './packed-rows.ts'
import { readRaw } from './raw-days.ts'
import { bytesOf, makeOrder, makeSpans, type RunOrder, type Spans } from './spans.ts'
import { type DayBody, listDays, type PackedDay, readDays } from './store-days.ts'

/** A day in UTC: `since` is its beginning in ms, the others give columns that were asked for. */
export type Day = {
  since: number
  part: <P extends PartName>(name: P) => Part<P>
  spans: () => Spans
  order: () => RunOrder
  findings: readonly Finding[]
}
/** Columns as they are packed, and what is worked out of them once for each day. */
type Stored = PartName | 'findings'
export type Column = Stored | 'spans' | 'order'
export type Wanted = { from: string; to: string; columns: readonly Column[] }
export type Days = { walk: (wanted: Wanted) => AsyncGenerator<Day> }

/** Bytes of columns that stay in memory: about two years of a million incidents each. */
const mostBytes = 256 * 1024 * 1024
/** Bytes of packed columns that are fetched at once; they come as text of twice the length. */
const chunkBytes = 24 * 1024 * 1024

const madeOf: { [C in Column]: readonly Stored[] } = {
  ...{ incidents: ['incidents'], runs: ['runs'], calls: ['calls'], points: ['points'] },
  ...{ findings: ['findings'], spans: ['incidents', 'runs'], order: ['runs'] },
}
type Decoded = { [P in PartName]?: Part<P> } & { findings?: readonly Finding[] }
type Columns = Decoded & { spans?: Spans; order?: RunOrder }

function decode(column: Stored, body: Omit<DayBody, 'id'>): unknown {
  return column === 'findings' ? (body.findings ?? []) : decodePart(column, body[column] as Buffer)
}

/** The columns that are wanted, from the packed ones that they are made of. */
function make(columns: readonly Column[], body: Omit<DayBody, 'id'>): Columns {
  const stored = [...new Set(columns.flatMap((column) => madeOf[column]))]
  const decoded: Decoded = Object.fromEntries(stored.map((column) => [column, decode(column, body)]))
  const { incidents, runs } = decoded
  return {
    ...decoded,
    ...(columns.includes('spans') && incidents && runs ? { spans: makeSpans(incidents, runs) } : {}),
    ...(columns.includes('order') && runs ? { order: makeOrder(runs) } : {}),
  }
}

function sizeOf(column: Column, made: Columns, body: Omit<DayBody, 'id'>): number {
  if (column === 'spans') return bytesOf.spans(made.spans as Spans)
  if (column === 'order') return bytesOf.order(made.order as RunOrder)
  return column === 'findings' ? JSON.stringify(body.findings ?? []).length : (body[column] as Buffer).length
}

const dayOf = (since: number, columns: Columns): Day => ({
  since,
  part: <P extends PartName>(name: P) => columns[name] as Part<P>,
  spans: () => columns.spans as Spans,
  order: () => columns.order as RunOrder,
  findings: columns.findings ?? [],
})

const rawDay = (day: number, packed: Packed, columns: readonly Column[]) =>
  dayOf(day * dayMs, make([...partNames, 'findings', ...columns], packed))

/**
 * Days of figures, packed ones from memory or the table, others from their rows. Throws NotReady where too
 * many rows are not packed yet. One walk sees days as they were at different moments of it.
 */
export function createDays(db: Database): Days {
  const memory = createMemory(mostBytes)

  /** Columns of packed days by id, from those of `all` at `reached` on; gives how far it came. */
  async function fetchDays(all: readonly PackedDay[], reached: number, columns: readonly Column[]) {
    const found = new Map<number, Columns>()
    const missing: number[] = []
    let [at, bytes] = [reached, 0]
    for (; at < all.length && bytes < chunkBytes; at += 1) {
      const { id, size } = all[at] as PackedDay
      const known = columns.map((name) => [name, memory.get(`${id} ${name}`)] as const)
      if (known.every(([, value]) => value !== undefined)) found.set(id, Object.fromEntries(known))
      else {
        missing.push(id)
        bytes += size
      }
    }
    const stored = [...new Set(columns.flatMap((column) => madeOf[column]))]
    const breathe = createBreather()
    for (const row of missing.length > 0 ? await readDays(db.pool, missing, stored) : []) {
      const made = make(columns, row)
      for (const name of columns) {
        memory.put(`${row.id} ${name}`, { bytes: sizeOf(name, made, row), value: made[name] })
      }
      // What was only needed to make the others of is let go.
      found.set(row.id, Object.fromEntries(columns.map((name) => [name, made[name]])))
      await breathe()
    }
    return { found, reached: at }
  }

  return {
    async *walk({ from, to, columns }) {
      const [first, last] = [from, to].map((at) => Math.floor((Date.parse(at) - Number(at === to)) / dayMs))
      const all = await listDays(db.pool, first as number, last as number)
      const known = new Set(all.map(({ day }) => day))
      const raw = await readRaw(db.pool, first as number, last as number, known)
      let fetched = { found: new Map<number, Columns>(), reached: 0 }
      const idOf = new Map(all.map(({ day, id }) => [day, id]))
      const days = [...known, ...raw.keys()].sort((a, b) => a - b)
      const breathe = createBreather()
      for (const day of days) {
        await breathe()
        const id = idOf.get(day)
        if (id === undefined) {
          yield rawDay(day, raw.get(day) as Packed, columns)
          continue
        }
        if ((all[fetched.reached]?.day ?? Number.POSITIVE_INFINITY) <= day) {
          fetched = await fetchDays(all, fetched.reached, columns)
        }
        const columnsOf = fetched.found.get(id)
        if (columnsOf) yield dayOf(day * dayMs, columnsOf)
        else {
          const again = (await readRaw(db.pool, day, day, new Set())).get(day)
          if (again) yield rawDay(day, again, columns)
        }
      }
    },
  }
}
