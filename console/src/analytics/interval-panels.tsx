import { emergencyTypes } from '@toneout/contract/model/call.ts'
import { useState } from 'react'
import { typeWord } from '../ui/words.ts'
import { figureSheet, figureTable, secondsWord } from './figure-words.ts'
import { LazyChart } from './lazy-chart.tsx'
import { SheetPanel } from './sheet-panel.tsx'
import { usePanel } from './use-analytics.ts'
import { useStationNames } from './use-station-names.ts'

const kinds = { ALL: 'All units', AMBULANCES: 'Ambulances', OTHERS: 'Others' } as const
type Kind = keyof typeof kinds
const note =
  'Minutes and seconds. A missing end is no value; an end before its beginning is excluded and counted. ' +
  'In target is of the values whose priority has a target; no single target is shown where they differ.'

export function IntervalPanels() {
  const [units, setUnits] = useState<Kind>('ALL')
  const whole = usePanel('readAnalyticsIntervals', { units })
  const daily = usePanel('readAnalyticsIntervals', { units, by: 'DAY' })
  const segments = (
    <fieldset className="segments" aria-label="Units that are measured">
      {(Object.keys(kinds) as Kind[]).map((kind) => (
        <button key={kind} type="button" aria-pressed={kind === units} onClick={() => setUnits(kind)}>
          {kinds[kind]}
        </button>
      ))}
    </fieldset>
  )
  return (
    <>
      <SheetPanel
        name="Intervals"
        read={whole}
        note={() => (
          <>
            {segments} {note}
          </>
        )}
        sheet={({ results }) => figureSheet(results)}
        shown={({ results }) => figureTable(results)}
      />
      <SheetPanel
        name="Total response by day"
        read={daily}
        sheet={({ results }) => figureSheet(results.filter(isTotal), byDay)}
        shown={({ results }) => figureTable(results.filter(isTotal), byDay)}
        chart={({ results }) => (
          <LazyChart
            kind="lines"
            label="Total response by day, half and nine tenths of the incidents, with the target"
            rows={results.filter(isTotal).map(({ group, p50, p90 }) => ({ name: group, p50, p90 }))}
            series={[
              { key: 'p50', name: '50 %', colour: 'var(--focus)' },
              { key: 'p90', name: '90 %', colour: 'var(--p2-text)' },
            ]}
            target={results.find(isTotal)?.target ?? null}
            format={secondsWord}
          />
        )}
      />
      <Grouped
        name="Intervals by priority"
        by="PRIORITY"
        units={units}
        title="Priority"
        word={(rank) => rank}
      />
      <Grouped name="Intervals by type" by="EMERGENCY_TYPE" units={units} title="Type" word={typeOf} />
      <ByStation units={units} />
      <Grouped
        name="Intervals by shift"
        by="SHIFT"
        units={units}
        title="Hours"
        word={(hours) => hours.replace('-', ' to ')}
      />
    </>
  )
}

const isTotal = ({ name }: { name: string }) => name === 'total_response'
const byDay = { title: 'Day', word: (group: string) => group }
const typeOf = (group: string) => typeWord(emergencyTypes.find((type) => type === group) ?? null) ?? group

type GroupProps = { name: string; by: string; units: Kind; title: string; word: (group: string) => string }

function Grouped({ name, by, units, ...grouped }: GroupProps) {
  const read = usePanel('readAnalyticsIntervals', { units, by })
  return (
    <SheetPanel
      name={name}
      read={read}
      sheet={({ results }) => figureSheet(results, grouped)}
      shown={({ results }) => figureTable(results, grouped)}
    />
  )
}

function ByStation({ units }: { units: Kind }) {
  const names = useStationNames()
  const word = (id: string) => names.get(Number(id)) ?? `Station ${id}`
  return <Grouped name="Intervals by station" by="STATION" units={units} title="Station" word={word} />
}
