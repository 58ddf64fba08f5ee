import type { Volumes } from '@toneout/contract/model/analytics.ts'
import type { AnalyticsQuery } from '@toneout/contract/model/analytics-query.ts'
import { emergencyTypes } from '@toneout/contract/model/call.ts'
import { answerers, priorityOf, typeOf } from './day-layout.ts'
import type { Day } from './days.ts'
import { dayWord, weekdayOf } from './local-time.ts'
import type { Measures } from './measures.ts'
import { columnsFor, createScope } from './scope.ts'

const answerer = 3
const person = new Set([answerers.indexOf('AI_THEN_HUMAN') + 1, answerers.indexOf('HUMAN') + 1])

/** Calls, incidents and who spoke with callers, of columns of incidents and calls. */
export function createTotals({ units }: Measures, query: AnalyticsQuery) {
  const scope = createScope({ query, units, ofPeriod: true })
  const all = { calls: 0, answered: 0, by_person: 0, incidents: 0 }
  return {
    all,
    add(day: Day): void {
      const { by } = day.part('calls')
      const calls = scope.calls(day)
      for (let at = 0; at < calls.length; at += 1) {
        if (calls[at] === 0) continue
        const answered = (by[at] as number) & answerer
        all.calls += 1
        if (answered > 0) all.answered += 1
        if (person.has(answered)) all.by_person += 1
      }
      const incidents = scope.incidents(day)
      for (let at = 0; at < incidents.length; at += 1) all.incidents += incidents[at] as number
    },
  }
}

const add = <K>(counts: Map<K, number>, key: K) => counts.set(key, (counts.get(key) ?? 0) + 1)

export async function readVolumes({ days, units }: Measures, query: AnalyticsQuery): Promise<Volumes> {
  const scope = createScope({ query, units, ofPeriod: true })
  const { from, to } = query
  const calls = new Map<number, number>()
  const incidents = new Map<number, number>()
  const hours = new Map<number, number>()
  const mix = new Map<number, number>()
  for await (const day of days.walk({ from, to, columns: columnsFor(query, ['incidents', 'calls']) })) {
    const { created } = day.part('calls')
    const rang = scope.calls(day)
    for (let at = 0; at < rang.length; at += 1) {
      if (rang[at] === 1) add(calls, scope.local.day(day.since + (created[at] as number)))
    }
    const { received, kind } = day.part('incidents')
    const asked = scope.incidents(day)
    for (let at = 0; at < asked.length; at += 1) {
      if (asked[at] === 0) continue
      const ms = day.since + (received[at] as number)
      const date = scope.local.day(ms)
      add(incidents, date)
      add(hours, weekdayOf(date) * 24 + scope.local.hour(ms))
      add(mix, kind[at] as number)
    }
  }
  const first = scope.local.day(Date.parse(from))
  const last = scope.local.day(Date.parse(to) - 1)
  const rising = (counts: Map<number, number>) => [...counts].sort(([a], [b]) => a - b)
  return {
    zone: query.zone ?? 'UTC',
    days: Array.from({ length: last - first + 1 }, (_, at) => ({
      day: dayWord(first + at),
      calls: calls.get(first + at) ?? 0,
      incidents: incidents.get(first + at) ?? 0,
    })),
    hours: rising(hours).map(([key, n]) => ({
      weekday: Math.floor(key / 24),
      hour: key % 24,
      incidents: n,
    })),
    mix: rising(mix).map(([key, n]) => ({
      emergency_type: emergencyTypes[typeOf(key)] as Volumes['mix'][number]['emergency_type'],
      priority: priorityOf(key),
      incidents: n,
    })),
  }
}
