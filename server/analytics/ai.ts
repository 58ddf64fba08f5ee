import type { AiFigures } from '@toneout/contract/model/analytics.ts'
import type { AnalyticsQuery } from '@toneout/contract/model/analytics-query.ts'
import { answerers, flags, timeAt } from './day-layout.ts'
import type { Day } from './days.ts'
import type { Measures } from './measures.ts'
import { columnsFor, createScope } from './scope.ts'
import { addSeconds, createTally, percentileOf, secondsOf } from './tally.ts'

type Counts = Omit<AiFigures, 'share_ai_alone' | 'time_to_location' | 'fields'>
type Checked = { confirmed: number; corrected: number }

function countCall(counts: Counts, by: number): void {
  const answerer = answerers[(by & 3) - 1]
  const isHandedOver = (by & flags.handedOver) !== 0
  counts.calls += 1
  if ((by & flags.lost) !== 0) counts.lost_contact += 1
  if (answerer === undefined) return
  counts.answered += 1
  if (answerer === 'HUMAN') counts.person_alone += 1
  else if (answerer === 'AI' && !isHandedOver) counts.ai_alone += 1
  else counts.handed_over += 1
}

function countFindings(fields: Map<string, Checked>, day: Day, asked: Uint8Array): void {
  for (const [call, field, changed] of day.findings) {
    if (asked[call] !== 1) continue
    const one = fields.get(field) ?? { confirmed: 0, corrected: 0 }
    one[changed ? 'corrected' : 'confirmed'] += 1
    fields.set(field, one)
  }
}

const mostFields = 100

/** How the AI did, of calls that rang in the period. */
export async function readAi({ days, units }: Measures, query: AnalyticsQuery): Promise<AiFigures> {
  const scope = createScope({ query, units, ofPeriod: true })
  const { from, to } = query
  const counts = { calls: 0, answered: 0, ai_alone: 0, handed_over: 0, person_alone: 0, lost_contact: 0 }
  const located = createTally()
  const fields = new Map<string, Checked>()
  for await (const day of days.walk({ from, to, columns: columnsFor(query, ['calls', 'findings']) })) {
    const calls = day.part('calls')
    const asked = scope.calls(day)
    for (let at = 0; at < asked.length; at += 1) {
      if (asked[at] === 0) continue
      countCall(counts, calls.by[at] as number)
      const ms = timeAt(calls.located[at] as number, calls.wide) - (calls.created[at] as number)
      if (!Number.isNaN(ms)) addSeconds(located, secondsOf(Math.max(ms, 0)))
    }
    countFindings(fields, day, asked)
  }
  const named = [...fields].map(([field, one]) => ({ field, ...one }))
  named.sort((a, b) => b.corrected - a.corrected || (a.field < b.field ? -1 : 1))
  return {
    ...counts,
    share_ai_alone: counts.answered > 0 ? counts.ai_alone / counts.answered : null,
    time_to_location: { n: located.n, p50: percentileOf(located, 5), p90: percentileOf(located, 9) },
    fields: named.slice(0, mostFields),
  }
}
