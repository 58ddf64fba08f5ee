import type { Figure, FigureName } from '@toneout/contract/model/analytics.ts'
import { amount, dash, duration } from '../ui/format.ts'
import { plain } from '../ui/words.ts'
import type { Sheet } from './csv.ts'

const names: Record<FigureName, string> = {
  answer: 'Answer',
  processing: 'Processing',
  total_response: 'Total response, first unit',
  total_response_ambulance: 'Total response, first ambulance',
  turnout: 'Turnout',
  travel: 'Travel',
  response: 'Response of a unit',
  scene: 'On scene',
  transport: 'Transport',
  wall_time: 'Wall time',
  task: 'Whole run',
}
const order = Object.keys(names)

export const figureWord = (name: FigureName) => names[name]
export const secondsWord = (seconds: number | null) => (seconds === null ? dash : duration(seconds))
export const shareWord = (share: number | null) => (share === null ? dash : `${(share * 100).toFixed(1)} %`)
/** Hours with one decimal. */
export const hoursOf = (seconds: number) => Math.round(seconds / 360) / 10

const starts = (figure: Figure) =>
  figure.clock_starts
    .map(({ start, n }) => {
      const word = plain(start.replace(/_at$/, ''))
      return figure.clock_starts.length > 1 ? `${word} (${amount(n)})` : word
    })
    .join(', ')

const columns = ['n', 'Excluded', '50 %', '90 %', 'Target', 'In target', 'Counted from'] as const
const sorted = (figures: readonly Figure[]) =>
  figures.toSorted((a, b) => a.group.localeCompare(b.group) || order.indexOf(a.name) - order.indexOf(b.name))

type Grouped = { title: string; word: (group: string) => string } | undefined

/** Seconds and shares as numbers, for a spreadsheet. */
export function figureSheet(figures: readonly Figure[], grouped?: Grouped): Sheet {
  const first = grouped ? [grouped.title, 'Interval'] : ['Interval']
  return {
    columns: [...first, ...columns],
    rows: sorted(figures).map((one) => [
      ...(grouped ? [grouped.word(one.group)] : []),
      ...[names[one.name], one.n, one.excluded, one.p50, one.p90, one.target, one.share_within, starts(one)],
    ]),
  }
}

/** The same as people read it. */
export function figureTable(figures: readonly Figure[], grouped?: Grouped): Sheet {
  const { columns, rows } = figureSheet(figures, grouped)
  const times = new Set([columns.indexOf('50 %'), columns.indexOf('90 %'), columns.indexOf('Target')])
  const share = columns.indexOf('In target')
  const shown = (value: Sheet['rows'][number][number], at: number) => {
    if (times.has(at)) return secondsWord(value as number | null)
    return at === share ? shareWord(value as number | null) : value
  }
  return { columns, rows: rows.map((row) => row.map(shown)) }
}
