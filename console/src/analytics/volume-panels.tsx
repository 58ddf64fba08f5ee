import type { Volumes } from '@toneout/contract/model/analytics.ts'
import { amount } from '../ui/format.ts'
import { typeWord } from '../ui/words.ts'
import type { Sheet } from './csv.ts'
import { LazyChart } from './lazy-chart.tsx'
import { SheetPanel } from './sheet-panel.tsx'
import { usePanel } from './use-analytics.ts'

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const
const dayHours = Array.from({ length: 24 }, (_, hour) => hour)

const daySheet = ({ days }: Volumes): Sheet => ({
  columns: ['Day', 'Calls', 'Incidents'],
  rows: days.map(({ day, calls, incidents }) => [day, calls, incidents]),
})

const countAt = ({ hours }: Volumes, weekday: number, hour: number) =>
  hours.find((one) => one.weekday === weekday && one.hour === hour)?.incidents ?? 0

const hourSheet = (volumes: Volumes): Sheet => ({
  columns: ['Weekday', ...dayHours.map(String)],
  rows: weekdays.map((name, day) => [name, ...dayHours.map((hour) => countAt(volumes, day + 1, hour))]),
})

/** Hours across, weekdays down; the tone of a cell says how much of the most it is, beside the number. */
function HourTable({ volumes }: { volumes: Volumes }) {
  const { rows } = hourSheet(volumes)
  const most = Math.max(1, ...volumes.hours.map(({ incidents }) => incidents))
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard.
    <section className="measured-table" tabIndex={0} aria-label="Table of hours and weekdays">
      <table className="heat">
        <caption className="unseen">Incidents by weekday and hour</caption>
        <thead>
          <tr>
            <th scope="col">Weekday</th>
            {dayHours.map((hour) => (
              <th key={hour} scope="col">
                {hour}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, ...counts]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {counts.map((count, hour) => (
                <td key={dayHours[hour]} data-heat={Math.ceil((Number(count) / most) * 5)}>
                  {amount(Number(count))}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const priorities = [1, 2, 3, 4] as const
const mixSheet = ({ mix }: Volumes): Sheet => {
  const types = [...new Set(mix.map((one) => one.emergency_type))]
  const count = (type: string, priority: number) =>
    mix.find((one) => one.emergency_type === type && one.priority === priority)?.incidents ?? 0
  return {
    columns: ['Type', ...priorities.map((rank) => `Priority ${rank}`), 'All'],
    rows: types.map((type) => {
      const counts = priorities.map((rank) => count(type, rank))
      return [typeWord(type), ...counts, counts.reduce((sum, one) => sum + one, 0)]
    }),
  }
}
const tones = ['var(--p1)', 'var(--p2)', 'var(--focus)', 'var(--edge)'] as const

export function VolumePanels() {
  const read = usePanel('readAnalyticsVolumes')
  return (
    <>
      <SheetPanel
        name="Calls and incidents by day"
        read={read}
        sheet={daySheet}
        chart={({ days }) => (
          <LazyChart
            kind="lines"
            label="Calls and incidents by day"
            rows={days.map(({ day, ...counts }) => ({ name: day, ...counts }))}
            series={[
              { key: 'calls', name: 'Calls', colour: 'var(--p2-text)' },
              { key: 'incidents', name: 'Incidents', colour: 'var(--focus)' },
            ]}
          />
        )}
      />
      <SheetPanel
        name="Incidents by hour and weekday"
        read={read}
        sheet={hourSheet}
        table={(volumes) => <HourTable volumes={volumes} />}
      />
      <SheetPanel
        name="Incidents by type and priority"
        read={read}
        sheet={mixSheet}
        chart={(volumes) => (
          <LazyChart
            kind="bars"
            stacked
            label="Incidents by type and priority"
            rows={mixSheet(volumes).rows.map(([name, ...counts]) => ({
              name: name ?? '',
              ...Object.fromEntries(priorities.map((rank, at) => [`p${rank}`, counts[at] ?? 0])),
            }))}
            series={priorities.map((rank, at) => ({
              key: `p${rank}`,
              name: `Priority ${rank}`,
              colour: tones[at] ?? 'var(--edge)',
            }))}
          />
        )}
      />
    </>
  )
}
