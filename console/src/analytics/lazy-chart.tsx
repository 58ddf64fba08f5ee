import { lazy, Suspense } from 'react'
import type { ChartProps } from './charts.tsx'

const Chart = lazy(async () => ({ default: (await import('./charts.tsx')).Chart }))

/** The tables are there before the charts. */
export function LazyChart(props: ChartProps) {
  if (props.rows.length === 0) return null
  return (
    <Suspense fallback={<div className="chart" aria-busy="true" />}>
      <Chart {...props} />
    </Suspense>
  )
}
