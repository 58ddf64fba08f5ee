import { availableParallelism, cpus } from 'node:os'

export type Spread = { median: number; min: number; max: number }
export type Target = { text: string; met: boolean }

/** One line of the report. Latencies are in milliseconds. */
export type Row = {
  workload: string
  unit: string
  ours: Spread
  raw?: Spread
  ratio?: Spread
  p50?: Spread
  p99?: Spread
  targets: Target[]
  notes: string[]
}

export function spread(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  const median = ((sorted[Math.ceil(middle) - 1] as number) + (sorted[Math.floor(middle)] as number)) / 2
  return { median, min: sorted[0] as number, max: sorted.at(-1) as number }
}

function figure(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en-US')
  return value.toFixed(value >= 10 ? 1 : 2)
}

const withRange = (one: Spread | undefined, unit = '') =>
  one ? `${figure(one.median)}${unit} (${figure(one.min)}-${figure(one.max)})` : ''

function cells(row: Row): string[] {
  return [
    row.workload,
    withRange(row.ours, ` ${row.unit}`),
    withRange(row.raw),
    withRange(row.ratio),
    row.p50 ? figure(row.p50.median) : '',
    row.p99 ? figure(row.p99.median) : '',
    row.targets.map(({ text, met }) => `${text}: ${met ? 'met' : 'MISSED'}`).join('; '),
  ]
}

const head = ['workload', 'ours (min-max)', 'raw SQL/s (min-max)', 'ratio', 'p50 ms', 'p99 ms', 'target']

export function machine(): string {
  const processor = cpus()[0]?.model ?? 'unknown processor'
  return `${processor}, ${availableParallelism()} cores, Node ${process.version}`
}

/** The report for a person: a table, then what is worth knowing of each row. */
export function formatTable(rows: readonly Row[]): string {
  const lines = [head, ...rows.map(cells)]
  const widths = head.map((_, at) => Math.max(...lines.map((line) => (line[at] as string).length)))
  const table = lines.map((line) => line.map((cell, at) => cell.padEnd(widths[at] as number)).join('  '))
  const rule = widths.map((width) => '-'.repeat(width)).join('  ')
  const notes = rows.flatMap((row) => row.notes.map((note) => `${row.workload}: ${note}`))
  return [table[0], rule, ...table.slice(1), '', ...notes, machine(), '']
    .map((line) => line?.trimEnd())
    .join('\n')
}

export const missed = (rows: readonly Row[]): boolean =>
  rows.some((row) => row.targets.some((target) => !target.met))
