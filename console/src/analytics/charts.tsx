import {
  Area,
  AreaChart,
  Bar,
  BarChart,
  CartesianGrid,
  Legend,
  Line,
  LineChart,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts'

export type Series = { key: string; name: string; colour: string }
type Row = Readonly<Record<string, string | number | null>>

export type ChartProps = {
  kind: 'bars' | 'lines' | 'areas'
  /** Said to those who do not see it; the table below has the figures. */
  label: string
  rows: readonly Row[]
  series: readonly Series[]
  /** Whether bars stand on each other. */
  stacked?: boolean
  target?: number | null
  format?: (value: number) => string
}

const edge = { stroke: 'var(--line)' }
const letters = { fill: 'var(--text-3)', fontSize: 12 }
const box = { background: 'var(--raised)', border: '1px solid var(--line)', color: 'var(--text)' }

/** A chart that arrow keys go through point by point; still, for those who want no motion. */
export function Chart({ kind, label, rows, series, stacked, target, format }: ChartProps) {
  const Frame = { bars: BarChart, lines: LineChart, areas: AreaChart }[kind]
  const words = (value: number | string) => (format ? format(Number(value)) : String(value))
  return (
    <figure className="chart" aria-label={label}>
      <ResponsiveContainer width="100%" height={220}>
        <Frame data={[...rows]} margin={{ top: 12, right: 16, bottom: 0, left: 8 }} title={label}>
          <CartesianGrid {...edge} vertical={false} />
          <XAxis dataKey="name" tick={letters} stroke="var(--edge)" minTickGap={24} />
          <YAxis tick={letters} stroke="var(--edge)" tickFormatter={words} width={56} />
          <Tooltip
            isAnimationActive={false}
            contentStyle={box}
            cursor={{ fill: 'var(--hover)', stroke: 'var(--edge)' }}
            formatter={(value) => words(value as number)}
          />
          {series.length > 1 && <Legend wrapperStyle={{ color: 'var(--text-2)', fontSize: 12 }} />}
          {target ? <ReferenceLine y={target} stroke="var(--text-2)" strokeDasharray="6 4" /> : null}
          {series.map((one) => drawn(kind, one, stacked ?? false))}
        </Frame>
      </ResponsiveContainer>
    </figure>
  )
}

function drawn(kind: ChartProps['kind'], { key, name, colour }: Series, stacked: boolean) {
  const same = { key, dataKey: key, name, isAnimationActive: false as const }
  if (kind === 'bars') return <Bar {...same} key={key} fill={colour} stackId={stacked ? 'all' : key} />
  if (kind === 'lines') {
    return <Line {...same} key={key} stroke={colour} strokeWidth={2} dot={false} type="linear" />
  }
  return <Area {...same} key={key} stroke={colour} fill={colour} fillOpacity={0.25} type="linear" />
}
