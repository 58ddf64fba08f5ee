import type { AnalyticsSummary, FigureName } from '@toneout/contract/model/analytics.ts'
import { amount } from '../ui/format.ts'
import { Failed, Skeleton } from '../ui/panel-states.tsx'
import { secondsWord, shareWord } from './figure-words.ts'
import { usePanel } from './use-analytics.ts'

type Period = AnalyticsSummary['now']
type Tile = { name: string; read: (period: Period) => string; more?: (period: Period) => string }

const of = (period: Period, name: FigureName) => period.figures.find((one) => one.name === name)
const aim = (target: number | null) => (target === null ? 'in target' : `within ${secondsWord(target)}`)
const p90 = (name: FigureName) => (period: Period) => secondsWord(of(period, name)?.p90 ?? null)
const within = (name: FigureName) => (period: Period) => {
  const figure = of(period, name)
  return figure?.share_within == null
    ? 'no value'
    : `${shareWord(figure.share_within)} ${aim(figure.target)}, n ${amount(figure.with_target)}`
}

const tiles: readonly Tile[] = [
  { name: 'Calls', read: ({ calls }) => amount(calls) },
  { name: 'Incidents', read: ({ incidents }) => amount(incidents) },
  { name: 'Answer, 90 %', read: p90('answer'), more: within('answer') },
  { name: 'Processing, 90 %', read: p90('processing'), more: within('processing') },
  { name: 'Total response, 90 %', read: p90('total_response'), more: within('total_response') },
  { name: 'Handed to a person', read: ({ share_person }) => shareWord(share_person) },
]

/** The main figures, each with that of the period before. */
export function Tiles() {
  const read = usePanel('readAnalyticsSummary')
  const graveRead = usePanel('readAnalyticsSummary', { priority: '1' })
  const { data } = read
  if (read.isError) {
    return <Failed what="Summary" read={read} />
  }
  if (!data) return <Skeleton rows={2} what="summary" />
  const grave = graveRead.data
  return (
    <section className="tiles" aria-label="Summary">
      {tiles.map((tile) => (
        <TileOf key={tile.name} {...tile} summary={data} />
      ))}
      {grave && (
        <TileOf
          name="Priority 1 response, 90 %"
          read={p90('total_response')}
          more={within('total_response')}
          summary={grave}
        />
      )}
    </section>
  )
}

function TileOf({ name, read, more, summary }: Tile & { summary: AnalyticsSummary }) {
  return (
    <div className="tile">
      <h2>{name}</h2>
      <p className="tile-figure">{read(summary.now)}</p>
      {more && <p>{more(summary.now)}</p>}
      <p>Period before: {read(summary.previous)}</p>
    </div>
  )
}
