import type { HospitalFigures, QueueFigures, Utilisation } from '@toneout/contract/model/analytics.ts'
import { dash, stamp } from '../ui/format.ts'
import type { Sheet } from './csv.ts'
import { DriveTimesPanel } from './drive-times-panel.tsx'
import { hoursOf, secondsWord, shareWord } from './figure-words.ts'
import { LazyChart } from './lazy-chart.tsx'
import { SheetPanel } from './sheet-panel.tsx'
import { usePanel } from './use-analytics.ts'

const unitSheet = ({ units }: Utilisation): Sheet => ({
  columns: [
    ...['Unit', 'Runs', 'Busy, h', 'To scene, h', 'On scene, h', 'Transport, h', 'At hospital, h'],
    ...['On duty, h', 'UHU'],
  ],
  rows: units.map((one) => [
    ...[one.unit_number, one.runs, hoursOf(one.busy_s), hoursOf(one.to_scene_s), hoursOf(one.on_scene_s)],
    ...[hoursOf(one.transport_s), hoursOf(one.at_hospital_s)],
    ...[one.staffed_s === null ? null : hoursOf(one.staffed_s), one.uhu],
  ]),
})

const phases = [
  { key: 'to_scene', name: 'To scene', colour: 'var(--p2)' },
  { key: 'on_scene', name: 'On scene', colour: 'var(--p1)' },
  { key: 'transport', name: 'Transport', colour: 'var(--focus)' },
  { key: 'at_hospital', name: 'At hospital', colour: 'var(--edge)' },
] as const
/** Units whose bars have room beside each other. */
const mostBars = 40

const hospitalSheet = ({ results }: HospitalFigures): Sheet => ({
  columns: [
    'Hospital',
    'Arrivals',
    'n',
    'Excluded',
    '50 %',
    '90 %',
    'Inbound now',
    'Closed, h',
    'Advisory, h',
  ],
  rows: results.map((one) => [
    ...[one.name ?? 'Not named', one.arrivals, one.n, one.excluded, one.p50, one.p90, one.inbound],
    ...[hoursOf(one.closed_s), hoursOf(one.advisory_s)],
  ]),
})
const hospitalTable = (figures: HospitalFigures): Sheet => {
  const { columns, rows } = hospitalSheet(figures)
  const isTime = (at: number) => columns[at] === '50 %' || columns[at] === '90 %'
  const shown = rows.map((row) => row.map((value, at) => (isTime(at) ? secondsWord(value as number) : value)))
  return { columns, rows: shown }
}

const queueSheet = ({ results }: QueueFigures): Sheet => ({
  columns: ['From', 'Mean', 'Most'],
  rows: results.map(({ at, mean, most }) => [stamp(at, Date.now()), Math.round(mean * 1_000) / 1_000, most]),
})

export function WorkPanels() {
  return (
    <>
      <SheetPanel
        name="Units"
        read={usePanel('readAnalyticsUnits')}
        note={(data) =>
          `Busy at once: ${data.busy_mean.toFixed(1)} in the mean, ${data.busy_most} at most. ` +
          `Unit-hour utilisation ${data.uhu === null ? dash : shareWord(data.uhu)}. Without any free unit: ` +
          `${data.level_zero_s === null ? 'not known' : `${Math.round(data.level_zero_s / 60)} min`}. ` +
          `Runs without a usable end: ${data.excluded}.`
        }
        sheet={unitSheet}
        chart={({ units }) => (
          <LazyChart
            kind="bars"
            stacked
            label={`Hours of each unit by what it did, the ${mostBars} busiest`}
            rows={units.slice(0, mostBars).map((one) => ({
              name: one.unit_number,
              ...Object.fromEntries(phases.map(({ key }) => [key, hoursOf(one[`${key}_s`])])),
            }))}
            series={phases}
          />
        )}
      />
      <SheetPanel
        name="Hospitals"
        read={usePanel('readAnalyticsHospitals')}
        note={() => 'Wall time: from the arrival at the hospital to the clearing.'}
        sheet={hospitalSheet}
        shown={hospitalTable}
      />
      <SheetPanel
        name="Incidents that waited for a unit"
        read={usePanel('readAnalyticsQueue')}
        sheet={queueSheet}
        chart={({ results }) => (
          <LazyChart
            kind="areas"
            label="Incidents that waited for a unit, in the mean and at most"
            rows={results.map(({ at, ...one }) => ({ name: stamp(at, Date.now()), ...one }))}
            series={[
              { key: 'mean', name: 'Mean', colour: 'var(--focus)' },
              { key: 'most', name: 'Most', colour: 'var(--p2-text)' },
            ]}
          />
        )}
      />
      <DriveTimesPanel />
    </>
  )
}
