import { difference, type Figures, type Measure, measures, type Outcome } from './compare.ts'
import { drawText } from './picture.ts'
import { policyWords } from './policy.ts'

const heads: Readonly<Record<Measure, string>> = { late: 'late', mean: 'mean', p90: 'p90', p95: 'p95' }
const show = (measure: Measure, value: number) =>
  measure === 'late' ? `${(value * 100).toFixed(2)} %` : `${value.toFixed(1)} s`
const signed = (measure: Measure, value: number) => `${value < 0 ? '' : '+'}${show(measure, value)}`
const width = 22

const row = (name: string, cells: readonly string[]) =>
  name.padEnd(10) + cells.map((one) => one.padStart(width)).join('')
const figures = (of: Figures) => measures.map((measure) => show(measure, of[measure]))

/** The comparison in words and numbers, a line for each element. */
export function reportLines(outcomes: readonly Outcome[], days: number, callsPerMinute: number): string[] {
  const [first, ...others] = outcomes
  if (!first) return []
  const differences = others.map((other) => {
    const by = difference(first, other)
    const cells = measures.map(
      (measure) => `${signed(measure, by[measure].mean)} ± ${show(measure, by[measure].half)}`,
    )
    return row(other.policy, cells)
  })
  return [
    ...outcomes.map(({ policy }) => `${policy}: ${policyWords[policy]}`),
    '',
    `${first.calls} calls in ${days} days, the same for each; ${Math.round(callsPerMinute)} calls a minute`,
    'late: of priorities 1 and 2 the share not reached within 8:59; the rest is the time from the call',
    'to the first unit at the patient, over all priorities',
    '',
    row(
      '',
      measures.map((measure) => heads[measure]),
    ),
    ...outcomes.map(({ policy, whole }) => row(policy, figures(whole))),
    ...(others.length > 0
      ? ['', `more than ${first.policy}, mean of the days with its 95 % interval, paired by day`]
      : []),
    ...differences,
    '',
    drawText(outcomes),
  ]
}
