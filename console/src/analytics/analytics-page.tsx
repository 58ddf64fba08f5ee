import type { Me } from '@toneout/contract/model/person.ts'
import { PageFrame } from '../frame/page-frame.tsx'
import { dayAndYear } from '../ui/format.ts'
import { AiPanels } from './ai-panel.tsx'
import { Filters } from './filters.tsx'
import { IntervalPanels } from './interval-panels.tsx'
import { Tiles } from './tiles.tsx'
import { useDays } from './use-analytics.ts'
import { VolumePanels } from './volume-panels.tsx'
import { WorkPanels } from './work-panels.tsx'

/** Figures over a period. Printed, it is the report of that period. */
export function AnalyticsPage({ person }: { person: Me }) {
  const { first, last } = useDays()
  return (
    <PageFrame person={person} name="Analytics">
      <div className="analytics">
        <p className="report-period">
          {dayAndYear(`${first}T12:00:00`)} to {dayAndYear(`${last}T12:00:00`)}
        </p>
        <Filters />
        <Tiles />
        <VolumePanels />
        <IntervalPanels />
        <WorkPanels />
        <AiPanels />
      </div>
    </PageFrame>
  )
}
